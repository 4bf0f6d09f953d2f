"""An answer as HTML for a notebook: on its own, without a script or anything from elsewhere.

Every text is escaped: a notebook runs what a knowledge base may hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from entrywise.rag.answer import ABSENT, UNSUPPORTED, Answer, Cell, Citation, Part
from entrywise.rag.render.formulas import readable

# Colours are the notebook's own, so that they fit its theme.
_STYLE = """
.entrywise{max-width:48em;line-height:1.5}
.entrywise table{border-collapse:collapse;margin:.5em 0}
.entrywise td,.entrywise th{border:1px solid currentColor;padding:.3em .6em;text-align:left;
vertical-align:top}
.entrywise sup{font-size:.75em;opacity:.8}
.entrywise .aside{opacity:.75;font-size:.9em}
"""


def render_html(answer: Answer) -> str:
    """The answer as one element, with a style that reaches nothing else."""
    blocks = [_part(part, answer) for part in answer.parts]
    blocks += [_sources(answer), _suggestions(answer)]
    return f'<style>{_STYLE}</style><div class="entrywise">{"".join(blocks)}</div>'


def _part(part: Part, answer: Answer) -> str:
    heading = f"<h4>{_text(part.heading)}</h4>" if part.heading else ""
    if part.kind == "table":
        return heading + _table(part, answer)
    if part.kind == "quote":
        return f"{heading}<p>{_quotes(part.citations, answer)}</p>"
    marks = "".join(map(_mark, part.citations))
    remark = f" <em>({UNSUPPORTED})</em>" if part.supported is False else ""
    return f"{heading}<p>{_text(part.text)}{marks}{remark}</p>"


def _table(part: Part, answer: Answer) -> str:
    head = "".join(f'<th scope="col">{_text(column)}</th>' for column in part.columns)
    rows = (
        f'<tr><th scope="row">{_text(row.aspect)}</th>'
        f"{''.join(_cell(cell, answer) for cell in row.cells)}</tr>"
        for row in part.rows
    )
    titled = f"<thead><tr><td></td>{head}</tr></thead>" if any(part.columns) else ""
    return f"<table>{titled}<tbody>{''.join(rows)}</tbody></table>"


def _cell(cell: Cell | None, answer: Answer) -> str:
    return f"<td>{_quotes(cell.citations, answer) if cell else f'<em>{ABSENT}</em>'}</td>"


def _quotes(numbers: Iterable[int], answer: Answer) -> str:
    quotes = (answer.citations[number - 1] for number in numbers)
    return " ".join(f"{_text(one.quote)}{_mark(one.number)}" for one in quotes)


def _mark(number: int) -> str:
    return f"<sup>[{number}]</sup>"


def _sources(answer: Answer) -> str:
    groups: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        groups.setdefault(citation.title, []).append(citation)
    items = "".join(_source(title, cited) for title, cited in groups.items())
    if not items:
        return ""
    return f'<details class="aside"><summary>Sources</summary><ul>{items}</ul></details>'


def _source(title: str, citations: Iterable[Citation]) -> str:
    places = "; ".join(
        f"[{one.number}] {escape(one.entry)}, {escape(one.section)} {one.start}–{one.end}"
        for one in citations
    )
    return f"<li><strong>{_text(title)}</strong>: {places}</li>"


def _suggestions(answer: Answer) -> str:
    texts = " · ".join(f"“{_text(text)}”" for text in answer.suggestions)
    return f'<p class="aside">Ask next: {texts}</p>' if texts else ""


def _text(text: str) -> str:
    return escape(readable(text))
