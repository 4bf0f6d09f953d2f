"""Reads a Jupyter notebook: its cells of Markdown as they are, its code as blocks of code.

What code put out is left out: it is results, and often long.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from entrywise.data.documents.conversion.writing import code_block
from entrywise.data.documents.sections import read_page
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.fields import Record, as_record
from entrywise.data.readers.files import parse_json, read_text


class NotebookReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .ipynb file"
    suffixes = (".ipynb",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        notebook = as_record(parse_json(read_text(source), str(source)), str(source))
        text, slugs = "\n\n".join(_cells(notebook)), self._reading.slugs
        page = self._reading.pages.page(
            "markdown", slugs, "", text, read=lambda: read_page(text, slugs=slugs)
        )
        return document(source, page)


def _cells(notebook: Record) -> Iterator[str]:
    """The cells as Markdown; those of the third format are in sheets, of which there is one."""
    language = _language(notebook)
    sheets = notebook.records("worksheets") or (notebook,)
    for cell in (cell for sheet in sheets for cell in sheet.records("cells")):
        kind = cell.note("cell_type")
        source = _joined(cell, "source") or _joined(cell, "input")
        if kind == "code":
            yield code_block(source, language)
        elif kind == "heading":
            yield f"{'#' * cell.whole_number('level')} {source}"
        elif kind == "markdown":
            yield source


def _joined(cell: Record, field: str) -> str:
    value = cell.values.get(field)
    # Lines may be one text or many, and the same may stand in two of them.
    return "".join(map(str, value)) if isinstance(value, list) else cell.note(field)


def _language(notebook: Record) -> str:
    told = notebook.values.get("metadata")
    for name, key in (("language_info", "name"), ("kernelspec", "language")):
        part = told.get(name) if isinstance(told, dict) else None
        if isinstance(part, dict) and isinstance(part.get(key), str):
            return str(part[key])
    return "python"
