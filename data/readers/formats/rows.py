"""Reads rows: JSON Lines, or tables of text as spreadsheets save them (CSV, TSV).

    Term;Definition            ─▶ Entry("1", "VPN", …, (Section("text", "A private network."),))
    VPN;A private network.

Which column holds what is told by its name (`columns.py`); what others say of a row (`Price: 12`)
is a section of its own, below its text. A row without an id is called by its
number. The text may be Markdown. A row that is wrong is listed, and the rest is read. Rows of plain
text are terms where most explain one in a few sentences, else documents (`terms.py`), as all with
such a section are.

BEIR's shape is one of many: Thakur et al. 2021, https://arxiv.org/abs/2104.08663
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

from entrywise.data.documents.plain_text import one_blank
from entrywise.data.documents.sections import unused
from entrywise.data.entries import DETAILS, Entry, Section, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import CATEGORY, page_of, paragraphs
from entrywise.data.readers.encodings import read_any_text
from entrywise.data.readers.fields import as_record, fault_of_id, is_clean, show
from entrywise.data.readers.files import parse_json
from entrywise.data.readers.formats.cells import opened, table
from entrywise.data.readers.formats.columns import (
    detail_of,
    find_columns,
    find_details,
    find_keys,
    listed,
    told_by_content,
)
from entrywise.data.readers.formats.terms import are_terms
from entrywise.data.readers.page_cache import PageCache

_SHORT = 80
"""Characters up to which what other columns say stands on one line, as in the row of a table."""


Row = tuple[int, Mapping[str, object]]
"""The number of a row's line, and its values by their columns."""


class JsonLinesReader(FileReader):
    """Reads a JSON Lines file; blank lines are skipped."""

    reads = "a .jsonl file"
    suffixes = (".jsonl", ".ndjson")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        reader = _Rows(source, list(guessed), self._reading.pages)
        given = self._reading.columns
        if rows := list(_json_rows(text, reader)):
            values_of = opened([values for _, values in rows], given)
            names = dict.fromkeys(name for values in values_of for name in values)
            numbers = (number for number, _ in rows)
            reader.add([*zip(numbers, values_of, strict=True)], [*names], given)
        return reader.contents()


class CsvReader(FileReader):
    """Reads a table with a header, its cells apart by commas, semicolons, tabs or bars."""

    reads = "a .csv or .tsv file"
    suffixes = (".csv", ".tsv")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        reader = _Rows(source, list(guessed), self._reading.pages)
        given = self._reading.columns
        # The limit is the whole process's: no field is longer than the file, and it is put back.
        limit = csv.field_size_limit(len(text) + 1)
        try:
            header, below = table(text, given, reader.miss, reader.note)
            reader.add([*_named(below, header, reader)], header, given)
        finally:
            csv.field_size_limit(limit)
        return reader.contents()


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
    _addresses: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def add(self, rows: Sequence[Row], names: Sequence[str], given: Mapping[str, str]) -> None:
        """Add rows of columns with these names, some of which people may have given."""
        values_of = [values for _, values in rows]
        columns = find_columns(names, given, str(self.source))
        named = columns
        if not {"text", "title"} <= columns.keys():
            columns = told_by_content(names, values_of, columns, str(self.source))
        is_told = columns != named
        details = find_details(names, values_of, columns)
        keys = find_keys(names, values_of, columns)
        title = columns.get("title", "")
        # What a column of its own name says is told with the others: `Product: Vario kettle`.
        is_named = bool(details) and "title" not in named
        others = [name for name in names if name not in (*columns.values(), *details)]
        left_out = [name for name in others if any(values.get(name) for values in values_of)]
        if is_told or details or left_out:
            self._say(columns, details, left_out, is_told=is_told)
        for place, (number, values) in enumerate(rows, start=1):
            try:
                told = {holds: _text(values.get(name)) for holds, name in columns.items()}
                own = _text(values.get(title)).strip()
                has_text = bool(told.get("text", "").strip())
                is_beside = (is_named or not has_text) and not own.endswith(QUESTION_MARKS)
                shown = [one for one in names if one in details or (is_beside and one == title)]
                beside = [(name.strip(), _text(detail_of(values.get(name)))) for name in shown]
                aliases = tuple(filter(None, (_text(values.get(name)).strip() for name in keys)))
            except ValueError as error:
                self.miss(number, str(error))
                continue
            self._add(number, told, beside, str(place), aliases)

    def _say(
        self,
        columns: Mapping[str, str],
        details: Sequence[str],
        left_out: Sequence[str],
        *,
        is_told: bool,
    ) -> None:
        """Note what the columns were taken for."""
        held = ", ".join(f"{holds} {show(columns[holds])}" for holds in sorted(columns))
        by = "by what they hold " if is_told else ""
        more = f"; details {listed(details)}" if details else ""
        rest = f"; left out: {listed(left_out)}" if left_out else ""
        reason = f"its columns are taken {by}({held}{more}{rest}); name others by --columns"
        self.note(reason)

    def note(self, reason: str) -> None:
        """List what is worth to know of the source."""
        self.unread.append(Unread(str(self.source), reason, "warning"))

    def _add(
        self,
        number: int,
        told: Mapping[str, str],
        beside: Sequence[tuple[str, str]],
        place: str,
        aliases: tuple[str, ...],
    ) -> None:
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
        own = one_blank(unescape(told.get("title", "")))
        page = page_of(told.get("text", ""), own, self.pages)
        sections = (*page.sections, *_details(beside, page.sections))
        if not page.sections:
            # A name with what the other columns say of it is a text, too; a question is not.
            is_name = own and not own.endswith(QUESTION_MARKS)
            if not (is_name and any(said != own for _, said in beside if said)):
                self._empty += 1
                return
            sections = (replace(sections[0], name="text"),)
        name = page.title or key
        category = told.get("category", "").strip() or CATEGORY
        url = self._url(number, told.get("url", "").strip())
        self.entries[key] = Entry(key, name, category, sections, aliases=aliases, url=url)

    def _url(self, number: int, url: str) -> str | None:
        if url and not url.startswith(("https://", "http://")):
            self._addresses.append((number, url))
            return None
        return url or None

    def miss(self, number: int, reason: str, *, is_lost: bool = True) -> None:
        """List what was not read on a line."""
        place = f"{self.source}: line {number}"
        self.unread.append(Unread(place, reason, "error" if is_lost else "warning"))

    def contents(self) -> Contents:
        """All that was read, and what was not."""
        if self._addresses:
            (number, url), *others = self._addresses
            what = f"{show(url)} is no web address, and was left out"
            more = f"; so were those of {len(others):,} other rows" if others else ""
            self.miss(number, f"{what}{more}", is_lost=False)
        unread = list(self.unread)
        if self._empty:
            rows = "1 row has" if self._empty == 1 else f"{self._empty:,} rows have"
            unread.append(Unread(str(self.source), f"{rows} no text", "warning"))
        entries = tuple(self.entries.values())
        if are_terms((one.name, " ".join(part.text for part in one.sections)) for one in entries):
            entries = tuple(map(_as_term, entries))
        return Contents(entries, unread=tuple(unread))


def _details(beside: Iterable[tuple[str, str]], others: Iterable[Section]) -> Iterator[Section]:
    """The section of what other columns say of a row: `Price: 12.99`; none where they say nothing.

    Args:
        others: the sections that are there.
    """
    # One that has no name has a number.
    told = [value if name.isdecimal() else f"{name}: {value}" for name, value in beside if value]
    short = "; ".join(one for one in told if len(one) <= _SHORT)
    text = "\n\n".join(filter(None, (short, *(one for one in told if len(one) > _SHORT))))
    if text:
        used = dict.fromkeys((one.name for one in others), 1)
        yield Section(unused(DETAILS, used), text, blocks=paragraphs(text))


def _as_term(entry: Entry) -> Entry:
    """A row of plain text as a term; one that has headings, lists or tables stays a document."""
    if any(section.is_markdown for section in entry.sections):
        return entry
    return replace(entry, sections=tuple(replace(one, blocks=()) for one in entry.sections))


def _text(value: object) -> str:
    """A value as text.

    Raises:
        ValueError: it is none, or cannot be shown.
    """
    if value is None or value != value:  # What a program writes for nothing is NaN.
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n\n".join(value)
    if not isinstance(value, str | int | float):
        raise ValueError(f"{show(value)} is no text; write it in quotes")
    text = str(value)
    if not is_clean(text):
        raise ValueError(f"{show(text)} holds a NUL or half a surrogate pair; remove it")
    return text
