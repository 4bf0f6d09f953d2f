"""An answer for a terminal: wrapped to its width, formulas readable, colours only where wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from entrywise.rag.answer import ABSENT, Answer, Cell, Citation, Part, Reference
from entrywise.rag.compose.draft import written_text
from entrywise.rag.render.columns import columns, padded, wrapped
from entrywise.rag.render.formulas import readable

_WIDEST = 100
"""Lines longer than this are hard to read, however wide the terminal is."""
_NARROWEST = 20
_COLUMN_AT_LEAST = 24
"""Narrower columns than this read worse than the rows of a table below each other."""
_REFERENCES = 6
# Items of a list and rows of a table keep their lines.
_BEFORE_ITEM = re.compile(r"\n(?=\s*(?:\||[-*+•]\s|\d+[.)]\s))")


class Style(NamedTuple):
    """ANSI styles, or none of them."""

    color: bool

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[22m" if self.color else text

    def dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[22m" if self.color else text

    def accent(self, text: str) -> str:
        return f"\x1b[36m{text}\x1b[39m" if self.color else text


def render_text(answer: Answer, *, width: int = 80, color: bool = False) -> str:
    """The answer as text of at most `width` columns (and at most 100), ending in a line break."""
    page = Page(width=width, color=color)
    parts = (page.part(part, answer.citations) for part in answer.parts)
    return "".join([*parts, page.end(answer)])


class Page:
    """Text that grows with an answer: each part as it comes, then what stands below them."""

    def __init__(self, *, width: int = 80, color: bool = False) -> None:
        """A page of at most `width` columns (and at most 100), with or without ANSI colours."""
        self.width = max(_NARROWEST, min(width, _WIDEST))
        self.style = Style(color)
        self._last: Part | None = None

    def part(self, part: Part, citations: Sequence[Citation]) -> str:
        """The text of the next part, with what separates it from the one before: sentences that an
        LLM wrote are lines of one paragraph."""
        lines = "\n".join(self._part(part, citations))
        if not lines:
            return ""
        joins = part.written and self._last is not None and self._last.written
        separator = "" if self._last is None else "\n" if joins else "\n\n"
        self._last = part
        return separator + lines

    def end(self, answer: Answer) -> str:
        """Sources and suggestions, and the last line break."""
        blocks = ("\n".join(self._sources(answer)), "\n".join(self._suggestions(answer)))
        text = "\n\n".join(filter(None, blocks))
        return f"{'' if self._last is None or not text else chr(10) * 2}{text}\n"

    def _part(self, part: Part, citations: Sequence[Citation]) -> Iterator[str]:
        if part.heading and part.kind != "table":
            yield from self._wrap(self.style.bold(part.heading))
        if part.kind == "table":
            yield from self._table(part, citations)
        elif part.kind == "quote":
            yield from self._wrap(self._marked(part.citations, citations))
        else:
            yield from self._wrap(written_text(part, self._mark))

    def _marked(self, numbers: Iterable[int], citations: Sequence[Citation]) -> str:
        """Quotes with their marks, formulas made readable."""
        quotes = (
            f"{readable(citations[number - 1].quote)} {self._mark(number)}" for number in numbers
        )
        return " ".join(quotes)

    def _mark(self, number: int) -> str:
        return self.style.accent(f"[{number}]")

    def _wrap(self, text: str, width: int | None = None, indent: str = "") -> list[str]:
        return [
            line
            for block in _BEFORE_ITEM.split(text)
            for line in wrapped(block, max(width or self.width, _NARROWEST), indent)
        ]

    def _table(self, part: Part, citations: Sequence[Citation]) -> Iterator[str]:
        label = max((columns(row.aspect) for row in part.rows), default=0)
        room = self.width - label - 2 * len(part.columns)
        column = room // max(len(part.columns), 1)
        if column >= _COLUMN_AT_LEAST:
            yield from self._side_by_side(part, citations, label, column)
        else:
            yield from self._stacked(part, citations)

    def _side_by_side(
        self, part: Part, citations: Sequence[Citation], label: int, column: int
    ) -> Iterator[str]:
        if any(part.columns):
            titles = [self._wrap(self.style.bold(title), column) for title in part.columns]
            yield from _columns([[""], *titles], [label, *[column] * len(titles)])
            yield self.style.dim("─" * (label + (column + 2) * len(titles)))
        for row in part.rows:
            cells = [self._wrap(self._cell(cell, citations), column) for cell in row.cells]
            yield from _columns([[row.aspect], *cells], [label, *[column] * len(cells)])

    def _stacked(self, part: Part, citations: Sequence[Citation]) -> Iterator[str]:
        for row in part.rows:
            yield from self._wrap(self.style.bold(row.aspect))
            for column, cell in zip(part.columns, row.cells, strict=True):
                said = self._cell(cell, citations)
                yield from self._wrap(f"  {column}: {said}" if column else f"  {said}", indent="  ")

    def _cell(self, cell: Cell | None, citations: Sequence[Citation]) -> str:
        return self._marked(cell.citations, citations) if cell else self.style.dim(ABSENT)

    def _sources(self, answer: Answer) -> Iterator[str]:
        """Which entry each mark comes from, then papers and links."""
        marks: dict[str, list[str]] = {}
        for citation in answer.citations:
            title = f"{citation.title} ({citation.entry})"
            marks.setdefault(title, []).append(self._mark(citation.number))
        if marks:
            yield self.style.bold("Sources")
        for title, numbers in marks.items():
            yield from self._wrap(f"  {''.join(numbers)} {title}", indent="      ")
        for reference in _shown(answer.references):
            link = f" {reference.url}" if reference.url else ""
            text = f"  {reference.kind}: {reference.title}{link}"
            yield from (self.style.dim(line) for line in self._wrap(text, indent="      "))

    def _suggestions(self, answer: Answer) -> Iterator[str]:
        if answer.suggestions:
            heading = "Ask next" if answer.answered else "The knowledge base can answer"
            yield from self._wrap(self.style.bold(heading))
        for question in answer.suggestions:
            yield from self._wrap(f"  {question}", indent="  ")


def _shown(references: Sequence[Reference]) -> Sequence[Reference]:
    """Papers first; a source is the same paper in other words where its entry lists papers."""
    with_papers = {reference.entry for reference in references if reference.kind == "paper"}
    order = {"paper": 0, "source": 1, "resource": 2}
    wanted = [r for r in references if r.kind != "source" or r.entry not in with_papers]
    return sorted(wanted, key=lambda reference: order[reference.kind])[:_REFERENCES]


def _columns(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Cells, each a list of lines, side by side."""
    for number in range(max(len(cell) for cell in cells)):
        lines = [cell[number] if number < len(cell) else "" for cell in cells]
        filled = [padded(line, width) for line, width in zip(lines, widths, strict=True)]
        yield "  ".join(filled).rstrip()
