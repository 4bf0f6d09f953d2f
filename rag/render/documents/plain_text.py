"""Quotes of documents as plain text: what a terminal of any width shows, without colours, and
without the addresses of links.

Code and tables stand behind four blanks, and so does an empty line in code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from entrywise.data.documents.stretches import no_header
from entrywise.rag.answer import Citation, Part
from entrywise.rag.render.documents.groups import groups, source_of
from entrywise.rag.render.documents.lines import INDENT, Form, cells_of, excerpt_lines, lines_of
from entrywise.rag.render.documents.tree import Table, parsed
from entrywise.rag.render.escape import one_line
from entrywise.rag.render.style import Style


def _form(mark: Callable[[int], str]) -> Form:
    style = Style(color=False)
    return Form(None, style, mark, table_indent=INDENT, has_addresses=False)


def _no_mark(number: int) -> str:
    return ""


def plain(source: str) -> str:
    """What CommonMark says, without its markup.

    >>> plain("Choose **one**:\\n\\n1. [a laptop](a.md)\\n2. `a desk`")
    'Choose one:\\n\\n1. a laptop\\n2. a desk'
    """
    return "\n".join(lines_of(parsed(source), _form(_no_mark)))


def plain_excerpt(cited: Sequence[Citation], mark: Callable[[int], str] = _no_mark) -> str:
    """Quotes as one text, each with its mark."""
    return "\n".join(excerpt_lines(cited, _form(mark)))


def plain_quotes(cited: Sequence[Citation]) -> list[str]:
    """What each of some quotes says; those of one table have columns of one width."""
    found: list[str] = []
    for group in groups(cited):
        lines = lines_of(group.blocks, _form(_no_mark))
        # What goes on with a table is rows, each of which is a line.
        own: list[list[str]] = []
        for one in reversed(group.citations[1:]):
            count = len((one.source or one.quote).strip("\n").split("\n"))
            own.append(lines[-count:])
            lines = lines[:-count]
        found += ["\n".join(text) for text in (lines, *reversed(own))]
    return found


def plain_line(citation: Citation) -> str:
    """What a quote says, in a line; between the cells of rows that stand without the header of
    their table, which are no table, are commas."""
    source = source_of(citation)
    if not all(line.lstrip().startswith("|") for line in source.split("\n")):
        return one_line(" ".join(plain_quotes([citation])))
    blocks = parsed(source)
    if not any(isinstance(one, Table) for one in blocks):
        blocks = parsed(f"{no_header(source)}\n{source}")
    rows = (row for one in blocks if isinstance(one, Table) for row in (one.header, *one.rows))
    form = _form(_no_mark)
    return "; ".join(said for row in rows if (said := ", ".join(filter(None, cells_of(row, form)))))


def blocks_of(part: Part, citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """What a part that quotes a document says, where it has a table: the header and the rows of
    that, and the text before and behind it, each with the numbers of the quotes that end there.
    Nothing of other parts."""
    wanted = {one.number: one for one in citations if one.is_markdown}
    cited = [wanted[number] for number in part.citations if number in wanted]
    if part.kind != "quote" or len(cited) < len(part.citations):
        return []
    form = _form(_no_mark)
    found: list[dict[str, Any]] = []
    for group in groups(cited):
        for is_table, run in groupby(group.blocks, lambda block: isinstance(block, Table)):
            if not is_table:
                found.append({"text": "\n".join(lines_of([*run], form)), "citations": []})
                continue
            for table in run:
                assert isinstance(table, Table)
                header, *rows = (cells_of(row, form) for row in (table.header, *table.rows))
                found.append({"header": header, "rows": rows, "citations": []})
        # A quote may say nothing without its markup: its mark is behind what stands before it.
        if found:
            found[-1]["citations"] += [one.number for one in group.citations]
    return found if any("rows" in one for one in found) else []


def plain_of(parts: Iterable[Part], citations: Sequence[Citation]) -> dict[int, str]:
    """{number: what it says} of the citations that are Markdown."""
    wanted = {one.number: one for one in citations if one.is_markdown}
    together = [tuple(n for n in part.citations if n in wanted) for part in parts]
    alone = [(number,) for number in wanted if not any(number in numbers for numbers in together)]
    return {
        number: said
        for numbers in (*together, *alone)
        for number, said in zip(numbers, plain_quotes([wanted[n] for n in numbers]), strict=True)
    }
