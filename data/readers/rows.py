"""Reads rows: JSON Lines in the shape of BEIR, or CSV with the same columns.

A row is a term where most rows explain one in a few sentences, else a document (`terms.py`). It
has `_id`, `title` and `text`, and may have `url` and `category`; the rest is ignored.
Rows without text hold nothing to quote and are left out.

BEIR: Thakur et al. 2021, https://arxiv.org/abs/2104.08663
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

from entrywise.data.documents.terms import are_terms
from entrywise.data.entries import Entry, Section
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, has_suffix
from entrywise.data.readers.documents import CATEGORY, paragraphs
from entrywise.data.readers.fields import Record, nearest, show
from entrywise.data.readers.files import json_lines, read_text


class JsonLinesReader:
    """Reads a JSON Lines file; blank lines are skipped."""

    reads = "a .jsonl file"

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, ".jsonl")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        return _contents(json_lines(source))


class CsvReader:
    """Reads a CSV file with a header; the id column is `id` or `_id`."""

    reads = "a .csv file"

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, ".csv")

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text = read_text(source)
        # The limit is the whole process's: no field is longer than the file, and it is put back.
        limit = csv.field_size_limit(len(text) + 1)
        try:
            return _contents(_csv_records(source, text))
        finally:
            csv.field_size_limit(limit)


def _csv_records(path: Path, text: str) -> Iterator[Record]:
    rows = _numbered_rows(path, text)
    _, header = next(rows, (0, []))
    columns = ["_id" if name.strip() == "id" else name.strip() for name in header]
    _check_columns(path, columns)
    for number, row in rows:
        where = f"{path}: line {number}"
        if len(row) != len(columns):
            what = f"{where}: {len(row)} cells for {len(columns)} columns; quote cells with commas"
            raise KnowledgeBaseError(what)
        yield Record(where, dict(zip(columns, row, strict=True)))


def _numbered_rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of its last line."""
    reader = csv.reader(StringIO(text), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        message = f"{path}: line {reader.line_num}: no valid CSV ({error}); correct it there"
        raise KnowledgeBaseError(message) from error


def _check_columns(path: Path, columns: list[str]) -> None:
    for name in ("_id", "title", "text"):
        if columns.count(name) != 1:
            what = "is there twice; keep one" if name in columns else "is missing; add it"
            hint = "" if name in columns else nearest(name, columns)
            raise KnowledgeBaseError(f"{path}: column {name!r} {what}{hint}")


def _contents(records: Iterable[Record]) -> Contents:
    entries: list[Entry] = []
    seen: set[str] = set()
    for record in records:
        entry = _entry(record)
        if entry.id in seen:
            what = f"{show(entry.id)} was there on an earlier line; rename one of them"
            raise record.problem("_id", what)
        seen.add(entry.id)
        if entry.sections:
            entries.append(entry)
    if not are_terms((entry.name, entry.oneliner) for entry in entries):
        entries = [_as_document(entry) for entry in entries]
    return Contents(tuple(entries))


def _as_document(entry: Entry) -> Entry:
    """A row whose text is cut into blocks, as documents are."""
    cut = (replace(section, blocks=paragraphs(section.text)) for section in entry.sections)
    return replace(entry, sections=tuple(cut))


def _entry(record: Record) -> Entry:
    record.require("_id", "title", "text")
    text = record.note("text")
    return Entry(
        id=record.text("_id"),
        name=record.note("title").strip() or record.text("_id"),
        category=record.note("category").strip() or CATEGORY,
        sections=(Section("text", text),) if text.strip() else (),
        url=record.url("url"),
    )
