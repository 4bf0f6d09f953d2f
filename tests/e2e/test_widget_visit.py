"""The widget over the pages of a visit, what one does with its answers, its attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.browser import Visitor
from e2e.host import Host
from e2e.server import Server
from e2e.widget import Embed, Widget, style
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.served.votes import VoteBox

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def test_a_conversation_goes_on_on_the_next_page(
    embed: Embed, host: Host, allowing: Server
) -> None:
    widget = embed()
    widget.open()
    widget.ask("what is GQA?")
    widget.page.goto(host.embed(allowing))
    expect(widget.panel).to_be_visible()
    assert widget.page.evaluate("document.activeElement.localName") == "body"
    turn = widget.answered(1)
    expect(turn.get_by_role("heading", level=3)).to_have_text("what is GQA?")
    expect(turn.get_by_role("link", name="Source 1: GQA, explanation").first).to_be_visible()
    table = widget.ask("how does it differ from MQA?").get_by_role("table", name="GQA vs MQA")
    expect(table).to_be_visible()
    widget.element.get_by_role("button", name="Close").click()
    widget.page.goto(host.embed(allowing))
    expect(widget.launcher).to_be_visible()
    expect(widget.panel).to_be_hidden()
    widget.open()
    expect(widget.turns).to_have_count(2)


def test_another_visit_and_another_conversation_begin_anew(
    embed: Embed, host: Host, allowing: Server
) -> None:
    widget = embed()
    widget.open()
    anew = widget.element.get_by_role("button", name="New conversation")
    expect(anew).to_be_hidden()
    widget.ask("what is GQA?")
    other = widget.page.context.new_page()
    other.goto(widget.page.url)
    expect(other.locator("entrywise-chat .turn")).to_have_count(0)
    anew.click()
    expect(widget.turns).to_have_count(0)
    expect(widget.question).to_be_focused()
    widget.page.goto(host.embed(allowing))
    expect(widget.turns).to_have_count(0)


@pytest.mark.parametrize(
    "kept", ["{", "null", '{"turns": 7}', '{"open": true, "turns": [{"question": "x"}]}']
)
def test_what_was_kept_by_something_else_does_no_harm(
    kept: str, embed: Embed, host: Host, allowing: Server
) -> None:
    widget = embed()
    widget.page.evaluate(
        "([server, kept]) => sessionStorage.setItem(`entrywise-chat ${server}`, kept)",
        [allowing.url, kept],
    )
    widget.page.goto(host.embed(allowing))
    expect(widget.launcher).to_be_visible()
    expect(widget.turns).to_have_count(0)
    if widget.panel.is_hidden():
        widget.open()
    widget.ask("what is GQA?")


def test_questions_to_begin_with_are_asked_by_a_press(embed: Embed) -> None:
    widget = embed()
    widget.open()
    starters = widget.element.locator(".lead button")
    expect(starters).to_have_count(3)
    asked = starters.first.inner_text()
    starters.first.click()
    turn = widget.answered(1)
    expect(turn.get_by_role("heading", level=3)).to_have_text(asked)
    expect(starters.first).to_be_hidden()


def test_the_page_may_have_its_own_questions_to_begin_with(embed: Embed) -> None:
    widget = embed(starters="what is GQA? | what is MLA?")
    widget.open()
    starters = widget.element.locator(".lead button")
    assert starters.all_inner_texts() == ["what is GQA?", "what is MLA?"]
    none = embed(starters="")
    none.open()
    expect(none.element.locator(".lead button")).to_have_count(0)


@pytest.fixture
def voting(glossary_index: Index, host: Host, tmp_path: Path) -> Iterator[Server]:
    votes = str(tmp_path / "votes.sqlite")
    settings = replace(load_settings(), cors_origins=host.url, feedback=votes)
    with Server(create_app(Assistant(glossary_index), settings=settings)) as server:
        yield server


def test_a_vote_is_given_and_changed(embed: Embed, voting: Server, tmp_path: Path) -> None:
    widget = embed(voting)
    widget.open()
    turn = widget.ask("what is GQA?")
    up, down = (turn.get_by_role("button", name=name, exact=True) for name in VOTES)
    up.click()
    expect(turn.get_by_role("status")).to_have_text("Thank you.")
    expect(up).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(turn.get_by_role("status")).to_have_text("Thank you, noted.")
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_attribute("aria-pressed", "false")
    (vote,) = VoteBox(tmp_path / "votes.sqlite").read("LLM Reference")
    assert (vote.question, vote.vote, vote.entries) == ("what is GQA?", "down", ("gqa",))


VOTES = ("Helpful", "Not helpful")


def test_a_vote_that_is_lost_is_said(embed: Embed, voting: Server, visit: Visitor) -> None:
    visit.expect_fault("ERR_FAILED")
    widget = embed(voting)
    widget.open()
    turn = widget.ask("what is GQA?")
    widget.page.route("**/api/feedback", lambda route: route.abort())
    up = turn.get_by_role("button", name="Helpful", exact=True)
    up.click()
    expect(turn.get_by_role("status")).to_contain_text("cannot be reached")
    expect(up).to_have_attribute("aria-pressed", "false")


def test_an_answer_is_copied_as_text_with_its_sources(embed: Embed, allowing: Server) -> None:
    widget = embed(context=CLIPBOARD)
    widget.open()
    turn = widget.ask("difference between GQA and MLA")
    turn.get_by_role("button", name="Copy").click()
    expect(turn.get_by_role("status")).to_have_text("Copied")
    copied = str(widget.page.evaluate("navigator.clipboard.readText()"))
    assert "What it is: GQA: Grouped Query Attention" in copied
    assert "; MLA: " in copied
    first, *_ = (line for line in copied.splitlines() if line.startswith("[1] "))
    assert f": {allowing.url}/entry/" in first
    assert "$" not in copied
    assert "Ask next" not in copied
    widget.ask("what is GQA?").get_by_role("button", name="Copy").click()
    expect(widget.turns.last.get_by_role("status")).to_have_text("Copied")
    copied = str(widget.page.evaluate("navigator.clipboard.readText()"))
    ends = [paragraph[-3:] for paragraph in copied.split("\n\n")[:2]]
    assert ends == ["[1]", "[2]"], "a paragraph for each section"


def test_an_answer_opens_as_a_page(embed: Embed, allowing: Server) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("what is GQA?")
    with widget.page.expect_popup() as opened:
        turn.get_by_role("link", name="Open in full").click()
    expect(opened.value).to_have_url(f"{allowing.url}/?q=what+is+GQA%3F#t1")
    quote = opened.value.locator("q").first
    expect(quote).to_contain_text("Grouped Query Attention is a middle ground")


def test_what_follows_up_opens_as_a_page_with_what_was_asked_before(
    embed: Embed, host: Host, allowing: Server
) -> None:
    widget = embed()
    widget.open()
    widget.ask("what is GQA?")
    turn = widget.ask("which models use it?")
    asked = f"{allowing.url}/?q=which+models+use+it%3F&history=what+is+GQA%3F#t2"
    for _ in range(2):
        whole = turn.get_by_role("link", name="Open in full")
        expect(whole).to_have_attribute("href", asked)
        widget.page.goto(host.embed(allowing))
        turn = widget.answered(2)
    with widget.page.expect_popup() as opened:
        whole.click()
    said = turn.locator("q").first.inner_text()
    expect(opened.value.locator("#t2 q").first).to_have_text(said)


def test_in_a_page_it_stands_where_its_script_does(
    visit: Visitor, host: Host, allowing: Server
) -> None:
    script = f'<script src="{allowing.url}/widget.js" data-inline></script><p id="below">…</p>'
    widget = Widget(visit(host.put(script, allowing), site=host, asks=(allowing,)))
    region = widget.element.get_by_role("region", name="LLM Reference").last
    expect(region).to_be_visible()
    expect(widget.launcher).to_be_hidden()
    expect(widget.element.get_by_role("dialog")).to_have_count(0)
    place = widget.element.evaluate("element => element.nextElementSibling.id")
    assert place == "below"
    widget.question.press("Escape")
    expect(region).to_be_visible()
    widget.ask("what is SwiGLU?")
    bottom = region.evaluate("panel => panel.getBoundingClientRect().bottom")
    below = widget.page.locator("#below").evaluate("line => line.getBoundingClientRect().top")
    assert bottom <= below
    # What is below an answer is in sight: the panel grows, up to most of a window.
    offer = widget.turns.first.locator(".suggestions")
    within = "one => one.getRootNode().querySelector('.log').getBoundingClientRect().bottom"
    end = offer.evaluate("one => one.getBoundingClientRect().bottom")
    assert end <= offer.evaluate(within)
    widget.ask("difference between GQA and MLA")
    asked = widget.ask("what is LoRA?").bounding_box()
    panel = region.bounding_box()
    assert asked
    assert panel
    assert asked["y"] < panel["y"] + 720 / 2
    assert region.evaluate("panel => panel.clientHeight") <= 720 * 0.85


def test_colours_logo_and_texts_are_those_of_its_attributes(
    visit: Visitor, host: Host, allowing: Server
) -> None:
    logo = f"{allowing.url}/static/icon.svg"
    data = (
        f'data-accent="#7a1fa2" data-on-accent="#ffffff" data-logo="{logo}" '
        'data-text-lead="Fragen Sie unser Archiv." data-text-ask="Los"'
    )
    script = f'<script src="{allowing.url}/widget.js" {data}></script>'
    path = host.put(script, allowing, also=f"; img-src {allowing.url}")
    widget = Widget(visit(path, site=host, asks=(allowing,)))
    assert style(widget.launcher, "backgroundColor") == "rgb(122, 31, 162)"
    picture = widget.launcher.locator("img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    widget.open()
    expect(widget.element.locator(".lead p")).to_have_text("Fragen Sie unser Archiv.")
    expect(widget.element.get_by_role("button", name="Los", exact=True)).to_be_visible()
    # A text that is none of the widget's is left alone.
    assert widget.element.evaluate("element => element.dataset.textLead")
