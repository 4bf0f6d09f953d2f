"""Reads a workbook of a spreadsheet program (.xlsx): the tables in its sheets, cells as they are
shown.

Country | Hotel               ─▶ Entry("1", "Norway", …, (Section("text", "Hotel: €160"),))
Norway  | 160 (format: "€"0)

Of several sheets each is a category. One that is no table of names or texts is a page that has it
as it is. Cells that are merged downwards say the same in each row.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from entrywise.data.documents.conversion.writing import cell, escaped, table
from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import CATEGORY
from entrywise.data.readers.encodings import missing_package
from entrywise.data.readers.fields import show
from entrywise.data.readers.files import broken, read_archive
from entrywise.data.readers.formats.tables.cells import headed
from entrywise.data.readers.formats.tables.entries import Rows
from entrywise.data.readers.formats.tables.number_formats import shown

_SHEETS = re.compile(r"xl/worksheets/[^/]*\.xml")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*\bref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_MOST_COLUMNS, _LAST_ROW, _MOST_CELLS = 500, 2**20, 10**7
_NOT_COMPUTED = re.compile(
    rb"<f(?:/>|\b[^>]*/>|\b[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
"""A cell with a formula and without what it comes to, as programs write that cannot compute."""


class _Sheet(NamedTuple):
    name: str
    is_hidden: bool
    rows: list[tuple[int, list[str]]]
    """The rows that are not blank, each with its number, all as wide."""
    is_wide: bool
    """Whether it has too many columns to be a table, and so no rows here."""


class WorkbookReader(FileReader):
    """Reads an entry from each row of the sheets that are shown."""

    reads = "an .xlsx file"
    suffixes = (".xlsx", ".xlsm")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        content = read_archive(source)
        sheets = [one for one in _sheets(content, source) if one.rows or one.is_wide]
        wide = f"has more than {_MOST_COLUMNS} columns; split it"
        unread = [Unread(_place(source, one), wide, "error") for one in sheets if one.is_wide]
        unread += [
            Unread(_place(source, one), "is hidden, and was not read", "warning")
            for one in sheets
            if one.is_hidden
        ]
        if missing := _formulas_without_values(content):
            cells = "1 formula has" if missing == 1 else f"{missing:,} formulas have"
            reason = f"{cells} no value; save it in a program that computes them"
            unread.append(Unread(str(source), reason, "warning"))
        parts = [(one, self._part(one, source)) for one in sheets if one.rows and not one.is_hidden]
        entries: list[Entry] = []
        for sheet, part in parts:
            unread += part.unread
            is_alone = len(parts) == 1
            entries += part.entries if is_alone else (_of(sheet, one) for one in part.entries)
        return Contents(tuple(entries), unread=tuple(unread))

    def _part(self, sheet: _Sheet, source: Path) -> Contents:
        """What one sheet holds."""
        given = self._reading.columns
        rows = Rows(_place(source, sheet), [], self._reading.pages, "row")
        header, below = headed(sheet.rows, given, rows.note, "row")
        named = [(number, dict(zip(header, row, strict=True))) for number, row in below]
        try:
            rows.add(named, header, given)
        except KnowledgeBaseError:
            if given:
                raise
            return _as_it_is(sheet)
        return rows.contents()


def _as_it_is(sheet: _Sheet) -> Contents:
    """A sheet as one page with a table."""
    header, *below = ([cell([escaped(text)]) for text in row] for _, row in sheet.rows)
    page = read_page(table(header, below), title=sheet.name)
    return Contents((Entry("0", sheet.name, CATEGORY, page.sections),) if page.sections else ())


def _of(sheet: _Sheet, entry: Entry) -> Entry:
    """An entry of one of several sheets."""
    category = sheet.name if entry.category == CATEGORY else entry.category
    return replace(entry, id=f"{sheet.name}/{entry.id}", category=category)


def _place(source: Path, sheet: _Sheet) -> str:
    return f"{source}: sheet {show(sheet.name)}"


def _sheets(content: bytes, source: Path) -> list[_Sheet]:
    try:
        import openpyxl
    except ImportError as error:
        raise missing_package(source, error) from error
    try:
        with warnings.catch_warnings():
            # Of what it cannot write again, which nobody wants.
            warnings.simplefilter("ignore")
            # Without `data_only`, cells hold formulas instead of values; without `read_only`, each
            # cell up to the last one that anybody has formatted is made.
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
            if not book.worksheets:
                raise ValueError("no sheets")
            return [*map(partial(_sheet, content), book.worksheets)]
    except KnowledgeBaseError as error:
        raise KnowledgeBaseError(f"{source}: {error}") from error
    except Exception as error:  # A broken file makes the library raise whatever it meets.
        raise broken(source, error) from error


def _sheet(content: bytes, sheet: Any) -> _Sheet:
    # Some programs write a wrong one, and rows beyond it would be left out.
    sheet.reset_dimensions()
    rows = [*_rows(sheet, _merged(content, sheet))]
    columns = sorted({column for _, texts in rows for column in texts})
    told = [(number, [texts.get(one, "") for one in columns]) for number, texts in rows]
    is_wide = len(columns) > _MOST_COLUMNS
    hidden = sheet.sheet_state != "visible"
    return _Sheet(sheet.title.strip(), hidden, [] if is_wide else told, is_wide)


def _merged(content: bytes, sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """{row: [(column, last row)]} of the cells that begin there and go on below."""
    from openpyxl.utils.cell import range_boundaries

    with zipfile.ZipFile(BytesIO(content)) as archive:
        # The library tells of merged cells only where it makes all of them.
        told = _MERGED.findall(archive.read(sheet._worksheet_path.lstrip("/")))
    found: dict[int, list[tuple[int, int]]] = {}
    for one in told:
        column, row, _, last = range_boundaries(one.decode())
        if row and column and last and last > row:
            found.setdefault(row, []).append((column, last))
    return found


def _rows(
    sheet: Any, merged: Mapping[int, Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows of a sheet that are not blank, each with its number, and texts by columns."""
    above: dict[int, tuple[str, int]] = {}
    size = 0
    # A row may say that it is any one.
    for number, row in enumerate(islice(sheet.iter_rows(), _LAST_ROW), start=1):
        if (size := size + len(row)) > _MOST_CELLS:
            raise KnowledgeBaseError(f"sheet {show(sheet.title)} has too many cells; split it")
        texts = {place: text for place, one in enumerate(row, start=1) if (text := _text(one))}
        above |= {column: (texts.get(column, ""), last) for column, last in merged.get(number, ())}
        if texts:
            held = ((column, text) for column, (text, last) in above.items() if number <= last)
            yield number, dict(held) | texts


def _text(one: Any) -> str:
    """What a cell shows; nothing where it is empty or shows an error."""
    from openpyxl.utils.escape import unescape

    if one.value is None or one.data_type == "e":
        return ""
    text = shown(one.value, one.number_format)
    # A line's end and other characters that XML has not: _x000D_.
    return (
        unescape(text).replace("\r\n", "\n").replace("\r", "\n") if "_x" in text else text
    ).strip()


def _formulas_without_values(content: bytes) -> int:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = filter(_SHEETS.fullmatch, archive.namelist())
        return sum(len(_NOT_COMPUTED.findall(archive.read(name))) for name in sheets)
