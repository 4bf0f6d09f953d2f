"""Reads a Jupyter notebook: its cells of Markdown as they are, its code as blocks of code.

What code put out is left out: it is results, and often long; so are raw cells, which are written
for other programs, but for the front matter in the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from entrywise.data.documents.conversion.writing import code_block
from entrywise.data.documents.front_matter import split_front_matter
from entrywise.data.documents.sections import read_page
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.fields import Record, as_record
from entrywise.data.readers.files import parse_json, read_text

_HEADING = re.compile(r"^ {0,3}#{1,6} ", re.MULTILINE)
_FIRST_LEVEL = re.compile(r"^ {0,3}# ", re.MULTILINE)
_BOLD = re.compile(r"\s*(\*\*|__)(?P<title>[^*_\n]{1,100})\1[ \t]*(?=\n|$)")
_DEEPEST = 6
"""The level of the least heading."""

Cell = tuple[str, str]
"""What kind of a cell it is, and its text, which is Markdown or code."""


class NotebookReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .ipynb file"
    suffixes = (".ipynb",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        notebook = as_record(parse_json(read_text(source), str(source)), str(source))
        cells, language = list(_cells(notebook)), _language(notebook)
        title = ""
        if cells and cells[0][0] != "code":
            (kind, opening), *rest = cells
            fields, below, _ = split_front_matter(opening.lstrip())
            named = fields.get("title")
            title = named.strip() if isinstance(named, str) else ""
            cells = [(kind, below if fields else opening), *rest]
        told = [(kind, text) for kind, text in cells if kind != "raw" and text.strip()]
        title = title or _title(told)
        written = (code_block(text, language) if kind == "code" else text for kind, text in told)
        text, slugs = "\n\n".join(written), self._reading.slugs
        page = self._reading.pages.page(
            "markdown", slugs, title, text, read=lambda: read_page(text, slugs=slugs, title=title)
        )
        return document(source, page)


def _cells(notebook: Record) -> Iterator[Cell]:
    """The cells; those of the third format are in sheets, of which there is one."""
    sheets = notebook.records("worksheets") or (notebook,)
    for cell in (cell for sheet in sheets for cell in sheet.records("cells")):
        kind = cell.note("cell_type")
        text = _joined(cell, "source") or _joined(cell, "input")
        if kind == "heading":
            yield "markdown", f"{'#' * min(cell.whole_number('level'), _DEEPEST)} {text}"
        elif kind in ("code", "markdown", "raw"):
            yield kind, text


def _joined(cell: Record, field: str) -> str:
    value = cell.values.get(field)
    # Lines may be one text or many, and the same may stand in two of them.
    return "".join(map(str, value)) if isinstance(value, list) else cell.note(field)


def _title(cells: Sequence[Cell]) -> str:
    """The line in bold that the first cell begins with, above several headings of the first level,
    none of which is the title then; else empty."""
    texts = [text for kind, text in cells if kind == "markdown"]
    firsts = sum(len(_FIRST_LEVEL.findall(text)) for text in texts)
    bold = _BOLD.match(texts[0]) if firsts > 1 and not _HEADING.search(texts[0]) else None
    return bold["title"].strip() if bold else ""


def _language(notebook: Record) -> str:
    told = notebook.values.get("metadata")
    for name, key in (("language_info", "name"), ("kernelspec", "language")):
        part = told.get(name) if isinstance(told, dict) else None
        if isinstance(part, dict) and isinstance(part.get(key), str):
            return str(part[key])
    return "python"
