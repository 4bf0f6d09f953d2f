"""The tables of an answer as CSV (RFC 4180), and as HTML, which sheets prefer when one pastes.

A cell that a sheet would take for a formula begins with an apostrophe: what a knowledge base says
is nothing to be calculated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import StringIO

from entrywise.rag.answer import Citation, Part
from entrywise.rag.render.documents.groups import groups
from entrywise.rag.render.documents.tree import Block, Listing, Quotation, Spans, Table
from entrywise.rag.render.escape import one_line, printable
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.visitor import is_excerpt, quote_text

Rows = list[list[str]]

_CALCULATED = ("=", "+", "-", "@", "\t", "\r")


def csv_of(parts: Iterable[Part], citations: Sequence[Citation]) -> str:
    """The tables in parts of an answer as CSV, an empty line between two; empty where they have
    none."""
    return "\r\n".join(map(_written, _tables(parts, citations)))


def html_of(parts: Iterable[Part], citations: Sequence[Citation]) -> str:
    """The tables in parts of an answer as HTML."""
    return "".join(map(_elements, _tables(parts, citations)))


def _written(rows: Rows) -> str:
    page = StringIO()
    csv.writer(page).writerows([_inert(cell) for cell in row] for row in rows)
    return page.getvalue()


def _elements(rows: Rows) -> str:
    lines = ("".join(f"<td>{escape(_inert(cell))}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _inert(cell: str) -> str:
    """A cell that no sheet calculates.

    >>> _inert("=1+1"), _inert("1+1")
    ("'=1+1", '1+1')
    """
    text = printable(one_line(cell))
    return f"'{text}" if text.startswith(_CALCULATED) else text


def _tables(parts: Iterable[Part], citations: Sequence[Citation]) -> Iterator[Rows]:
    for part in parts:
        if part.kind == "table":
            yield _compared(part, citations)
        elif is_excerpt(part, citations):
            for group in groups([citations[number - 1] for number in part.citations]):
                yield from _within(group.blocks)


def _compared(part: Part, citations: Sequence[Citation]) -> Rows:
    """A table of quotes; an empty cell is one of which the knowledge base says nothing."""
    head = ["", *map(readable, part.columns)] if any(part.columns) else []
    rows = [
        [
            readable(row.aspect),
            *(
                " ".join(readable(quote_text(citations[n - 1])) for n in cell.citations)
                if cell
                else ""
                for cell in row.cells
            ),
        ]
        for row in part.rows
    ]
    return [head, *rows] if head else rows


def _within(blocks: Sequence[Block]) -> Iterator[Rows]:
    """The tables of a document, those in lists and quotations too."""
    for block in blocks:
        match block:
            case Table(header=header, rows=rows):
                yield [[_said(cell) for cell in row.cells] for row in (header, *rows)]
            case Listing(items=items):
                for item in items:
                    yield from _within(item.blocks)
            case Quotation(blocks=inside):
                yield from _within(inside)


def _said(spans: Spans) -> str:
    return readable("".join(span.text for span in spans))
