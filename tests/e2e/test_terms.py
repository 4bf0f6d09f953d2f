"""Names in answers and entries: links with previews, by pointer, by keyboard, by a long press."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat, quotes
from e2e.pages import THEMES, Theme
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.formulas import readable


def card(page: Page) -> Locator:
    return page.locator("#preview")


def term(page: Page, name: str) -> Locator:
    return page.locator("a.term").get_by_text(name, exact=True).first


def test_a_name_in_an_answer_leads_to_its_page_and_the_quote_stays_verbatim(
    visit: Visitor, glossary_index: Index
) -> None:
    chat = Chat(visit("/"))
    turn = chat.ask("what is MLA?")
    expected = Assistant(glossary_index).ask("what is MLA?")
    assert quotes(turn) == [readable(citation.quote) for citation in expected.citations]
    term(chat.page, "GQA").click()
    expect(chat.page).to_have_url("/entry/gqa")


def test_a_preview_stays_while_the_pointer_is_on_it_and_leads_on(visit: Visitor) -> None:
    page = visit("/entry/gqa")
    term(page, "MQA").hover()
    expect(card(page)).to_contain_text("Multi-Query Attention")
    card(page).hover()
    page.wait_for_timeout(400)
    card(page).get_by_role("link", name="GQA", exact=True).click()
    expect(page).to_have_url("/compare?a=mqa&b=gqa")


def test_a_preview_goes_with_the_pointer_and_by_escape(visit: Visitor) -> None:
    page = visit("/entry/gqa")
    term(page, "MQA").hover()
    expect(card(page)).to_be_visible()
    page.mouse.move(1, 1)
    expect(card(page)).to_be_hidden()
    term(page, "MHA").hover()
    expect(card(page)).to_contain_text("Multi-Head Attention")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()


def test_the_focus_shows_it_and_it_describes_the_link(visit: Visitor) -> None:
    page = visit("/entry/gqa")
    link = page.locator("a.term").first
    page.locator("h1").click()
    for _ in range(30):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    expect(card(page)).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "preview")
    page.keyboard.press("Tab")
    expect(link).not_to_have_attribute("aria-describedby", "preview")


def test_the_keyboard_reaches_what_it_compares_with_and_no_more_stops_are_in_the_way(
    visit: Visitor,
) -> None:
    page = visit("/entry/gqa")
    name, behind = page.locator("a.term").nth(0), page.locator("a.term").nth(1)
    name.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("Alt+↓")
    expect(name).to_have_attribute("aria-keyshortcuts", "Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    links = card(page).get_by_role("link")
    expect(links.first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(name).to_be_focused()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Escape")
    expect(name).to_be_focused()
    expect(card(page)).to_be_hidden()
    page.keyboard.press("Tab")
    expect(behind).to_be_focused()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    for _ in range(links.count()):
        expect(card(page).locator(":focus")).to_be_visible()
        page.keyboard.press("Tab")
    expect(page.locator("a.term").nth(2)).to_be_focused()


def test_a_long_press_shows_it_and_a_tap_goes_there(visit: Visitor) -> None:
    page = visit("/entry/gqa", viewport={"width": 390, "height": 844}, has_touch=True)
    link = term(page, "MQA")
    link.dispatch_event("touchstart")
    expect(card(page)).to_contain_text("Multi-Query Attention")
    link.dispatch_event("touchend")
    link.dispatch_event("click")
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    link.tap()
    expect(page).to_have_url("/entry/mqa")


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_accessible(visit: Visitor, checker: None, theme: Theme) -> None:
    page = visit("/entry/gqa", color_scheme=theme)
    term(page, "MQA").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    assert violations(page) == []
