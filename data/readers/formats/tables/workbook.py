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
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from entrywise.data.documents.conversion.writing import cell, escaped, table
from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import CATEGORY
from entrywise.data.readers.encodings import missing_package
from entrywise.data.readers.fields import show
from entrywise.data.readers.files import read_archive
from entrywise.data.readers.formats.tables.cells import headed
from entrywise.data.readers.formats.tables.entries import Rows
from entrywise.data.readers.formats.tables.number_formats import shown

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_SHEETS = re.compile(r"xl/worksheets/[^/]*\.xml")
_NOT_COMPUTED = re.compile(
    rb"<f(?:/>|\b[^>]*/>|\b[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
"""A cell with a formula and without what it comes to, as programs write that cannot compute."""


class _Sheet(NamedTuple):
    name: str
    is_hidden: bool
    rows: list[tuple[int, list[str]]]
    """The rows that are not blank, each with its number, all as wide."""


class WorkbookReader(FileReader):
    """Reads an entry from each row of the sheets that are shown."""

    reads = "an .xlsx file"
    suffixes = (".xlsx", ".xlsm")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        content = read_archive(source)
        sheets = [sheet for sheet in _sheets(content, source) if sheet.rows]
        unread = [
            Unread(_place(source, one), "is hidden, and was not read", "warning")
            for one in sheets
            if one.is_hidden
        ]
        if missing := _formulas_without_values(content):
            cells = "1 formula has" if missing == 1 else f"{missing:,} formulas have"
            reason = f"{cells} no value; save it in a program that computes them"
            unread.append(Unread(str(source), reason, "warning"))
        parts = [(one, self._part(one, source)) for one in sheets if not one.is_hidden]
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
            # Without `data_only`, cells hold formulas instead of values.
            book = openpyxl.load_workbook(BytesIO(content), data_only=True)
            if not book.worksheets:
                raise ValueError("no sheets")
        return [
            _Sheet(one.title.strip(), one.sheet_state != "visible", _cut([*_rows(one)]))
            for one in book.worksheets
        ]
    except Exception as error:  # A broken file makes the library raise whatever it meets.
        reason = type(error).__name__
        message = f"{source}: is a broken .xlsx file ({reason}); save it again"
        raise KnowledgeBaseError(message) from error


def _rows(sheet: Worksheet) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that are not blank, each with its number."""
    downwards: dict[tuple[int, int], str] = {}
    for merged in sheet.merged_cells.ranges:
        first = sheet.cell(merged.min_row, merged.min_col)
        text = _text(first)
        for row in range(merged.min_row + 1, merged.max_row + 1):
            downwards[row, merged.min_col] = text
    for number, row in enumerate(sheet.iter_rows(), start=1):
        texts = [
            _text(one) or downwards.get((number, place), "")
            for place, one in enumerate(row, start=1)
        ]
        if any(texts):
            yield number, texts


def _text(one: Cell | MergedCell) -> str:
    """What a cell shows; nothing where it shows an error."""
    from openpyxl.utils.escape import unescape

    if one.data_type == "e":
        return ""
    text = shown(one.value, one.number_format)
    # A line's end and other characters that XML has not: _x000D_.
    return (
        unescape(text).replace("\r\n", "\n").replace("\r", "\n") if "_x" in text else text
    ).strip()


def _cut(rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows without the columns that are blank in all of them."""
    width = len(rows[0][1]) if rows else 0
    told = [place for place in range(width) if any(row[place] for _, row in rows)]
    return [(number, [row[place] for place in told]) for number, row in rows]


def _formulas_without_values(content: bytes) -> int:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = filter(_SHEETS.fullmatch, archive.namelist())
        return sum(len(_NOT_COMPUTED.findall(archive.read(name))) for name in sheets)
