"""Whether a page fits its window."""

from __future__ import annotations

from playwright.sync_api import Page

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


def sideways(page: Page) -> int:
    """By how many pixels a page can be scrolled sideways."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))
