"""The switch between quotes and what an LLM writes, on a server that has one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from conftest import Writing
from playwright.sync_api import expect
from scripted_llm import Behaviour, ScriptedServer, breaks_off, is_slow, refuses, says

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.pages import THEMES, Theme
from e2e.server import Server
from entrywise.index.index import Index
from entrywise.web.app import create_app

ASKED = "what is GQA?"
FIRST = "Query heads are grouped into G groups, and each of them shares one K/V head."
FALSE = "GQA was invented by a baker in Lyon."
WRITES = "text by gemma, checked against quotes"

Serving = Callable[..., tuple[Server, ScriptedServer]]


@pytest.fixture
def serve(servers: ExitStack, writes: Writing, glossary_index: Index) -> Serving:
    """Servers of the glossary whose LLM behaves as a test wants."""

    def start(*script: Behaviour, **options: object) -> tuple[Server, ScriptedServer]:
        assistant, llm = writes(*script, index=glossary_index, **options)
        return servers.enter_context(Server(create_app(assistant))), llm

    return start


def choosing(visit: Visitor, site: Server, **options: object) -> Chat:
    chat = Chat(visit("/", site=site, **options))
    chat.page.get_by_label(WRITES).check()
    return chat


def test_quotes_are_given_until_the_llm_is_chosen(visit: Visitor, serve: Serving) -> None:
    site, llm = serve(says(f"{FIRST} [1] {FALSE} [1]"))
    chat = Chat(visit("/", site=site))
    chat.ask(ASKED)
    assert llm.requests == []
    chat.page.get_by_label(WRITES).check()
    turn = chat.ask(ASKED)
    expect(turn.locator(".written")).to_have_text([f"{FIRST} 1"])
    expect(turn).to_contain_text("2 sentences checked against the quotes: 1 supported, 1 dropped")
    assert len(llm.requests) == 1


def test_the_choice_is_kept_in_the_browser(visit: Visitor, serve: Serving) -> None:
    site, _ = serve(says(f"{FIRST} [1]"))
    chat = choosing(visit, site)
    chat.page.reload()
    expect(chat.page.get_by_label(WRITES)).to_be_checked()
    chat.page.get_by_label("quotes", exact=True).check()
    chat.page.reload()
    expect(chat.page.get_by_label("quotes", exact=True)).to_be_checked()


def test_a_sentence_is_shown_while_the_next_is_written(visit: Visitor, serve: Serving) -> None:
    released = threading.Event()
    site, _ = serve(is_slow(f"{FIRST} [1] It goes on", released=released))
    chat = choosing(visit, site)
    chat.send(ASKED)
    turn = chat.turn(1)
    expect(turn.locator(".written")).to_contain_text(FIRST)
    expect(turn).to_contain_text("gemma is writing")
    released.set()
    chat.answered(1)
    expect(turn).not_to_contain_text("gemma is writing")


def test_stopping_ends_the_reply_and_keeps_what_was_shown(visit: Visitor, serve: Serving) -> None:
    site, llm = serve(is_slow(f"{FIRST} [1] It goes on"))
    chat = choosing(visit, site)
    chat.send(ASKED)
    expect(chat.turn(1).locator(".written")).to_contain_text(FIRST)
    chat.page.get_by_role("button", name="Stop").click()
    expect(chat.turn(1)).to_contain_text("Stopped.")
    expect(chat.turn(1).locator(".written")).to_contain_text(FIRST)
    assert llm.left.wait(10)


def test_the_mark_of_a_sentence_opens_the_quote_that_supports_it(
    visit: Visitor, serve: Serving
) -> None:
    site, _ = serve(says(f"{FIRST} [1]"))
    chat = choosing(visit, site)
    chat.ask(ASKED).locator(".written a.mark").click()
    card = chat.page.get_by_role("dialog")
    expect(card.locator("mark")).to_contain_text("Query heads grouped into G groups")


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [(refuses(401), "refuses the key"), (breaks_off(f"{FIRST} [1] Each group"), "broke off")],
)
def test_quotes_follow_the_reason_where_the_llm_fails(
    visit: Visitor, serve: Serving, behaviour: Behaviour, why: str
) -> None:
    site, _ = serve(behaviour)
    chat = choosing(visit, site)
    turn = chat.ask(ASKED)
    expect(turn.locator(".notice").first).to_contain_text(why)
    expect(turn.locator("q.quote").first).to_be_visible()
    turn.locator("q.quote + a.mark").first.click()
    expect(chat.page.get_by_role("dialog")).to_be_visible()


def test_the_switch_works_by_keyboard(visit: Visitor, serve: Serving) -> None:
    site, llm = serve(says(f"{FIRST} [1]"))
    chat = Chat(visit("/", site=site))
    chat.question.focus()
    for key in ("Tab", "Tab", "ArrowRight"):
        chat.page.keyboard.press(key)
    expect(chat.page.get_by_label(WRITES)).to_be_checked()
    chat.ask(ASKED)
    assert len(llm.requests) == 1


def test_the_llm_writes_without_a_script_too(visit: Visitor, serve: Serving) -> None:
    site, _ = serve(says(f"{FIRST} [1]"))
    page = visit("/", site=site, java_script_enabled=False)
    page.get_by_label(WRITES).check()
    page.locator("#question").fill(ASKED)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".written")).to_contain_text(FIRST)
    expect(page.get_by_label(WRITES)).to_be_checked()


def test_hostile_text_of_an_llm_is_shown_as_text(visit: Visitor, serve: Serving) -> None:
    hostile = "<img src=x onerror=alert(1)> {{ 7*7 }} [link](javascript:alert(1)) are key heads."
    site, _ = serve(says(f"{FIRST} [1] {hostile} [1]"), mark=True)
    turn = choosing(visit, site).ask(ASKED)
    expect(turn.locator(".unsupported .sentence")).to_have_text(hostile)
    expect(turn.locator("img")).to_have_count(0)


@pytest.mark.usefixtures("checker")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1440, 390])
def test_a_written_answer_breaks_no_rule(
    visit: Visitor, serve: Serving, width: int, theme: Theme
) -> None:
    site, _ = serve(says(f"{FIRST} [1] {FALSE} [2]"), mark=True)
    size = {"width": width, "height": 844}
    chat = choosing(visit, site, viewport=size, color_scheme=theme)
    assert violations(chat.page) == []
    chat.ask(ASKED)
    assert violations(chat.page) == []
