"""Every format shows the same of an answer: its quotes, marks and remarks, in the same order."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import playwright
import pytest
from markup import Page
from paths import ROOT
from quoted import quoted

from entrywise.rag.answer import ABSENT, UNSUPPORTED, Cell, Citation, Part, Row, Step, Subjects
from entrywise.rag.compose.shapes.excerpts import EXCERPT
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.marked_text import MarkedText
from entrywise.rag.render.readable import readable_answer
from entrywise.rag.render.visitor import plain_text
from entrywise.web.copies.copies import Copies, copies
from entrywise.web.pages.files import Files
from entrywise.web.pages.templating import open_templates
from entrywise.web.pages.turns import Unfinished
from entrywise.web.pages.widget import constants
from entrywise.web.served.links import Links
from entrywise.web.texts.catalogue import texts_of

QUOTES = ("Heads share.", "It is small.", "Keys are latent.", "It has billions.", "It is tuned.")
DOCUMENT = (
    "Do *this* `now`:\n\n- [one](a.md)\n- **two**",
    "```sh\nls <dir>\n\nmake\n```",
    "| Town | Days |\n|---|---|\n| Rome | three |",
)
WRITTEN, DOUBTED, NOTICE = "Heads share what is small.", "A baker made it.", "A remark."
COMPARED = Row("What it is", (Cell(QUOTES[2], (3,)), None))
DECODED = (Row("size", (Cell(QUOTES[3], (4,)),)), Row("tuning", (Cell(QUOTES[4], (5,)),)))
ANSWER = Answer(
    question="how do A and B differ?",
    read_as="how do A and B differ?",
    status="answered",
    confidence=0.9,
    intent="comparison",
    text="",
    parts=(
        Part("connective", WRITTEN, (1, 2), supported=True),
        Part("connective", DOUBTED, (2,), supported=False),
        Part("quote", "Heads share. It is small.", (1, 2), heading="A"),
        Part("table", "", (3,), heading="A vs B", columns=("A", "B"), rows=(COMPARED,)),
        Part("table", "", (4, 5), columns=("",), rows=DECODED),
        Part("notice", NOTICE),
        Part("quote", "\n\n".join(DOCUMENT), (6, 7, 8), "A > (B)", aspect=EXCERPT),
    ),
    citations=(
        *(
            Citation(number, "a", "A", "text", 0, len(quote), quote)
            for number, quote in enumerate(QUOTES, start=1)
        ),
        *(quoted(source, number) for number, source in enumerate(DOCUMENT, start=6)),
    ),
    retrieved=(),
    subjects=Subjects(),
)
SHOWN = [
    *(WRITTEN, "1", "2"),
    *(DOUBTED, "2", UNSUPPORTED),
    *(QUOTES[0], "1", QUOTES[1], "2"),
    *(QUOTES[2], "3", ABSENT),
    *(QUOTES[3], "4", QUOTES[4], "5"),
    NOTICE,
    *("Do", "this", "now", "one", "two", "6", "ls <dir>", "make", "7"),
    *("Town", "Days", "Rome", "three", "8"),
]
# No text has a digit: what is one is a mark.
TEXTS = (*QUOTES, WRITTEN, DOUBTED, NOTICE, UNSUPPORTED, ABSENT)
WORDS_OF_DOCUMENTS = (
    r"(?<![A-Za-z])(?:Do|this|now|one|two|ls <dir>|make|Town|Days|Rome|three)(?!\w)"
)
PIECE = re.compile("|".join([*map(re.escape, TEXTS), WORDS_OF_DOCUMENTS, r"\d"]))
MARKUP = re.compile(r"\*|`|\[one\]|a\.md|\||---")


def plain(answer: Answer) -> str:
    return plain_text(answer.parts, answer.citations)


def notebook(answer: Answer) -> str:
    return Page(answer._repr_html_().partition("</style>")[2]).text


def chat(answer: Answer) -> str:
    text = MarkedText(lambda citation: "http://here")
    for part in answer.parts:
        text.add(part, answer.citations)
    return text.text


def copied(answer: Answer) -> Copies:
    return copies(answer, 1, Links("http://here"), texts_of("en"))


def copied_text(answer: Answer) -> str:
    return copied(answer).text


def copied_html(answer: Answer) -> str:
    return Page(copied(answer).html).text


def copied_markdown(answer: Answer) -> str:
    return copied(answer).markdown.partition("\n[^1]:")[0]


def page(answer: Answer) -> str:
    macros: Any = open_templates(Files()).get_template("answer_parts.html").module
    step = Step(None, answer.question, answer.read_as, answer.intent, answer.citations)
    turn = Unfinished(1, step, decoder=None)
    return Page("".join(macros.part(turn, part) for part in answer.parts)).text


def page_of_a_list(answer: Answer) -> str:
    return page(replace(answer, intent="list"))


_ELEMENTS = """
class Element {
  children = [];
  constructor(tag) { this.tag = tag; }
  setAttribute() {}
  addEventListener() {}
  append(...children) { this.children.push(...children); }
  // Cells stand apart, as browsers show them.
  get textContent() {
    const text = this.children.map((one) => one.textContent ?? one).join("");
    return /^t[dh]$/.test(this.tag) ? `${text}\t` : text;
  }
}
const document = { createElement: (tag) => new Element(tag), createElementNS: () => new Element() };
"""
_SHOW = """
const shown = new Shown("http://here", answer.citations);
console.log(...answer.parts.map((part) => shown.part(part).textContent));
"""


def widget(answer: Answer) -> str:
    """What the script of the widget shows, on as much of a page as it needs."""
    values = constants(texts_of("en")) | {"answer": readable_answer(answer).to_dict()}
    folder = ROOT / "web" / "static" / "widget"
    names = ("asking", "quotes", "pictures", "copying", "answer")
    pieces = [(folder / f"{one}.js").read_text("utf-8") for one in names]
    declared = [f"const {name} = {json.dumps(value)};" for name, value in values.items()]
    node = Path(playwright.__file__).parent / "driver" / "node"
    command = [node, "-e", "\n".join([*declared, _ELEMENTS, *pieces, _SHOW])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "shown",
    [
        *(plain, str, Answer.to_markdown, notebook, chat, page, page_of_a_list, widget),
        *(copied_text, copied_html, copied_markdown),
    ],
)
def test_an_answer_is_the_same_in_every_format(shown: Callable[[Answer], str]) -> None:
    text, _, _ = shown(ANSWER).partition("Sources")
    assert PIECE.findall(text) == SHOWN


@pytest.mark.parametrize(
    "shown", [plain, str, notebook, page, page_of_a_list, widget, copied_text, copied_html]
)
def test_of_documents_no_format_but_markdown_shows_markup(shown: Callable[[Answer], str]) -> None:
    text, _, _ = shown(ANSWER).partition("Sources")
    assert not MARKUP.search(text)
