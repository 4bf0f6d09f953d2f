"""Every page fits its window, from the narrowest phone to a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.pages import PAGES, REFUSALS

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


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_sticks_out_of_the_window(visit: Visitor, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800})
    assert page.evaluate(STICKING_OUT) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize("path", REFUSALS.values(), ids=REFUSALS.keys())
def test_nothing_of_a_refusal_sticks_out_of_a_phone(visit: Visitor, path: str) -> None:
    visit.expect_fault("404|422")
    page = visit(path, viewport={"width": 320, "height": 800})
    assert page.evaluate(STICKING_OUT) == []
    assert sideways(page) <= 0


def test_on_a_phone_held_sideways_the_answer_has_the_window(visit: Visitor) -> None:
    chat = Chat(visit(PAGES["comparison"], viewport={"width": 844, "height": 390}))
    mark = chat.answered(1).locator("a.mark").first
    mark.scroll_into_view_if_needed()
    expect(chat.question).not_to_be_in_viewport()
    mark.click()
    expect(chat.page.get_by_role("dialog")).to_be_in_viewport(ratio=1)
