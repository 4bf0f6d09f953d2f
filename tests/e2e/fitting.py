"""Whether a page fits its window."""

from __future__ import annotations

from playwright.sync_api import JSHandle, Page

# What sticks out at either side. Inside of what scrolls by itself it may; so may what only screen
# readers see of a formula.
STICKING_OUT = """() => {
  const scrolls = element => element && element !== document.documentElement &&
    (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
  const out = element => {
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && element.checkVisibility() &&
      (box.right > document.documentElement.clientWidth + 1 || box.left < -1)
  }
  return [...document.querySelectorAll('body *:not(svg *, .katex-mathml *)')]
    .filter(element => out(element) && !scrolls(element.parentElement))
    .map(element => element.outerHTML.slice(0, 120))
}"""


TOUCH = 44
"""Pixels of what a finger is to hit, both ways (WCAG 2.2, 2.5.5)."""

# The area of one drawn smaller is that of its ::after. Links within a text are as high as lines.
_SMALL = """(root, least) => {
  const pixels = (one, name) => parseFloat(getComputedStyle(one, '::after')[name]) || 0
  const area = one => {
    const box = one.getBoundingClientRect()
    const [width, height] = ['width', 'height'].map(name => Math.max(box[name], pixels(one, name)))
    return {width, height, html: one.outerHTML.slice(0, 120)}
  }
  return [...root.querySelectorAll('a, button, summary, input, textarea')]
    .filter(one => one.checkVisibility() && !one.closest('.skip, svg, .document, .term'))
    .map(area)
    .filter(({width, height}) => width > 1 && Math.min(width, height) < least - 0.5)
    .map(({width, height, html}) => `${width} x ${height}: ${html}`)
}"""


def hard_to_hit(root: JSHandle) -> list[str]:
    """What a finger misses of a document, or of a shadow."""
    return [str(one) for one in root.evaluate(_SMALL, TOUCH)]


def sideways(page: Page) -> int:
    """By how many pixels a page can be scrolled sideways."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))
