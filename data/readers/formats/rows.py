"""Reads rows: JSON Lines, or tables of text as spreadsheets save them (CSV, TSV).

    Term;Definition            ─▶ Entry("1", "VPN", …, (Section("text", "A private network."),))
    VPN;A private network.

Which column holds what is told by its name (`columns.py`). A row without an id is called by its
number. The text may be Markdown. A row that is wrong is listed, and the rest is read. Rows of plain
text are terms where most explain one in a few sentences, else documents (`terms.py`).

BEIR's shape is one of many: Thakur et al. 2021, https://arxiv.org/abs/2104.08663
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

from entrywise.data.entries import Entry, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import ALONE, Contents, Reading, has_suffix
from entrywise.data.readers.documents import CATEGORY, page_of
from entrywise.data.readers.encodings import read_any_text
from entrywise.data.readers.fields import as_record, fault_of_id, is_clean, show
from entrywise.data.readers.files import parse_json
from entrywise.data.readers.formats.columns import find_columns, known_names, told_by_content
from entrywise.data.readers.formats.terms import are_terms
from entrywise.data.readers.page_cache import PageCache

_DELIMITERS = (",", ";", "\t", "|")
_LINES_TO_TELL = 20
_MENDED_QUOTES = 20
"""Quotes that are never closed after which a file is still read on."""

Row = tuple[int, Mapping[str, object]]
"""The number of a row's line, and its values by their columns."""


class JsonLinesReader:
    """Reads a JSON Lines file; blank lines are skipped."""

    reads = "a .jsonl file"

    def __init__(self, reading: Reading = ALONE) -> None:
        self._reading = reading

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, ".jsonl") or has_suffix(source, ".ndjson")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        reader = _Rows(source, list(guessed), self._reading.pages)
        rows = list(_json_rows(text, reader))
        if rows:
            names = dict.fromkeys(name for _, values in rows for name in values)
            reader.add(rows, [*names], self._reading.columns)
        return reader.contents()


class CsvReader:
    """Reads a table with a header, its cells apart by commas, semicolons, tabs or bars."""

    reads = "a .csv or .tsv file"

    def __init__(self, reading: Reading = ALONE) -> None:
        self._reading = reading

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, ".csv") or has_suffix(source, ".tsv")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        reader = _Rows(source, list(guessed), self._reading.pages)
        # The limit is the whole process's: no field is longer than the file, and it is put back.
        limit = csv.field_size_limit(len(text) + 1)
        try:
            delimiter = tell_delimiter(text, self._reading.columns)
            rows = _cells(text, delimiter, reader)
            _, header = next(rows, (0, []))
            reader.add([*_named(rows, header, reader)], header, self._reading.columns)
        finally:
            csv.field_size_limit(limit)
        return reader.contents()


def tell_delimiter(text: str, columns: Mapping[str, str] | None = None) -> str:
    """What the cells of a table are apart by.

    >>> tell_delimiter("Title;Text\\n1,5 kg;a, b"), tell_delimiter("title\\ttext\\na\\tb")
    (';', '\\t')
    """
    end = 0
    for _ in range(_LINES_TO_TELL):
        end = text.find("\n", end) + 1 or len(text)
    sample = text[:end]

    def told(delimiter: str) -> tuple[int, int, int]:
        try:
            rows = [row for row in csv.reader(StringIO(sample), delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0, 0
        header = rows[0] if rows else []
        alike = sum(len(row) == len(header) for row in rows) if len(header) > 1 else 0
        return known_names(header, columns or {}), alike, len(header)

    return max(_DELIMITERS, key=told)


def _cells(text: str, delimiter: str, rows: _Rows) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of its last line. After a quote that is
    never closed, reading goes on in the next line."""
    before = 0
    for _ in range(_MENDED_QUOTES):
        reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
        begun = 0
        while True:
            begun = reader.line_num
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                rows.miss(before + begun + 1, f"no valid CSV ({error}); correct it there")
                if "unexpected end" in str(error):
                    break
                continue
            if any(cell.strip() for cell in row):
                yield before + reader.line_num, row
        lines = text.split("\n", begun + 1)
        before += begun + 1
        text = lines[-1] if len(lines) > begun + 1 else ""
    rows.miss(before, "too many quotes are never closed; what follows was not read")


def _named(cells: Iterable[tuple[int, list[str]]], header: list[str], rows: _Rows) -> Iterator[Row]:
    for number, row in cells:
        while len(row) > len(header) and not row[-1].strip():
            row.pop()
        if len(row) == len(header):
            yield number, dict(zip(header, row, strict=True))
        else:
            what = (
                f"{len(row)} cells for {len(header)} columns; quote cells that hold what parts them"
            )
            rows.miss(number, what)


def _json_rows(text: str, rows: _Rows) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{rows.source}: line {number}"
            try:
                yield number, as_record(parse_json(line, where), where).values
            except KnowledgeBaseError as error:
                rows.miss(number, str(error).removeprefix(f"{where}: "))


@dataclass(slots=True)
class _Rows:
    """Makes entries of rows, and lists those that are wrong."""

    source: Path
    unread: list[Unread]
    pages: PageCache
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    _lines: dict[str, int] = field(default_factory=dict[str, int])
    _empty: int = 0

    def add(self, rows: Sequence[Row], names: Sequence[str], given: Mapping[str, str]) -> None:
        """Add rows of columns with these names, some of which people may have given."""
        columns = find_columns(names, given, str(self.source))
        if "text" not in columns:
            values_of = [values for _, values in rows]
            columns = told_by_content(names, values_of, columns, str(self.source))
            held = ", ".join(f"{holds} {show(columns[holds])}" for holds in sorted(columns))
            reason = f"its columns are taken by what they hold ({held}); name others by --columns"
            self.unread.append(Unread(str(self.source), reason, "warning"))
        for place, (number, values) in enumerate(rows, start=1):
            try:
                told = {holds: _text(values.get(name)) for holds, name in columns.items()}
            except ValueError as error:
                self.miss(number, str(error))
                continue
            self._add(number, told, str(place))

    def _add(self, number: int, told: Mapping[str, str], place: str) -> None:
        given = told.get("id", "").strip()
        if fault := fault_of_id(given):
            self.miss(number, f"the id {show(given)} {fault}")
            return
        key = " ".join(given.split()) or place
        if key in self._lines:
            self.miss(
                number, f"the id {show(key)} was there on line {self._lines[key]}; rename one"
            )
            return
        self._lines[key] = number
        own = " ".join(told.get("title", "").split())
        page = page_of(told["text"], own, self.pages)
        if not page.sections:
            self._empty += 1
            return
        name = page.title or key
        category = told.get("category", "").strip() or CATEGORY
        url = self._url(number, told.get("url", "").strip())
        self.entries[key] = Entry(key, name, category, page.sections, url=url)

    def _url(self, number: int, url: str) -> str | None:
        if url and not url.startswith(("https://", "http://")):
            self.miss(number, f"{show(url)} is no web address, and was left out", is_lost=False)
            return None
        return url or None

    def miss(self, number: int, reason: str, *, is_lost: bool = True) -> None:
        """List what was not read on a line."""
        place = f"{self.source}: line {number}"
        self.unread.append(Unread(place, reason, "error" if is_lost else "warning"))

    def contents(self) -> Contents:
        """All that was read, and what was not."""
        unread = list(self.unread)
        if self._empty:
            rows = "1 row has" if self._empty == 1 else f"{self._empty:,} rows have"
            unread.append(Unread(str(self.source), f"{rows} no text", "warning"))
        entries = tuple(self.entries.values())
        if are_terms((one.name, " ".join(part.text for part in one.sections)) for one in entries):
            entries = tuple(map(_as_term, entries))
        return Contents(entries, unread=tuple(unread))


def _as_term(entry: Entry) -> Entry:
    """A row of plain text as a term; one that has headings, lists or tables stays a document."""
    if any(section.is_markdown for section in entry.sections):
        return entry
    plain = (replace(section, blocks=()) for section in entry.sections)
    return replace(entry, sections=tuple(plain))


def _text(value: object) -> str:
    """A value as text.

    Raises:
        ValueError: it is none, or cannot be shown.
    """
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n\n".join(value)
    if not isinstance(value, str | int | float):
        raise ValueError(f"{show(value)} is no text; write it in quotes")
    text = str(value)
    if not is_clean(text):
        raise ValueError(f"{show(text)} holds a NUL or half a surrogate pair; remove it")
    return text
