"""Search as you type: entries below the question box, for pointer, keyboard and screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat


@pytest.fixture
def page(visit: Visitor) -> Page:
    """The first page."""
    return visit("/")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def active(page: Page) -> str:
    """The name of the option that the box says is active; empty when none is."""
    return str(
        page.evaluate(
            "document.getElementById("
            "document.getElementById('question').getAttribute('aria-activedescendant'))"
            "?.querySelector('strong').textContent ?? ''"
        )
    )


@pytest.mark.parametrize(
    "typed",
    ["grouped q", "GQA", "gruoped query", "what is gq"],
    ids=["prefix", "name", "typo", "last word"],
)
def test_what_is_typed_is_completed(page: Page, typed: str) -> None:
    Chat(page).question.press_sequentially(typed)
    expect(options(page).first).to_contain_text("GQA")


def test_the_arrows_choose_and_enter_opens_the_entry(page: Page) -> None:
    chat = Chat(page)
    expect(chat.question).to_have_attribute("aria-autocomplete", "list")
    chat.question.press_sequentially("quanti")
    expect(options(page).nth(1)).to_be_visible()
    names = options(page).locator("strong").all_inner_texts()
    page.keyboard.press("ArrowDown")
    assert active(page) == names[0]
    page.keyboard.press("ArrowDown")
    assert active(page) == names[1]
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    assert active(page) == names[-1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(names[0])


def test_enter_asks_when_nothing_is_chosen(page: Page) -> None:
    chat = Chat(page)
    chat.question.press_sequentially("gqa")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(chat.answered(1).locator(".asked")).to_have_text("gqa")
    expect(options(page)).to_have_count(0)


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    chat = Chat(page)
    chat.question.press_sequentially("gqa")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(chat.question).to_have_value("gqa")
    expect(chat.question).to_be_focused()


def test_a_click_opens_the_entry(page: Page) -> None:
    Chat(page).question.press_sequentially("gqa")
    options(page).filter(has_text="Grouped").first.click()
    expect(page).to_have_url("/entry/gqa")


def test_a_question_that_is_chosen_is_asked(page: Page) -> None:
    chat = Chat(page)
    chat.question.press_sequentially("what is gq")
    page.get_by_role("group", name="Questions").get_by_role("option", name="what is GQA").click()
    expect(chat.answered(1).locator(".asked")).to_have_text("what is GQA")


def test_the_list_fits_a_phone(visit: Visitor) -> None:
    page = visit("/", viewport={"width": 320, "height": 640})
    Chat(page).question.press_sequentially("quanti")
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
