"""Every page fits its window, from the narrowest phone to a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.fitting import STICKING_OUT, hard_to_hit, sideways
from e2e.pages import PAGES, REFUSALS


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_sticks_out_of_the_window(visit: Visitor, path: str) -> None:
    page = visit("about:blank")
    for width in (320, 390, 768, 1440):
        opened(page, path, width)
        assert page.evaluate(STICKING_OUT) == [], width
        assert sideways(page) <= 0, width


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_finger_hits_what_it_is_meant_to(visit: Visitor, path: str) -> None:
    page = visit("about:blank", has_touch=True, is_mobile=True)
    for width in (390, 1440):
        opened(page, path, width)
        page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
        assert hard_to_hit(page.evaluate_handle("document")) == [], width
        assert page.evaluate(STICKING_OUT) == [], width
        assert sideways(page) <= 0, width


def opened(page: Page, path: str, width: int) -> None:
    """Open an address in a window of a width; a visit for each takes three times as long."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)


@pytest.mark.parametrize("path", REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_fits_a_phone_and_a_finger(visit: Visitor, path: str) -> None:
    visit.expect_fault("404|422")
    page = visit(path, viewport={"width": 320, "height": 800}, has_touch=True, is_mobile=True)
    assert page.evaluate(STICKING_OUT) == []
    assert hard_to_hit(page.evaluate_handle("document")) == []
    assert sideways(page) <= 0


def test_on_a_phone_held_sideways_the_answer_has_the_window(visit: Visitor) -> None:
    chat = Chat(visit(PAGES["comparison"], viewport={"width": 844, "height": 390}))
    mark = chat.answered(1).locator("a.mark").first
    mark.scroll_into_view_if_needed()
    expect(chat.question).not_to_be_in_viewport()
    mark.click()
    expect(chat.page.get_by_role("dialog")).to_be_in_viewport(ratio=1)


def test_on_a_phone_three_columns_move_in_their_box_below_what_they_tell(visit: Visitor) -> None:
    page = visit("/compare?a=gqa&b=mla&c=mqa", viewport={"width": 390, "height": 800})
    box, last = page.locator(".compare .scroll"), page.locator("th[scope=col]").last
    expect(last).not_to_be_in_viewport()
    box.evaluate("box => box.scrollTo(1000, 0)")
    expect(last).to_be_in_viewport(ratio=0.9)
    expect(page.locator("th[scope=rowgroup] span").first).to_be_in_viewport(ratio=1)
    assert sideways(page) <= 0
