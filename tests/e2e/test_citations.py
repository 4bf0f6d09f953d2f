"""A numbered mark opens a card with the quote where it stands."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat, quotes, tab_to, unfold


@pytest.fixture
def page(visit: Visitor) -> Page:
    """An answer with two quotes, of the same entry."""
    page = visit("/?q=what+is+GQA%3F")
    unfold(Chat(page).answered(1))
    return page


def marks(page: Page) -> Locator:
    return page.locator("#t1 .parts a.mark")


def card(page: Page) -> Locator:
    """The card; it exists once, and is there only when it is open."""
    return page.locator(".card[role=dialog]")


def test_a_click_opens_the_quote_in_its_context(page: Page) -> None:
    marks(page).last.click()
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text("GQA")
    expect(card(page)).to_contain_text("Fundamentals")
    expect(card(page)).not_to_contain_text("characters")
    expect(card(page).locator("mark")).to_have_text(quotes(page.locator("#t1"))[-1])
    context = card(page).locator("blockquote").inner_text()
    assert len(context) > len(card(page).locator("mark").inner_text())


def test_the_next_mark_changes_the_card_and_a_click_beside_it_closes_it(page: Page) -> None:
    marks(page).first.click()
    expect(card(page)).to_contain_text("Explanation")
    expect(card(page).locator("mark")).to_have_text(quotes(page.locator("#t1"))[0])
    marks(page).last.click()
    expect(card(page).locator("mark")).to_have_text(quotes(page.locator("#t1"))[-1])
    page.locator("footer").click()
    expect(card(page)).to_be_hidden()


def test_by_keyboard_the_card_has_the_focus_and_gives_it_back(page: Page) -> None:
    tab_to(page, marks(page).first)
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    has_focus = "card => card.contains(document.activeElement)"
    assert card(page).evaluate(has_focus) is True
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(marks(page).first).to_be_focused()


def test_tab_leads_through_the_card_and_back_to_its_mark(page: Page) -> None:
    for key, presses in (("Tab", 4), ("Shift+Tab", 1)):
        marks(page).first.press("Enter")
        expect(card(page)).to_be_visible()
        for _ in range(presses - 1):
            page.keyboard.press(key)
        expect(card(page)).to_be_visible()
        page.keyboard.press(key)
        expect(card(page)).to_be_hidden()
        expect(marks(page).first).to_be_focused()


def test_a_card_is_closed_by_its_button(page: Page) -> None:
    marks(page).first.click()
    card(page).get_by_role("button", name="Close").click()
    expect(card(page)).to_be_hidden()
    expect(marks(page).first).to_be_focused()


def test_a_tap_on_a_phone_opens_a_card_that_fits(visit: Visitor) -> None:
    page = visit(
        "/?q=what+is+GQA%3F",
        viewport={"width": 320, "height": 640},
        has_touch=True,
        is_mobile=True,
    )
    marks(page).first.tap()
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 640


def test_the_card_leads_to_the_quote_in_its_entry(page: Page) -> None:
    quote = quotes(page.locator("#t1"))[0]
    marks(page).first.click()
    card(page).get_by_role("link", name="Open the page").click()
    expect(page.locator("h1")).to_contain_text("GQA")
    expect(page.locator("mark#quote")).to_have_text(quote)
    expect(page.locator("mark#quote")).to_be_in_viewport()


def test_the_mark_of_a_streamed_answer_opens_its_own_quote(page: Page) -> None:
    second = Chat(page).ask("and MLA?")
    second.locator("a.mark").first.click()
    link = card(page).get_by_role("link", name="Open the page")
    expect(link).to_have_attribute("href", re.compile("^/entry/mla"))
    expect(card(page)).to_contain_text("MLA")


def test_the_sources_list_every_quote_and_the_papers(page: Page) -> None:
    turn = page.locator("#t1")
    expect(turn.locator(".sources li")).to_have_count(marks(page).count())
    turn.locator(".references summary").click()
    paper = turn.locator('.references a[href="https://arxiv.org/abs/2305.13245"]')
    expect(paper).to_be_visible()
