"""Everything that can be asked and read works where no script runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat


@pytest.fixture
def page(visit: Visitor) -> Page:
    """The first page, in a browser that runs no scripts."""
    return visit("/", java_script_enabled=False)


def test_a_question_and_a_follow_up_are_answered(page: Page) -> None:
    chat = Chat(page, scripts=False)
    chat.ask("what is MLA?")
    second = chat.ask("how much memory does it save?")
    expect(second.locator(".parts")).to_contain_text("over 90 percent KV cache reduction")
    expect(chat.turn(1).locator(".asked")).to_have_text("what is MLA?")


def test_a_mark_leads_to_its_source_and_back(page: Page) -> None:
    turn = Chat(page, scripts=False).ask("what is GQA?")
    turn.locator("a.mark").first.click()
    source = page.locator("#t1-source-1")
    assert page.url.endswith("#t1-source-1")
    expect(source).to_be_in_viewport()
    source.locator("summary").click()
    source.get_by_role("link", name="Back to the answer").click()
    expect(turn.locator("#t1-mark-1")).to_be_in_viewport()


def test_a_source_leads_to_the_quote_in_its_entry(page: Page) -> None:
    turn = Chat(page, scripts=False).ask("what is GQA?")
    quote = turn.locator("q").first.inner_text()
    page.locator("#t1-source-1 summary").click()
    page.locator("#t1-source-1").get_by_role("link", name="Open the page").click()
    expect(page.locator("h1")).to_contain_text("GQA")
    expect(page.locator("mark#quote")).to_have_text(quote)
    expect(page.locator("mark#quote")).to_be_in_viewport()


def test_a_suggestion_goes_on_with_the_conversation(page: Page) -> None:
    chat = Chat(page, scripts=False)
    suggestion = chat.ask("what is GQA?").locator(".suggestions a").first
    question = suggestion.inner_text()
    suggestion.click()
    expect(chat.answered(2).locator(".asked")).to_have_text(question)


def test_what_needs_a_script_is_not_offered(page: Page) -> None:
    Chat(page, scripts=False).ask("what is GQA?")
    page.wait_for_load_state()
    types = page.locator("button:visible").evaluate_all("all => all.map(one => one.type)")
    assert set(types) == {"submit"}


@pytest.mark.parametrize("path", ["/browse", "/entry/gqa", "/compare?a=gqa&b=mla", "/map", "/docs"])
def test_the_other_pages_have_their_content(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("main")).to_contain_text("GQA" if path != "/docs" else "/api/ask")
