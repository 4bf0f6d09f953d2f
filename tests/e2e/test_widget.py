"""The widget on a page of another origin with a strict Content-Security-Policy.

A page that logs an error, as Chromium does for each violation of its policy, fails its test.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import tab_to
from e2e.gate import Gate
from e2e.host import Host
from e2e.hostile import MARKUP, hostile_knowledge_base
from e2e.server import Server
from e2e.widget import Embed, Widget
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app


def test_an_answer_is_quotes_whose_marks_lead_to_them(embed: Embed) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("what is GQA?")
    expect(turn.get_by_role("heading", level=3)).to_have_text("what is GQA?")
    first = turn.locator("q").first
    expect(first).to_contain_text("Grouped Query Attention is a middle ground")
    mark = turn.get_by_role("link", name="Source 1: GQA, explanation").first
    with widget.page.expect_popup() as opened:
        mark.click()
    expect(opened.value.locator("mark#quote")).to_have_text(first.inner_text())
    expect(turn.locator(".sources")).to_contain_text("GQA")


def test_each_quote_has_its_mark_and_formulas_are_readable(embed: Embed) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("what is MQA?")
    expect(turn.locator(".part h4")).to_have_count(4)
    expect(turn.locator(".part q")).to_have_count(5)
    expect(turn.locator(".part q").last).to_contain_text("2 × 1 × 128 × 2 = 512 bytes")
    pieces = turn.locator(".part p > *").evaluate_all("all => all.map(one => one.localName)")
    assert pieces == ["q", "a"] * 5


def test_quotes_that_cannot_be_told_apart_keep_their_marks_together(embed: Embed) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("formula for GPTQ")
    part = turn.locator(".part p", has=widget.page.get_by_text("6", exact=True))
    pieces = part.locator("> *").evaluate_all(
        "all => all.map(one => one.localName === 'a' ? one.textContent : 'quote')"
    )
    assert pieces == ["quote", "6", "7"]
    # One between them is told from them; what is of another section is another paragraph.
    turn = widget.ask("what is the formula of perplexity?")
    paragraphs = turn.locator(".part p").evaluate_all(
        """all => all.map(one => {
          return [...one.querySelectorAll('.mark')].map(mark => mark.textContent).join()
        })"""
    )
    assert paragraphs == ["1", "2", "3", "4", "5"]
    turn = widget.turns.first
    expect(turn.locator(".part p", has=widget.page.get_by_text("3", exact=True))).to_have_count(1)


def test_a_comparison_is_a_table(embed: Embed) -> None:
    widget = embed()
    widget.open()
    table = widget.ask("difference between GQA and MLA").get_by_role("table", name="GQA vs MLA")
    assert table.get_by_role("columnheader").all_inner_texts() == ["GQA", "MLA"]
    # What the rows are about takes less room than what is compared.
    widths = "all => all.map(one => one.getBoundingClientRect().width)"
    first, *others = table.locator("thead tr > *").evaluate_all(widths)
    assert first < min(others) * 0.75
    row = table.get_by_role("row").filter(has_text="What it is")
    expect(row.get_by_role("rowheader")).to_have_text("What it is")
    for cell in row.get_by_role("cell").all():
        expect(cell.locator("q")).not_to_be_empty()
        expect(cell.get_by_role("link")).to_have_accessible_name(re.compile(r"Source \d+: "))


def test_the_parts_of_a_model_name_are_a_list(embed: Embed) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("Mistral-7B-Instruct-v0.2.Q4_K_M.gguf")
    names = turn.get_by_role("term").all_inner_texts()
    assert names == [
        "Mistral",
        "7B: 7 billion parameters",
        "Instruct",
        "Q4_K_M: 4 bits, K-quant, medium",
        "gguf",
    ]
    expect(turn.locator(".notice")).to_have_text(
        "The knowledge base does not explain v0.2 (version)."
    )


def test_what_is_not_known_is_said_and_a_suggestion_is_asked(embed: Embed) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("how does RLOO align a model?")
    expect(turn.locator(".notice")).to_have_text("The knowledge base says nothing about “RLOO”.")
    turn.get_by_role("button", name="Explain DPO").click()
    explained = widget.answered(2)
    expect(explained.get_by_role("heading", level=3)).to_be_focused()
    expect(explained.locator("q").first).to_contain_text("Direct Preference Optimization")


def test_a_question_from_far_off_leads_to_what_there_is(embed: Embed, allowing: Server) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("best pizza in Rome")
    link = turn.get_by_role("link", name="See all entries")
    expect(link).to_have_attribute("href", f"{allowing.url}/browse")
    expect(turn.get_by_role("heading", name="For example")).to_be_visible()
    first = widget.element.locator(".lead button").first.inner_text()
    turn.get_by_role("button", name=first).click()
    expect(widget.answered(2).locator("q").first).to_be_visible()


def test_after_thanks_nothing_is_offered(embed: Embed) -> None:
    widget = embed()
    widget.open()
    thanked = widget.ask("thanks!")
    expect(thanked).to_contain_text("You are welcome.")
    expect(thanked.locator(".suggestions")).to_have_count(0)
    expect(thanked.get_by_role("link", name="See all entries")).to_have_count(0)


def test_starters_of_a_page_are_those_of_a_refusal_as_well(embed: Embed) -> None:
    widget = embed(starters="What is GQA? | What is MLA?")
    widget.open()
    offered = widget.ask("best pizza in Rome").locator(".suggestions button")
    expect(offered).to_have_text(["What is GQA?", "What is MLA?"])
    none = embed(starters="")
    none.open()
    turn = none.ask("best pizza in Rome")
    expect(turn.get_by_role("link", name="See all entries")).to_be_visible()
    expect(turn.locator(".suggestions")).to_have_count(0)


def test_questions_after_what_is_said_to_the_assistant_are_examples(embed: Embed) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("what can you do?")
    expect(turn.get_by_role("heading", level=4)).to_have_text("For example")


def test_it_says_what_the_pages_say_where_there_is_no_answer(
    embed: Embed, allowing: Server
) -> None:
    widget = embed()
    widget.open()
    turn = widget.ask("who won?")
    said = "There is no answer to this in “LLM Reference”."
    expect(turn.locator(".notice")).to_have_text(said)
    expect(widget.element.locator("p[role=status]")).to_have_text(said)
    with widget.page.expect_popup() as opened:
        turn.get_by_role("link", name="Open in full").click()
    expect(opened.value.locator(".refusal > .notice")).to_have_text(said)


def test_a_follow_up_is_understood_and_comes_into_sight(embed: Embed) -> None:
    widget = embed()
    widget.open()
    widget.ask("what is GQA?")
    turn = widget.ask("how does it differ from MQA?")
    expect(turn.get_by_role("table", name="GQA vs MQA")).to_be_visible()
    expect(turn.get_by_role("heading", level=3)).to_be_in_viewport()
    expect(widget.turns.first.get_by_role("heading", level=3)).not_to_be_in_viewport()


def test_parts_are_shown_as_they_come(
    visit: Visitor, servers: ExitStack, host: Host, glossary_index: Index
) -> None:
    opened = threading.Event()
    settings = replace(load_settings(), cors_origins=host.url)
    assistant = Assistant(glossary_index)
    app = create_app(assistant, settings=settings)
    app.add_middleware(Gate, opened=opened, path="/api/ask")
    server = servers.enter_context(Server(app))
    widget = Widget(visit(host.embed(server), site=host, asks=(server,)))
    widget.open()
    widget.send("what is GQA?")
    expect(widget.turns.locator(".part")).to_contain_text("Grouped Query Attention")
    expect(widget.status).to_have_text("Answering …")
    expect(widget.turns.locator("a")).to_have_count(0)
    opened.set()
    quoted = assistant.ask("what is GQA?").citations
    expect(widget.answered(1).locator(".part a")).to_have_count(len(quoted))


def test_a_screen_reader_hears_that_it_waits_and_then_the_answer_once(embed: Embed) -> None:
    widget = embed()
    widget.open()
    widget.status.evaluate(
        "status => new MutationObserver(() => (window.said ??= []).push(status.textContent))"
        ".observe(status, {childList: true})"
    )
    widget.ask("difference between GQA and MLA")
    waiting, answer = widget.page.evaluate("window.said")
    assert waiting == "Answering …"
    assert answer.startswith("Multi-head Latent Attention compresses")
    assert answer.endswith("With 9 sources.")
    expect(widget.element.get_by_role("log")).to_have_attribute("aria-live", "off")


def test_everything_by_keyboard(embed: Embed) -> None:
    widget = embed(title="Ask the glossary")
    keyboard = widget.page.keyboard
    tab_to(widget.page, widget.launcher)
    expect(widget.launcher).to_have_accessible_name("Ask the glossary")
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    keyboard.press("Enter")
    expect(widget.question).to_be_focused()
    expect(widget.launcher).to_have_attribute("aria-expanded", "true")
    expect(widget.panel).to_have_accessible_name("Ask the glossary")
    keyboard.type("what is GQA?")
    keyboard.press("Enter")
    turn = widget.answered(1)
    expect(widget.question).to_be_focused()
    keyboard.press("Shift+Tab")
    suggestion = turn.locator(".suggestions button").last
    expect(suggestion).to_be_focused()
    keyboard.press("Enter")
    widget.answered(2)
    tab_to(widget.page, widget.question)
    keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")


def test_the_panel_keeps_nobody_in_it(embed: Embed) -> None:
    widget = embed()
    widget.open()
    widget.page.locator("input[name=search]").click()
    widget.page.keyboard.type("mine")
    widget.page.keyboard.press("Escape")
    expect(widget.panel).to_be_visible()
    expect(widget.page.locator("input[name=search]")).to_have_value("mine")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Server]:
    """The hostile knowledge base, for pages of the host."""
    root = tmp_path_factory.mktemp("hostile") / "index"
    build_index(hostile_knowledge_base(), root)
    settings = replace(load_settings(), cors_origins=host.url)
    assistant = Assistant(Index(root), threshold=0.0)
    with assistant, Server(create_app(assistant, settings=settings)) as server:
        yield server


def elements(page: Page) -> list[str]:
    """The names of all elements of the widget."""
    names = page.locator("entrywise-chat").evaluate(
        "element => [...element.shadowRoot.querySelectorAll('*')].map(one => one.localName)"
    )
    return [str(name) for name in names]


def test_a_hostile_knowledge_base_stays_text(embed: Embed, hostile: Server) -> None:
    widget = embed(hostile, title=MARKUP, placeholder=MARKUP)
    widget.open()
    for question in ("what is a Zorbital", f"difference between Zorbital and Quuxform {MARKUP}"):
        turn = widget.ask(question)
        expect(turn).to_contain_text("<script>alert(1)</script>")
    assert not {"script", "img", "b", "i", "iframe"} & set(elements(widget.page))
    links = widget.element.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert links
    ours = (f"{hostile.url}/entry/", f"{hostile.url}/?q=")
    assert all(link.startswith(ours) for link in links)
    with widget.page.expect_popup() as opened:
        widget.turns.first.locator("a.mark").first.click()
    expect(opened.value.locator("mark#quote")).to_be_visible()
