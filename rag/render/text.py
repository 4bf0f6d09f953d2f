"""An answer for a terminal: wrapped to its width, formulas readable, colours only where wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from entrywise.rag.answer import ABSENT, INSTEAD, NEXT, AnswerValues, Citation, Part, Reference
from entrywise.rag.render.columns import beside, columns, wrapped
from entrywise.rag.render.escape import printable
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.style import Style
from entrywise.rag.render.visitor import Rows, StringFormat, by_section, continues, visit

SURE = 0.8
"""The confidence from which on a question is called answered. Of those of thirteen collections of
documents the pages answer 0.89 with more, 0.72 with less."""
PERHAPS = "Perhaps answered ({percent} % sure)"
_WIDEST = 100
"""Lines longer than this are hard to read, however wide the terminal is."""
_NARROWEST = 20
_COLUMN_AT_LEAST = 24
"""Narrower columns than this read worse than the rows of a table below each other."""
_LABEL_SHARE = 3
"""What rows are about takes no more than this share of a line."""
_REFERENCES = 6
# Items of a list and rows of a table keep their lines.
_BEFORE_ITEM = re.compile(r"\n(?=\s*(?:\||[-*+•]\s|\d+[.)]\s))")


def render_text(answer: AnswerValues, *, width: int = 80, color: bool = False) -> str:
    """The answer as text of at most `width` columns (and at most 100), ending in a line break."""
    page = Page(width=width, color=color)
    parts = (page.part(part, answer.citations) for part in answer.parts)
    return "".join([*parts, page.end(answer)])


class Page:
    """Text that grows with an answer: each part as it comes, then what stands below them.

    Control characters of a knowledge base, which could steer a terminal, are no part of it.
    """

    def __init__(self, *, width: int = 80, color: bool = False, numbered: bool = False) -> None:
        """A page of at most `width` columns (and at most 100), with or without ANSI colours, and
        with numbers before the suggestions where one can be picked."""
        self._form = _Terminal(max(_NARROWEST, min(width, _WIDEST)), Style(color))
        self._numbered = numbered
        self._last: Part | None = None

    def part(self, part: Part, citations: Sequence[Citation]) -> str:
        """The text of the next part, with what separates it from the one before: sentences that an
        LLM wrote are lines of one paragraph."""
        cited = printable(tuple(citations))
        said = (visit(one, cited, self._form) for one in by_section([printable(part)], cited))
        lines = "\n\n".join(filter(None, said))
        if not lines:
            return ""
        separator = "" if self._last is None else "\n" if continues(part, self._last) else "\n\n"
        self._last = part
        return separator + lines

    def end(self, answer: AnswerValues) -> str:
        """What is doubtful, sources and suggestions, and the last line break."""
        shown = printable(answer)
        found = (self._doubt(answer), self._sources(shown), self._suggestions(shown))
        blocks = map("\n".join, found)
        text = "\n\n".join(filter(None, blocks))
        return f"{'' if self._last is None or not text else chr(10) * 2}{text}\n"

    def _doubt(self, answer: AnswerValues) -> Iterator[str]:
        """How sure an answer is that is not."""
        if answer.answered and answer.confidence < SURE:
            yield self._form.style.dim(PERHAPS.format(percent=round(answer.confidence * 100)))

    def _sources(self, answer: AnswerValues) -> Iterator[str]:
        """Which entry each mark comes from, then papers and links."""
        wrap, style = self._form.wrap, self._form.style
        marks: dict[str, list[str]] = {}
        for citation in answer.citations:
            marks.setdefault(_source(citation), []).append(style.accent(f"[{citation.number}]"))
        if marks:
            yield style.bold("Sources")
        for title, numbers in marks.items():
            yield from wrap(f"  {''.join(numbers)} {title}", indent="      ")
        for reference in _shown(answer.references):
            link = f" {reference.url}" if reference.url else ""
            text = f"  {reference.kind}: {reference.title}{link}"
            yield from (style.dim(line) for line in wrap(text, indent="      "))

    def _suggestions(self, answer: AnswerValues) -> Iterator[str]:
        wrap, style = self._form.wrap, self._form.style
        if answer.suggestions:
            yield from wrap(style.bold(NEXT if answer.answered else INSTEAD))
        for number, question in enumerate(answer.suggestions, start=1):
            mark = f"{style.accent(str(number))}  " if self._numbered else ""
            yield from wrap(f"  {mark}{question}", indent="     " if mark else "  ")


class _Terminal(StringFormat):
    """Lines of at most `width` columns."""

    def __init__(self, width: int, style: Style) -> None:
        self.style = style
        self._width = width

    def quoted(self, text: str) -> str:
        return readable(text)

    def mark(self, number: int) -> str:
        return f" {self.style.accent(f'[{number}]')}"

    def absent(self) -> str:
        return self.style.dim(ABSENT)

    def paragraph(self, heading: str | None, said: str, /) -> str:
        above = self.wrap(self.style.bold(heading)) if heading else []
        return "\n".join([*above, *self.wrap(said)])

    def excerpt(self, heading: str | None, cited: Sequence[Citation], /) -> str:
        from entrywise.rag.render.documents.lines import Form, excerpt_lines

        above = self.wrap(self.style.bold(heading)) if heading else []
        form = Form(self._width, self.style, self.mark)
        return "\n".join(line.rstrip() for line in [*above, *excerpt_lines(cited, form)])

    def table(self, heading: str | None, titles: Sequence[str], rows: Rows[str], /) -> str:
        """Side by side where there is room; the titles of its columns say what its heading does."""
        label = max((columns(aspect) for aspect, _ in rows), default=0)
        label = min(label, max(self._width // _LABEL_SHARE, _NARROWEST))
        room = self._width - label - 2 * len(titles)
        column = room // max(len(titles), 1)
        if column >= _COLUMN_AT_LEAST:
            return "\n".join(self._side_by_side(titles, rows, label, column))
        return "\n".join(self._stacked(titles, rows))

    def wrap(self, text: str, width: int | None = None, indent: str = "") -> list[str]:
        """The lines of a text; items of a list keep theirs."""
        return [
            line
            for block in _BEFORE_ITEM.split(text)
            for line in wrapped(block, max(width or self._width, _NARROWEST), indent)
        ]

    def _side_by_side(
        self, titles: Sequence[str], rows: Rows[str], label: int, column: int
    ) -> Iterator[str]:
        widths = [label, *[column] * len(titles)]
        if any(titles):
            head = [self.wrap(self.style.bold(title), column) for title in titles]
            yield from beside([[""], *head], widths)
            yield self.style.dim("─" * (label + (column + 2) * len(titles)))
        for aspect, cells in rows:
            about = self.wrap(aspect, label)
            yield from beside([about, *(self.wrap(cell, column) for cell in cells)], widths)

    def _stacked(self, titles: Sequence[str], rows: Rows[str]) -> Iterator[str]:
        for aspect, cells in rows:
            yield from self.wrap(self.style.bold(aspect))
            for title, cell in zip(titles, cells, strict=True):
                yield from self.wrap(f"  {title}: {cell}" if title else f"  {cell}", indent="  ")


def _source(citation: Citation) -> str:
    """What a mark cites: of a document the place within it, and where that is on the web."""
    if not (citation.is_markdown or citation.heading):
        return f"{citation.title} ({citation.entry})"
    place = f"{citation.title} > {citation.heading}" if citation.heading else citation.title
    return f"{place} ({citation.entry}){f' {citation.url}' if citation.url else ''}"


def _shown(references: Sequence[Reference]) -> Sequence[Reference]:
    """Papers first; a source is the same paper in other words where its entry lists papers."""
    with_papers = {reference.entry for reference in references if reference.kind == "paper"}
    order = {"paper": 0, "source": 1, "resource": 2}
    wanted = [r for r in references if r.kind != "source" or r.entry not in with_papers]
    return sorted(wanted, key=lambda reference: order[reference.kind])[:_REFERENCES]
