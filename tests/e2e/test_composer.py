"""The box of a question: lines, keys, and its limit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat
from entrywise.rag.understand.input import MAX_CHARACTERS

LOG = f"What is GQA?\n\nIt says:\n  n_kv_heads  is 8\n    {'-' * 200}"


@pytest.fixture
def page(visit: Visitor) -> Page:
    """The first page."""
    return visit("/")


def height(page: Page) -> float:
    return float(Chat(page).question.evaluate("box => box.clientHeight"))


def test_it_grows_with_its_lines_until_it_scrolls(page: Page) -> None:
    question = Chat(page).question
    one = height(page)
    question.press_sequentially("What is")
    assert height(page) == one
    question.press("Shift+Enter")
    question.press_sequentially("GQA?")
    expect(question).to_have_value("What is\nGQA?")
    assert height(page) > one
    question.fill("line\n" * 200)
    assert height(page) < page.evaluate("innerHeight") / 2


def test_lines_that_are_pasted_stay_lines_and_after_the_page_is_loaded_again(page: Page) -> None:
    chat = Chat(page)
    asked = chat.ask(LOG).locator(".asked")
    lines = LOG.splitlines()
    assert asked.inner_text().splitlines() == lines
    expect(chat.question).to_have_value("")
    page.reload()
    assert chat.answered(1).locator(".asked").inner_text().splitlines() == lines
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    chat.ask("and MLA?")
    page.reload()
    assert chat.answered(1).locator(".asked").inner_text().splitlines() == lines


def test_its_limit_is_told_near_its_end_and_holds(page: Page) -> None:
    chat = Chat(page)
    limit = page.locator(".limit")
    chat.question.fill("a" * (MAX_CHARACTERS // 2))
    expect(limit).to_be_hidden()
    chat.question.fill("\N{GRINNING FACE}" * (MAX_CHARACTERS - 1))
    expect(limit).to_have_text("9,999 of 10,000 characters")
    chat.question.fill("a" * (MAX_CHARACTERS + 1))
    expect(limit).to_have_text("10,001 of 10,000 characters")
    chat.question.press("Enter")
    expect(chat.turn(1)).to_have_count(0)
    assert violations(page) == []
    chat.question.fill("what is GQA?")
    expect(limit).to_be_hidden()
    chat.question.press("Enter")
    chat.answered(1)


def test_enter_asks_from_a_refusal_too(visit: Visitor) -> None:
    visit.expect_fault("404")
    page = visit("/nowhere")
    Chat(page).send("what is GQA?")
    expect(Chat(page).answered(1).locator(".asked")).to_have_text("what is GQA?")
