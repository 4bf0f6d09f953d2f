"""Reads a glossary: one JSON file with categories and entries, checked field by field.

    {"categories": [{"id", "label", "order", "entries": [id, …]}],
     "entries": {id: {"id", "name", "oneliner", "explanation", "fundamentals", …}}}

Both fields are required, and so is every field of an entry that is not in `_OPTIONAL`. `tells`
says what the paragraphs of an explanation tell, by the words that each begins with:

    {"tells": {"This reduces KV cache": "cost", "It is the dominant": "use"}}
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from entrywise.data.entries import Category, Entry, Paper, Resource, Section, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.fields import Record, as_record, nearest, show
from entrywise.data.readers.files import parse_json, read_text

SECTIONS = ("oneliner", "explanation", "fundamentals")
_TOLD = "explanation"
_A_LIST = "is a list, and no glossary; to read its objects write one a line, as .jsonl"
_REQUIRED = (
    *("id", "name", "expansion", "category", "oneliner", "explanation"),
    *("related", "seen_in", "confidence", "verified_date"),
)
_OPTIONAL = ("tells", "fundamentals", "foundational_papers", "sources", "resources")


class GlossaryReader(FileReader):
    """Reads a glossary JSON file; entries keep the order of the file."""

    reads = "a .json file of entries"
    suffixes = (".json",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        value = parse_json(read_text(source), str(source))
        # The settings of a program are JSON too.
        is_in_folder = self._reading.root is not None
        if is_in_folder and not (isinstance(value, dict) and "entries" in value):
            what = _A_LIST if isinstance(value, list) else "is no glossary"
            return Contents((), unread=(Unread(str(source), what, "warning"),))
        if isinstance(value, list):
            raise KnowledgeBaseError(f"{source}: {_A_LIST}")
        glossary = as_record(value, str(source))
        glossary.allow(("categories", "entries"))
        glossary.require("categories", "entries")
        listings = [(record, _category(record)) for record in glossary.records("categories")]
        categories = tuple(category for _, category in listings)
        _check_distinct(listings)
        values = as_record(glossary.values["entries"], f"{source}, field 'entries'").values
        entries = {key: _entry(source, key, value) for key, value in values.items()}
        _check_links(source, entries, [category.id for category in categories])
        for record, category in listings:
            _check_members(record, category, entries)
        return Contents(tuple(entries.values()), categories)


def _category(record: Record) -> Category:
    record.allow(("id", "label", "order", "entries"))
    record.require("id", "label", "order", "entries")
    return Category(record.id("id"), record.text("label"), record.whole_number("order"))


def _entry(path: Path, key: str, value: object) -> Entry:
    record = as_record(value, f"{path}: entry {show(key)}")
    record.allow(_REQUIRED + _OPTIONAL)
    record.require(*_REQUIRED)
    if record.id("id") != key:
        what = f"{show(record.text('id'))} differs from the entry's key; make them the same"
        raise record.problem("id", what)
    return Entry(
        id=key,
        name=record.text("name"),
        category=record.text("category"),
        sections=_sections(record),
        expansion=record.note("expansion"),
        related=record.texts("related"),
        seen_in=record.texts("seen_in"),
        papers=tuple(map(_paper, record.records("foundational_papers"))),
        sources=record.texts("sources"),
        resources=tuple(map(_resource, record.records("resources"))),
        confidence=record.text("confidence"),
        verified_date=record.text("verified_date"),
    )


def _sections(record: Record) -> tuple[Section, ...]:
    present = (name for name in SECTIONS if name in record.values)
    told = {_TOLD: _tells(record)}
    return tuple(Section(name, record.text(name), tells=told.get(name, ())) for name in present)


def _tells(record: Record) -> tuple[tuple[int, str], ...]:
    """From which character on an explanation tells what."""
    if "tells" not in record.values:
        return ()
    text, found = record.text(_TOLD), list[tuple[int, str]]()
    told = as_record(record.values["tells"], f"{record.where}, field 'tells'")
    for words in told.values:
        if not words.strip() or text.count(words) != 1:
            times = text.count(words)
            what = f"the {_TOLD} has these words {times} times; write those that it has once"
            raise told.problem(words, what)
        found.append((text.index(words), told.text(words)))
    return tuple(sorted(found))


def _paper(record: Record) -> Paper:
    record.allow(("title", "authors", "venue", "arxiv"))
    arxiv = record.note("arxiv") or None
    return Paper(record.text("title"), record.note("authors"), record.note("venue"), arxiv)


def _resource(record: Record) -> Resource:
    record.allow(("label", "url"))
    record.text("url")
    return Resource(record.text("label"), record.url("url") or "")


def _check_distinct(listings: Iterable[tuple[Record, Category]]) -> None:
    seen: set[str] = set()
    for record, category in listings:
        if category.id in seen:
            raise record.problem("id", f"{show(category.id)} is there twice; rename one of them")
        seen.add(category.id)


def _check_links(path: Path, entries: dict[str, Entry], categories: Collection[str]) -> None:
    for entry in entries.values():
        record = Record(f"{path}: entry {show(entry.id)}", {})
        if entry.category not in categories:
            what = f"{show(entry.category)} is no category id; correct it or add the category"
            raise record.problem("category", what + nearest(entry.category, categories))
        for target in entry.related:
            if target not in entries:
                what = f"{show(target)} is no entry id; remove it or add the entry"
                raise record.problem("related", what + nearest(target, entries))


def _check_members(record: Record, category: Category, entries: dict[str, Entry]) -> None:
    for member in record.texts("entries"):
        if member not in entries:
            what = f"{show(member)} is no entry id; remove it or add the entry"
            raise record.problem("entries", what + nearest(member, entries))
        if entries[member].category != category.id:
            home = show(entries[member].category)
            what = f"{show(member)} says that its category is {home}; list it there"
            raise record.problem("entries", what)
