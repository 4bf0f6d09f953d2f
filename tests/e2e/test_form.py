"""The form of an answer: what is read first, how wide a line is, what is folded up."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect

from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.server import Server

GQA = "what is GQA?"
LONGEST_LINE = 72
"""Characters: some 66, as words fall."""

_SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"
_LINES = """paragraph => {
  const lines = new Map();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".mark, .formula")) continue;
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      // A larger letter and a smaller one of one line end within some pixels of each other.
      const line = box && Math.round(box.bottom / 12);
      if (box) lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  return [...lines.values()];
}"""


def prose(turn: Locator) -> list[Locator]:
    return turn.locator(".parts p").all()


def test_the_sentence_that_answers_is_larger_than_what_follows(visit: Visitor) -> None:
    turn = Chat(visit("/")).ask(GQA)
    (first,) = turn.locator(".answering").all()
    expect(first).to_contain_text("Grouped Query Attention is a middle ground")
    quote = turn.locator("q").first
    assert first.evaluate(_SIZE) == pytest.approx(1.2 * quote.evaluate(_SIZE))
    assert quote.inner_text().index(first.inner_text()) == 0


@pytest.mark.parametrize("width", [390, 1440])
def test_a_line_of_prose_is_no_longer_than_one_reads_with_ease(visit: Visitor, width: int) -> None:
    page = visit("/?q=what+is+GQA%3F", viewport={"width": width, "height": 844})
    lines = [line for one in prose(page.locator(".turn")) for line in one.evaluate(_LINES)]
    assert len(lines) > 5
    assert max(lines) <= LONGEST_LINE


@pytest.mark.parametrize("path", ["/entry/time-away/holiday", "/?q=how+much+vacation+do+we+get"])
def test_nor_is_one_of_a_document(visit: Visitor, handbook: Server, path: str) -> None:
    page = visit(path, site=handbook, viewport={"width": 1440, "height": 844})
    prose = page.locator("main .document > p").all()
    lines = [line for one in prose for line in one.evaluate(_LINES)]
    assert len(lines) > 5
    assert max(lines) <= LONGEST_LINE


@pytest.mark.parametrize("scripts", [True, False])
def test_technical_notes_are_folded_and_one_opens_them(visit: Visitor, scripts: bool) -> None:
    page = visit("/?q=what+is+GQA%3F", java_script_enabled=scripts)
    notes = page.locator(".notes")
    code = notes.locator("code", has_text="_").first
    expect(code).to_have_count(1)
    expect(code).to_be_hidden()
    notes.get_by_text("Technical details").click()
    expect(code).to_be_visible()


def test_where_a_technical_note_answers_none_is_folded(visit: Visitor) -> None:
    turn = Chat(visit("/")).ask("how much memory does the KV cache need?")
    expect(turn.locator(".notes")).to_have_count(0)
    # What is of another section is another paragraph.
    part = turn.locator(".part:has(.answering)")
    expect(part.locator("p:has(q)")).to_have_count(3)


@pytest.mark.parametrize("scripts", [True, False])
def test_one_more_entry_is_folded_under_its_name_and_first_words(
    visit: Visitor, scripts: bool
) -> None:
    question = "how can you increase the context length of an LLM?"
    page = visit(f"/?q={quote(question)}", java_script_enabled=scripts)
    turn = page.locator(".turn")
    expect(turn.get_by_role("heading", name="Context Window").first).to_be_visible()
    further = turn.locator(".further").first
    name, words = further.locator("summary h3"), further.locator(".said")
    expect(name).to_be_visible()
    said = further.locator("q").first
    expect(said).to_be_hidden()
    opening = (words.text_content() or "").rstrip("… ")
    assert (said.text_content() or "").startswith(opening)
    name.click()
    expect(said).to_be_visible()
    expect(words).to_be_hidden()


def test_going_back_to_the_mark_of_a_folded_quote_opens_it(visit: Visitor) -> None:
    page = visit(
        "/?q=how+can+you+increase+the+context+length+of+an+LLM%3F",
        viewport={"width": 1440, "height": 900},
    )
    mark = page.locator(".further a.mark").last
    expect(mark).to_be_hidden()
    address = str(mark.get_attribute("href"))
    page.locator(f"{address} summary").focus()
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()
    expect(mark).to_be_visible()
