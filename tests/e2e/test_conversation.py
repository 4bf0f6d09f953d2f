"""A conversation: asked, streamed, gone on with, stopped, and taken up again."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from e2e.browser import Visitor
from e2e.chat import NOTHING, Chat, quotes
from e2e.gate import Gate
from e2e.server import Server
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.formulas import readable
from entrywise.web.app import create_app

COMPARISON = "difference between GQA and MLA"

# A question that means nothing by itself, and words of its answer after "what is MLA?".
FOLLOW_UP = "how much memory does it save?"
FOLLOWED_UP = "over 90 percent KV cache reduction"


@pytest.fixture
def opened() -> Iterator[threading.Event]:
    """Opens the gate in the streams of `gated` and `silent`; no thread waits at it after a test."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def gated(servers: ExitStack, glossary_index: Index, opened: threading.Event) -> Server:
    """A server of the test's own, whose answers stop behind their first part."""
    return servers.enter_context(held(glossary_index, opened, passing=1))


@pytest.fixture
def silent(servers: ExitStack, glossary_index: Index, opened: threading.Event) -> Server:
    """A server of the test's own, whose answers stop before their first part."""
    return servers.enter_context(held(glossary_index, opened, passing=0))


def held(index: Index, opened: threading.Event, passing: int) -> Server:
    app = create_app(Assistant(index))
    app.add_middleware(Gate, opened=opened, passing=passing)
    return Server(app)


def test_an_answer_has_the_quotes_of_the_assistant(visit: Visitor, glossary_index: Index) -> None:
    chat = Chat(visit("/"))
    turn = chat.ask("what is GQA?")
    expected = Assistant(glossary_index).ask("what is GQA?")
    expect(turn.locator(".asked")).to_have_text("what is GQA?")
    assert quotes(turn) == [readable(citation.quote) for citation in expected.citations]


def test_an_answer_comes_into_the_page_and_the_box_is_free_for_the_next(visit: Visitor) -> None:
    chat = Chat(visit("/"))
    chat.page.evaluate("window.stayed = true")
    chat.ask("what is GQA?")
    assert chat.page.evaluate("window.stayed") is True
    expect(chat.question).to_have_value("")


def test_a_part_is_shown_while_the_rest_is_on_its_way(
    visit: Visitor, gated: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=gated))
    chat.send(COMPARISON)
    turn = chat.turn(1)
    expect(turn.locator(".parts q")).to_have_count(1)
    expect(turn.locator("table, .verdict")).to_have_count(0)
    opened.set()
    chat.answered(1)
    expect(turn.locator("table")).to_have_count(1)


def test_an_answer_is_announced_as_a_whole_when_it_is_there(
    visit: Visitor, gated: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=gated))
    log = chat.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    chat.send(COMPARISON)
    expect(chat.turn(1).locator(".parts q")).to_have_count(1)
    expect(log).to_have_attribute("aria-busy", "true")
    opened.set()
    chat.answered(1)
    expect(log).to_have_attribute("aria-busy", "false")
    expect(chat.turn(1).locator(".below")).to_have_attribute("aria-live", "off")


def test_what_is_shown_stays_where_it_is_while_the_rest_comes(
    visit: Visitor, gated: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=gated))
    chat.send(COMPARISON)
    first = chat.turn(1).locator(".parts q").first
    place = "one => ({...one.getBoundingClientRect().toJSON(), scrolled: scrollY})"
    expect(first).to_be_visible()
    before = first.evaluate(place)
    opened.set()
    chat.answered(1)
    assert first.evaluate(place) == before


def test_waiting_is_shown_and_moves_only_for_those_who_like_it(
    visit: Visitor, silent: Server, opened: threading.Event
) -> None:
    moving = "document.getAnimations().some(one => one.effect.getComputedTiming().duration > 0)"
    chats = {
        motion: Chat(visit("/", site=silent, reduced_motion=motion))
        for motion in ("no-preference", "reduce")
    }
    for motion, chat in chats.items():
        chat.send(COMPARISON)
        expect(chat.turn(1).locator(".waiting")).to_be_visible()
        assert chat.page.evaluate(moving) is (motion == "no-preference")
    opened.set()
    for chat in chats.values():
        expect(chat.answered(1).locator(".waiting")).to_have_count(0)


def test_a_follow_up_is_read_with_what_was_asked_before(visit: Visitor) -> None:
    chat = Chat(visit("/"))
    chat.ask("what is MLA?")
    assert FOLLOWED_UP in quotes(chat.ask(FOLLOW_UP))[0]
    expect(chat.turn(1).locator(".asked")).to_have_text("what is MLA?")
    ids = chat.page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_a_suggestion_goes_on_with_the_conversation_in_the_page(visit: Visitor) -> None:
    chat = Chat(visit("/"))
    suggestion = chat.ask("what is GQA?").locator(".suggestions a").first
    question = suggestion.inner_text()
    chat.page.evaluate("window.stayed = true")
    suggestion.click()
    expect(chat.answered(2).locator(".asked")).to_have_text(question)
    assert chat.page.evaluate("window.stayed") is True


def test_what_was_answered_by_the_server_is_gone_on_with_in_the_page(visit: Visitor) -> None:
    chat = Chat(visit("/?q=what+is+MLA%3F"))
    assert FOLLOWED_UP in quotes(chat.ask(FOLLOW_UP))[0]


def test_an_answer_can_be_stopped_and_asked_for_again(
    visit: Visitor, gated: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=gated))
    chat.send(COMPARISON)
    expect(chat.turn(1).locator(".parts q")).to_have_count(1)
    chat.button("stop").click()
    expect(chat.button("stop")).to_be_hidden()
    opened.set()
    chat.button("retry", turn=1).click()
    expect(chat.answered(1).locator("table")).to_have_count(1)
    expect(chat.turn(2)).to_have_count(0)


def test_a_conversation_survives_a_restart_of_the_server(
    visit: Visitor, gated: Server, opened: threading.Event
) -> None:
    visit.expect_fault("ERR_CONNECTION_REFUSED")
    opened.set()
    chat = Chat(visit("/", site=gated))
    chat.ask("what is MLA?")
    gated.stop()
    chat.send(FOLLOW_UP)
    expect(chat.turn(2).get_by_role("alert")).to_be_visible()
    gated.start()
    chat.button("retry", turn=2).click()
    assert FOLLOWED_UP in quotes(chat.answered(2))[0]
    expect(chat.page.get_by_role("alert")).to_have_count(0)


def test_an_answer_that_breaks_off_says_so_and_is_asked_for_again(
    visit: Visitor, gated: Server, opened: threading.Event
) -> None:
    visit.expect_fault("ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_REFUSED")
    chat = Chat(visit("/", site=gated))
    chat.send(COMPARISON)
    expect(chat.turn(1).locator(".parts q")).to_have_count(1)
    gated.stop()
    expect(chat.turn(1).get_by_role("alert")).to_be_visible()
    gated.start()
    opened.set()
    chat.button("retry", turn=1).click()
    expect(chat.answered(1).locator("table")).to_have_count(1)


def test_a_question_that_the_server_refuses_is_answered_with_its_reason(visit: Visitor) -> None:
    visit.expect_fault("422")
    chat = Chat(visit("/"))
    chat.send(NOTHING)
    expect(chat.turn(1).get_by_role("alert")).to_contain_text("the question is empty")
    chat.ask("what is GQA?")


def test_the_focus_goes_from_the_stop_button_to_the_box_when_the_answer_is_there(
    visit: Visitor, gated: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=gated))
    chat.send(COMPARISON)
    chat.button("stop").focus()
    opened.set()
    chat.answered(1)
    expect(chat.question).to_be_focused()


def test_a_question_that_waits_in_vain_is_no_part_of_the_conversation(
    visit: Visitor, silent: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=silent))
    chat.send("what is MLA?")
    expect(chat.turn(1).locator(".waiting")).to_be_visible()
    chat.button("stop").click()
    expect(chat.page).to_have_url("/")
    with chat.page.expect_request("**/chat") as request:
        chat.send("what is GQA?")
    assert request.value.post_data_json["history"] == []
    opened.set()
    chat.answered(2)
    expect(chat.page).to_have_url(re.compile("q=what.is.GQA%3F#t1$"))


def test_a_question_asked_while_one_is_answered_waits_its_turn(
    visit: Visitor, silent: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=silent))
    chat.send("what is MLA?")
    expect(chat.turn(1).locator(".waiting")).to_be_visible()
    chat.send(FOLLOW_UP)
    expect(chat.turn(2).locator(".queued")).to_be_visible()
    opened.set()
    assert FOLLOWED_UP in quotes(chat.answered(2))[0]
    expect(chat.answered(1).locator("q").first).to_be_visible()
    expect(chat.page).to_have_url(re.compile("history=what.is.MLA%3F#t2$"))


def test_whoever_loads_the_page_again_while_an_answer_comes_gets_all_answers(
    visit: Visitor, silent: Server, opened: threading.Event
) -> None:
    chat = Chat(visit("/", site=silent))
    chat.send("what is MLA?")
    chat.send(FOLLOW_UP)
    expect(chat.turn(2).locator(".queued")).to_be_visible()
    chat.page.reload()
    assert FOLLOWED_UP in quotes(chat.answered(2))[0]
    expect(chat.turn(1).locator(".asked")).to_have_text("what is MLA?")


def test_a_question_as_long_as_a_page_leaves_its_answer_in_sight(visit: Visitor) -> None:
    chat = Chat(visit("/", viewport={"width": 390, "height": 844}))
    turn = chat.ask("why is attention slow when the context gets long and " * 40)
    question = turn.locator(".asked")
    expect(turn.locator(".answer p").first).to_be_in_viewport()
    height = question.evaluate("one => one.clientHeight")
    question.click()
    assert question.evaluate("one => one.clientHeight") > 2 * height


def test_a_follow_up_says_how_it_is_read_and_can_be_changed(visit: Visitor) -> None:
    chat = Chat(visit("/"))
    first = chat.ask("which models use GQA?")
    expect(first.locator(".read-as")).to_have_count(0)
    second = chat.ask("and MLA?")
    read_as = second.locator(".read-as")
    expect(read_as).to_contain_text("Read as: which models use MLA?")
    expect(read_as.get_by_role("link")).to_have_attribute("href", "/?q=which+models+use+MLA%3F")
    asked: list[str] = []
    chat.page.on("request", lambda one: asked.append(one.url) if "/suggest?" in one.url else None)
    read_as.get_by_role("button", name="Change the question").click()
    expect(chat.question).to_be_focused()
    expect(chat.question).to_have_value("which models use MLA?")
    # Suggestions would cover what is corrected; they come with what is typed.
    chat.question.press("End")
    chat.question.press("Backspace")
    expect(chat.page.get_by_role("listbox")).to_be_visible()
    assert len(asked) == 1
    chat.page.reload()
    expect(chat.turn(2).locator(".read-as")).to_contain_text("Read as: which models use MLA?")
