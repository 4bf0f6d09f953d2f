"""The palette: from the head of every page to an entry, a heading or an answer."""

from __future__ import annotations

import re
import string

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.pages import THEMES, Theme
from e2e.server import Server


def box(page: Page) -> Locator:
    return page.locator("#palette").get_by_role("combobox")


def options(page: Page, group: str = "") -> Locator:
    within = page.locator("#palette")
    return (within.get_by_role("group", name=group) if group else within).get_by_role("option")


@pytest.mark.parametrize("path", ["/browse", "/entry/gqa", "/map", "/docs", "/compare", "/nowhere"])
def test_a_key_opens_it_on_every_page_and_enter_asks(visit: Visitor, path: str) -> None:
    page = visit("about:blank")
    if path == "/nowhere":
        visit.expect_fault("404")
    page.goto(path)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("what is GQA?")
    expect(options(page).first).to_have_text("Ask: what is GQA?")
    page.keyboard.press("Enter")
    expect(Chat(page).answered(1).locator(".asked")).to_have_text("what is GQA?")


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_a_key_opens_it_where_one_writes_too(visit: Visitor, keys: str) -> None:
    page = visit("/")
    question = Chat(page).question
    question.fill("1")
    question.press("/")
    expect(question).to_have_value("1/")
    question.press(keys)
    expect(box(page)).to_be_focused()


def test_escape_closes_it_and_gives_the_focus_back(visit: Visitor) -> None:
    page = visit("/entry/gqa")
    link = page.locator(".chips a").first
    link.focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("mla")
    expect(options(page, "Entries").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(link).to_be_focused()
    expect(box(page)).to_have_value("")


def test_the_last_words_lead_to_an_entry_by_keyboard_alone(visit: Visitor) -> None:
    page = visit("/browse")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("/")
    page.keyboard.type("what is gq")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(options(page, "Entries")).to_contain_text(["GQA"])
    expect(options(page, "Entries").first).to_contain_text("Attention & Memory")
    expect(options(page, "Questions").first).to_have_text("what is GQA")
    page.keyboard.press("ArrowDown")
    expect(options(page, "Entries").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options(page, "Ask").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    chosen = options(page, "Entries").first.get_attribute("id")
    expect(box(page)).to_have_attribute("aria-activedescendant", str(chosen))
    page.keyboard.press("Enter")
    expect(page).to_have_url("/entry/gqa")


def test_every_sign_of_a_keyboard_may_be_typed(visit: Visitor) -> None:
    page = visit("/browse")
    page.keyboard.press("/")
    for sign in string.punctuation:
        asked = f"low{sign}rank"
        box(page).fill(asked)
        expect(options(page).first).to_have_text(f"Ask: {asked}")
    box(page).fill("what's multi-head att")
    expect(options(page, "Questions").first.locator(".begun")).to_have_text(["Multi-head", "att"])


def test_where_nothing_is_found_it_says_what_enter_does(visit: Visitor) -> None:
    page = visit("/browse")
    page.keyboard.press("/")
    page.keyboard.type("zzzz")
    expect(options(page)).to_have_text(["Ask: zzzz"])
    expect(page.locator("#palette [role=status]")).to_have_text(
        "Nothing found. Press Enter to ask."
    )


def test_words_of_texts_lead_to_the_passage(visit: Visitor) -> None:
    page = visit("/browse")
    page.keyboard.press("/")
    page.keyboard.type("neurons")
    found = options(page, "In the texts").first
    expect(found.locator(".what .begun").first).to_have_text("neurons", ignore_case=True)
    found.click()
    expect(page.locator("#quote")).to_contain_text("neurons", ignore_case=True)


def test_what_was_asked_before_is_at_hand(visit: Visitor) -> None:
    page = visit("/")
    Chat(page).ask("what is GQA?")
    page.goto("/browse")
    page.keyboard.press("/")
    before = options(page, "Asked before")
    expect(before).to_have_text(["what is GQA?"])
    page.keyboard.type("is gq")
    expect(before).to_have_text(["what is GQA?"])
    page.goto("/")
    Chat(page).ask("What is GQA?")
    page.keyboard.press("Control+k")
    page.keyboard.type("gqa")
    expect(before).to_have_text(["What is GQA?"])
    before.click()
    expect(Chat(page).answered(1).locator(".asked")).to_have_text("What is GQA?")


@pytest.mark.parametrize(
    ("typed", "title", "marked"),
    [
        ("kv cahe", "KV Cache", ["KV", "Cache"]),
        ("what is gq", "what is GQA", ["what", "is", "GQ"]),
        ("quantizaton", "GGUF Quantization", ["Quantization"]),
        ("i cache", "Cache in it", ["Cache"]),
        ("mla", "MQA", []),
        ("latn", "Multi-head Latent Attention", ["Late"]),
    ],
)
def test_what_was_typed_is_marked_with_its_slips(
    visit: Visitor, typed: str, title: str, marked: list[str]
) -> None:
    page = visit("/browse")
    found = page.evaluate(
        """async ([title, words]) => {
          const links = [...document.querySelectorAll('link')]
          const { marked } = await import(links.find(one => one.href.endsWith('/marked.js')).href)
          return marked(title, words).filter(one => one.textContent).map(one => one.textContent)
        }""",
        [title, typed.split()],
    )
    assert found == marked


def test_the_field_opens_by_a_click_and_closes_by_one_beside_it(visit: Visitor) -> None:
    page = visit("/browse")
    box(page).click()
    expect(options(page, "Try one of these").first).to_be_visible()
    page.mouse.click(5, 300)
    expect(options(page)).to_have_count(0)
    expect(box(page)).not_to_be_focused()


def test_of_documents_it_offers_sections_with_their_pages(visit: Visitor, handbook: Server) -> None:
    page = visit("/browse", site=handbook)
    page.keyboard.press("/")
    carrying = options(page, "Try one of these").filter(has_text="Carrying over")
    expect(carrying.locator("strong")).to_have_text("Carrying over")
    expect(carrying.locator(".place")).to_have_text("Holiday")
    carrying.click()
    expect(Chat(page).answered(1).locator(".asked")).to_have_text("Holiday: Carrying over")


def test_nothing_moves_when_it_opens(visit: Visitor) -> None:
    page = visit("/entry/gqa")
    heading = page.get_by_role("heading", level=1)
    place = heading.bounding_box()
    page.keyboard.press("/")
    page.keyboard.type("mla")
    expect(options(page, "Entries").first).to_be_visible()
    assert heading.bounding_box() == place


def test_on_a_phone_it_is_the_whole_window_and_has_a_button_to_close(visit: Visitor) -> None:
    page = visit("/entry/gqa", viewport={"width": 390, "height": 844}, has_touch=True)
    box(page).tap()
    panel = page.locator("#palette .panel")
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.get_by_role("button", name="Close").tap()
    expect(options(page)).to_have_count(0)


def test_without_a_script_the_field_is_a_form(visit: Visitor) -> None:
    page = visit("/entry/mla", java_script_enabled=False)
    field = page.locator("#palette input")
    field.fill("what is GQA?")
    field.press("Enter")
    expect(Chat(page).turn(1).locator(".asked")).to_have_text("what is GQA?")


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_accessible(visit: Visitor, checker: None, theme: Theme) -> None:
    page = visit("/browse", color_scheme=theme)
    page.keyboard.press("/")
    page.keyboard.type("flash att")
    expect(options(page, "Questions").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
