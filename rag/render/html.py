"""An answer as HTML for a notebook: on its own, without a script or anything from elsewhere.

Every text is escaped: a notebook runs what a knowledge base may hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from entrywise.rag.answer import ABSENT, NEXT, UNSUPPORTED, AnswerValues, Citation
from entrywise.rag.render.documents.groups import groups
from entrywise.rag.render.documents.html import Form, html_of
from entrywise.rag.render.documents.html import readable_html as _text
from entrywise.rag.render.documents.spans import is_absolute
from entrywise.rag.render.visitor import Rows, StringFormat, by_section, visit

# Colours are the notebook's own, so that they fit its theme.
_STYLE = """
.entrywise{max-width:48em;line-height:1.5}
.entrywise table{border-collapse:collapse;margin:.5em 0}
.entrywise td,.entrywise th{border:1px solid currentColor;padding:.3em .6em;text-align:left;
vertical-align:top}
.entrywise pre{padding:.5em .75em;overflow-x:auto;border:1px solid currentColor;border-radius:.3em}
.entrywise .scroll{overflow-x:auto}
.entrywise sup{font-size:.75em;opacity:.8}
.entrywise .aside{opacity:.75;font-size:.9em}
"""


def render_html(answer: AnswerValues) -> str:
    """The answer as one element, with a style that reaches nothing else."""
    parts = by_section(answer.parts, answer.citations)
    blocks = [visit(part, answer.citations, _HTML) for part in parts]
    blocks += [_sources(answer), _suggestions(answer)]
    return f'<style>{_STYLE}</style><div class="entrywise">{"".join(blocks)}</div>'


class HtmlFormat(StringFormat):
    """Elements without attributes from outside."""

    def quoted(self, text: str) -> str:
        return _text(text)

    def worded(self, text: str) -> str:
        return _text(text)

    def mark(self, number: int) -> str:
        return f"<sup>[{number}]</sup>"

    def remark(self) -> str:
        return f" <em>({UNSUPPORTED})</em>"

    def absent(self) -> str:
        return f"<em>{ABSENT}</em>"

    def paragraph(self, heading: str | None, said: str, /) -> str:
        return f"{self._heading(heading)}<p>{said}</p>"

    def excerpt(self, heading: str | None, cited: Sequence[Citation], /) -> str:
        form = Form(lambda number: f" {self.mark(number)}")
        blocks = "".join(html_of(group.marked, form) for group in groups(cited))
        return f"{self._heading(heading)}{blocks}"

    def table(self, heading: str | None, columns: Sequence[str], rows: Rows[str], /) -> str:
        titles = "".join(f'<th scope="col">{_text(column)}</th>' for column in columns)
        head = f"<thead><tr><td></td>{titles}</tr></thead>" if any(columns) else ""
        body = "".join(
            f'<tr><th scope="row">{_text(aspect)}</th>'
            f"{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
            for aspect, cells in rows
        )
        return f"{self._heading(heading)}<table>{head}<tbody>{body}</tbody></table>"

    def _heading(self, heading: str | None) -> str:
        return f"<h4>{_text(heading)}</h4>" if heading else ""


_HTML = HtmlFormat()


def _sources(answer: AnswerValues) -> str:
    by_title: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_title.setdefault(citation.title, []).append(citation)
    items = "".join(_source(title, cited) for title, cited in by_title.items())
    if not items:
        return ""
    return f'<details class="aside"><summary>Sources</summary><ul>{items}</ul></details>'


def _source(title: str, citations: Iterable[Citation]) -> str:
    places = "; ".join(f"[{one.number}] {_place(one)}" for one in citations)
    return f"<li><strong>{_text(title)}</strong>: {places}</li>"


def _place(citation: Citation) -> str:
    section = citation.heading or citation.section
    place = f"{escape(citation.entry)}, {escape(section)} {citation.start}–{citation.end}"
    if not citation.is_markdown or not is_absolute(citation.url):
        return place
    return f'<a href="{escape(citation.url or "")}" rel="nofollow noopener">{place}</a>'


def _suggestions(answer: AnswerValues) -> str:
    texts = " · ".join(f"“{_text(text)}”" for text in answer.suggestions)
    return f'<p class="aside">{NEXT}: {texts}</p>' if texts else ""
