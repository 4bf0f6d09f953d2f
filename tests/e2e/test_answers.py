"""The shapes of answers: tables, decoded names, formulas, abstentions, and how sure they are."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.pages import PAGES
from e2e.server import Server
from entrywise.web import typesetter


def test_a_comparison_is_a_table_with_its_heads(visit: Visitor) -> None:
    table = Chat(visit("/")).ask("difference between GQA and MLA").get_by_role("table")
    expect(table.get_by_role("columnheader", name="GQA")).to_have_count(1)
    expect(table.get_by_role("columnheader", name="MLA")).to_have_count(1)
    for aspect in ("What it is", "How it works", "Memory and cost"):
        row = table.get_by_role("row").filter(has=table.page.get_by_role("rowheader", name=aspect))
        expect(row.get_by_role("cell").filter(has=table.page.locator(".mark"))).to_have_count(2)


def test_a_cell_without_a_quote_says_so(visit: Visitor) -> None:
    turn = Chat(visit("/")).ask("difference between GQA, MLA and FooBarNet")
    expect(turn.locator(".status")).to_have_text("Answered in part")
    expect(turn.get_by_role("cell", name="not in the knowledge base").first).to_be_visible()


def test_a_model_name_is_a_strip_of_its_parts_each_linked(visit: Visitor) -> None:
    turn = Chat(visit("/")).ask("Mistral-7B-Instruct-v0.2.Q4_K_M.gguf")
    parts = turn.locator(".strip li")
    names = ["Mistral", "7B", "Instruct", "v0.2", "Q4_K_M", "gguf"]
    assert [part.split("\n")[0] for part in parts.all_inner_texts()] == names
    expect(parts.filter(has_text="Q4_K_M")).to_contain_text("quantization")
    expect(parts.filter(has_text="v0.2").get_by_role("link")).to_have_count(0)
    parts.filter(has_text="Q4_K_M").get_by_role("link").click()
    expect(turn.page.locator("h1")).to_contain_text("K-Quants")


def katex(page: Page) -> list[str]:
    """The files of the typesetter that a page asks for, from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "katex" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_formulas_are_typeset_and_only_a_page_that_has_some_loads_what_does_it(
    visit: Visitor,
) -> None:
    chat = Chat(visit("/"))
    asked = katex(chat.page)
    chat.ask("best pizza in Rome")
    assert asked == []
    turn = chat.ask("what is the formula of perplexity?")
    formula = turn.locator("q .formula .katex").first
    expect(formula).to_be_visible()
    expect(turn.locator(".katex-error")).to_have_count(0)
    expect(turn.locator("[data-style]")).to_have_count(0)
    assert formula.locator("[style]").count()
    # The server has drawn it: a browser needs how it looks, not what draws.
    assert any("katex.min.css" in one for one in asked)
    assert not any(one.endswith(".js") for one in asked)


def test_what_the_server_has_not_drawn_a_browser_draws(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetter, "draw", lambda tex: None)
    chat = Chat(visit("/"))
    asked = katex(chat.page)
    turn = chat.ask("what is the formula of perplexity?")
    expect(turn.locator("q .formula .katex").first).to_be_visible()
    assert any(one.endswith("katex.min.js") for one in asked)
    page = visit("/?q=what+is+the+formula+of+perplexity%3F")
    expect(page.locator("q .formula .katex").first).to_be_visible()


def test_formulas_that_are_selected_are_copied_once(visit: Visitor) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    page = visit("/?q=what+is+the+formula+of+perplexity%3F", permissions=permissions)
    turn = Chat(page).answered(1)
    expect(turn.locator(".formula .katex").first).to_be_visible()
    page.evaluate(
        """() => {
          const all = [...document.querySelectorAll('#t1 .parts p')]
          getSelection().setBaseAndExtent(all[0], 0, all.at(-1), all.at(-1).childNodes.length)
        }"""
    )
    page.keyboard.press("Control+c")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    readable = turn.locator(".parts .formula.done").evaluate_all(
        "all => all.map(one => one.dataset.readable)"
    )
    assert readable
    assert all(copied.count(one) == 1 for one in readable)
    blocks = turn.locator(".parts :is(p, h3)")
    assert copied.count("\n\n") == blocks.count() - 1, "paragraphs stay such"
    # Of one that is selected in part all is copied.
    formula = turn.locator(".formula.done").first
    formula.evaluate(
        """one => {
          const part = one.querySelector('.katex-html .katex-base')
          getSelection().setBaseAndExtent(part, 0, part, part.childNodes.length)
        }"""
    )
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == readable[0]


def test_without_the_typesetter_a_formula_reads_as_text(visit: Visitor) -> None:
    visit.expect_fault("ERR_FAILED")
    page = visit("/")
    page.route("**/katex*", lambda route: route.abort())
    turn = Chat(page).ask("what is the formula of perplexity?")
    expect(turn.locator("q").filter(has_text="PPL = exp")).not_to_have_count(0)
    expect(turn.locator(".katex")).to_have_count(0)


def test_what_is_not_known_comes_with_what_helps(visit: Visitor) -> None:
    page = visit(PAGES["abstention"])
    turn = Chat(page).answered(1)
    expect(turn.locator(".notice")).to_have_text("The knowledge base says nothing about “RLOO”.")
    # Which of them are nearest depends on the rounding of the encoder.
    expect(turn.locator(".closest .where a").first).to_have_attribute("href", re.compile("#quote"))
    expect(turn.locator(".closest blockquote").first).to_be_visible()
    expect(turn.locator(".closest mark")).to_have_count(0)
    question = turn.locator(".suggestions a").first
    question.click()
    expect(Chat(page).answered(2).locator(".status")).to_have_text("Answered")


def test_sections_of_a_page_are_offered_by_their_headings(visit: Visitor, handbook: Server) -> None:
    page = visit("/?q=how+much+vacation+do+we+get%3F", site=handbook)
    offered = Chat(page).answered(1).locator(".suggestions")
    expect(offered.locator("h3")).to_have_text("Ask next from “Holiday”")
    offered.get_by_role("link", name="Booking", exact=True).click()
    turn = Chat(page).answered(2)
    expect(turn.locator(".asked")).to_have_text("Holiday: Booking")
    expect(turn.locator(".part li").first).to_contain_text("team calendar")
    home = visit("/", site=handbook).locator("#examples + .questions")
    home.get_by_role("link", name="Holiday › Carrying over", exact=True).click()
    expect(Chat(home.page).answered(1).locator(".asked")).to_have_text("Holiday: Carrying over")


@pytest.mark.parametrize("is_touch", [False, True])
def test_a_page_and_its_heading_are_offered_in_one_line(
    visit: Visitor, handbook: Server, is_touch: bool
) -> None:
    path = "/?q=who+won+the+world+cup%3F"
    page = visit(path, site=handbook, has_touch=is_touch, is_mobile=is_touch)
    offered = Chat(page).answered(1).locator(".suggestions a").filter(has_text="Carrying over")
    assert offered.inner_text() == "Holiday › Carrying over"


def test_the_heading_of_a_quote_leads_to_its_place(visit: Visitor, handbook: Server) -> None:
    page = visit("/?q=how+much+vacation+do+we+get%3F", site=handbook)
    Chat(page).answered(1).locator(".part h3 a").first.click()
    expect(page.locator("#quote")).to_contain_text("28 working days")
    terms = visit("/?q=difference+between+GQA+and+MLA")
    turn = Chat(terms).answered(1)
    expect(turn.locator(".part:has(table) h3 a")).to_have_count(0)
    turn.locator(".part h3").get_by_role("link", name="MLA", exact=True).click()
    expect(terms).to_have_url(re.compile("/entry/mla$"))


@pytest.mark.parametrize("said", ["thanks", "hello", "what can you do?"])
def test_what_is_said_to_the_assistant_is_answered_in_a_line(visit: Visitor, said: str) -> None:
    page = visit("/")
    box = page.get_by_label("Your question")
    box.fill(said)
    box.press("Enter")
    turn = page.locator("#t1")
    expect(turn.locator(".part.aside p")).not_to_be_empty()
    expect(turn).not_to_have_attribute("aria-busy", "true")
    expect(turn.locator(".suggestions")).to_have_count(1)
    expect(turn.locator(".notice, .actions, .feedback, .verdict")).to_have_count(0)
    page.reload()
    expect(turn.locator(".part.aside p")).not_to_be_empty()
    expect(turn.locator(".notice, .actions, .feedback, .verdict")).to_have_count(0)


def test_a_question_from_far_off_leads_to_all_entries_and_to_questions_to_begin_with(
    visit: Visitor,
) -> None:
    turn = Chat(visit(PAGES["far-off"])).answered(1)
    expect(turn.locator(".closest")).to_have_count(0)
    expect(turn.locator(".suggestions h3")).to_have_text("Try one of these")
    expect(turn.locator(".suggestions a").first).to_have_text("What is GQA?")
    turn.get_by_role("link", name="Browse all entries").click()
    expect(turn.page.locator("h1")).to_have_text("Browse")


def test_the_entries_of_a_list_are_linked_and_no_parts_of_a_name(visit: Visitor) -> None:
    turn = Chat(visit(PAGES["list"])).answered(1)
    expect(turn.locator(".strip")).to_have_count(0)
    turn.locator(".listed dt").get_by_role("link", name="EXL2").click()
    expect(turn.page.locator("h1")).to_have_text("EXL2")


def test_the_sentence_that_answers_shares_no_line_with_others(visit: Visitor) -> None:
    turn = Chat(visit("/?q=how+much+memory+does+a+70B+model+need%3F")).answered(1)
    paragraph = turn.locator(".parts p").filter(has=turn.page.locator(".answering")).first
    lead, after = paragraph.locator("q").first, paragraph.locator("q").nth(1)
    first, second = lead.bounding_box(), after.bounding_box()
    assert first
    assert second
    assert first["y"] + first["height"] <= second["y"] + 2


def test_no_mark_begins_a_line(visit: Visitor) -> None:
    """A quote and its mark are never parted: in no paragraph of a phone does a mark stand first."""
    for name in ("comparison", "formulas", "list"):
        turn = Chat(visit(PAGES[name], viewport={"width": 390, "height": 844})).answered(1)
        first = turn.locator(".parts a.mark").evaluate_all(
            "marks => marks.filter(mark => mark.getBoundingClientRect().left"
            " - mark.closest('p, td, dd').getBoundingClientRect().left < 20)"
        )
        assert first == []


def test_confidence_is_a_figure_and_what_it_means_on_demand(visit: Visitor) -> None:
    confidence = Chat(visit(PAGES["definition"])).answered(1).locator(".confidence")
    summary = confidence.locator("summary")
    expect(summary).to_have_text(re.compile(r"^Answered, (more than )?\d+% sure$"))
    meaning = confidence.get_by_text("measured on questions with known answers")
    expect(meaning).to_be_hidden()
    summary.click()
    expect(meaning).to_be_visible()
