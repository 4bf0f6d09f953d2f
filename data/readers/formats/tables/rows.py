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
from collections.abc import Iterable, Iterator
from pathlib import Path

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.encodings import read_any_text
from entrywise.data.readers.fields import as_record
from entrywise.data.readers.files import parse_json
from entrywise.data.readers.formats.tables.cells import opened, table
from entrywise.data.readers.formats.tables.entries import Row, Rows


class JsonLinesReader(FileReader):
    """Reads a JSON Lines file; blank lines are skipped."""

    reads = "a .jsonl file"
    suffixes = (".jsonl", ".ndjson")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        reader = Rows(str(source), list(guessed), self._reading.pages)
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
        reader = Rows(str(source), list(guessed), self._reading.pages)
        given = self._reading.columns
        # The limit is the whole process's: no field is longer than the file, and it is put back.
        limit = csv.field_size_limit(len(text) + 1)
        try:
            header, below = table(text, given, reader.miss, reader.note)
            reader.add([*_named(below, header, reader)], header, given)
        finally:
            csv.field_size_limit(limit)
        return reader.contents()


def _named(cells: Iterable[tuple[int, list[str]]], header: list[str], rows: Rows) -> Iterator[Row]:
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


def _json_rows(text: str, rows: Rows) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{rows.where}: line {number}"
            try:
                yield number, as_record(parse_json(line, where), where).values
            except KnowledgeBaseError as error:
                rows.miss(number, str(error).removeprefix(f"{where}: "))
