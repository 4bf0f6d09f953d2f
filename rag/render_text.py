"""An answer for a terminal: wrapped to its width, formulas readable, colours only where wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import wcwidth

from entrywise.rag.answer import ABSENT, Answer, Cell, Part, Reference
from entrywise.rag.formulas import readable

_WIDEST = 100
"""Lines longer than this are hard to read, however wide the terminal is."""
_NARROWEST = 20
_COLUMN_AT_LEAST = 24
"""Narrower columns than this read worse than the rows of a table below each other."""
_REFERENCES = 6
# Items of a list and rows of a table keep their lines.
_BEFORE_ITEM = re.compile(r"\n(?=\s*(?:\||[-*+•]\s|\d+[.)]\s))")


@dataclass(frozen=True, slots=True)
class Style:
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
    page = _Page(answer, max(_NARROWEST, min(width, _WIDEST)), Style(color))
    return "\n\n".join("\n".join(block) for block in page.blocks() if block) + "\n"


class _Page:
    def __init__(self, answer: Answer, width: int, style: Style) -> None:
        self.answer = answer
        self.width = width
        self.style = style

    def blocks(self) -> Iterator[list[str]]:
        """The paragraphs of the page, each a list of lines."""
        for part in self.answer.parts:
            yield list(self._part(part))
        yield list(self._sources())
        yield list(self._suggestions())

    def _part(self, part: Part) -> Iterator[str]:
        if part.heading and part.kind != "table":
            yield from self._wrap(self.style.bold(part.heading))
        if part.kind == "table":
            yield from self._table(part)
        elif part.kind == "quote":
            yield from self._wrap(self._marked(part.citations))
        else:
            yield from self._wrap(part.text)

    def _marked(self, numbers: Iterable[int]) -> str:
        """Quotes with their marks, formulas made readable."""
        quotes = (
            f"{readable(self.answer.citations[number - 1].quote)} {self._mark(number)}"
            for number in numbers
        )
        return " ".join(quotes)

    def _mark(self, number: int) -> str:
        return self.style.accent(f"[{number}]")

    def _wrap(self, text: str, width: int | None = None, indent: str = "") -> list[str]:
        return [
            line
            for block in _BEFORE_ITEM.split(text)
            for line in wcwidth.wrap(
                block,
                max(width or self.width, _NARROWEST),
                subsequent_indent=indent,
                break_on_hyphens=False,
            )
        ]

    def _table(self, part: Part) -> Iterator[str]:
        label = max((wcwidth.wcswidth(row.aspect) for row in part.rows), default=0)
        room = self.width - label - 2 * len(part.columns)
        column = room // max(len(part.columns), 1)
        if column >= _COLUMN_AT_LEAST:
            yield from self._side_by_side(part, label, column)
        else:
            yield from self._stacked(part)

    def _side_by_side(self, part: Part, label: int, column: int) -> Iterator[str]:
        if any(part.columns):
            titles = [self._wrap(self.style.bold(title), column) for title in part.columns]
            yield from _columns([[""], *titles], [label, *[column] * len(titles)])
            yield self.style.dim("─" * (label + (column + 2) * len(titles)))
        for row in part.rows:
            cells = [self._wrap(self._cell(cell), column) for cell in row.cells]
            yield from _columns([[row.aspect], *cells], [label, *[column] * len(cells)])

    def _stacked(self, part: Part) -> Iterator[str]:
        for row in part.rows:
            yield from self._wrap(self.style.bold(row.aspect))
            for column, cell in zip(part.columns, row.cells, strict=True):
                text = f"{column}: {self._cell(cell)}" if column else self._cell(cell)
                yield from self._wrap(f"  {text}", indent="  ")

    def _cell(self, cell: Cell | None) -> str:
        return self._marked(cell.citations) if cell else self.style.dim(ABSENT)

    def _sources(self) -> Iterator[str]:
        """Which entry each mark comes from, then papers and links."""
        marks: dict[str, list[str]] = {}
        for citation in self.answer.citations:
            title = f"{citation.title} ({citation.entry})"
            marks.setdefault(title, []).append(self._mark(citation.number))
        if marks:
            yield self.style.bold("Sources")
        for title, numbers in marks.items():
            yield from self._wrap(f"  {''.join(numbers)} {title}", indent="      ")
        for reference in _shown(self.answer.references):
            link = f" {reference.url}" if reference.url else ""
            text = f"  {reference.kind}: {reference.title}{link}"
            yield from (self.style.dim(line) for line in self._wrap(text, indent="      "))

    def _suggestions(self) -> Iterator[str]:
        if self.answer.suggestions:
            heading = "Ask next" if self.answer.answered else "The knowledge base can answer"
            yield from self._wrap(self.style.bold(heading))
        for question in self.answer.suggestions:
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
        padded = [wcwidth.ljust(line, width) for line, width in zip(lines, widths, strict=True)]
        yield "  ".join(padded).rstrip()
