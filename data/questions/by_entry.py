"""Reads the ways in which people ask for an entry, and adds them to a knowledge base.

    {"gqa": {"aliases": ["grouped-query attention"], "questions": ["…"], "parts": ["size"]}}

They are kept apart from the knowledge base, so that its file stays as its editors wrote it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.fields import Record, as_record, nearest, show
from entrywise.data.readers.files import parse_json, read_text

_FIELDS = ("aliases", "questions", "parts")


def add_ways(knowledge_base: KnowledgeBase, path: Path) -> KnowledgeBase:
    """The same knowledge base with the aliases, questions and parts of a file added.

    Raises:
        KnowledgeBaseError: the file cannot be read, or names an entry that does not exist.
    """
    ways = as_record(parse_json(read_text(path), str(path)), str(path)).values
    ids = [entry.id for entry in knowledge_base]
    for key in ways:
        if key not in knowledge_base:
            what = f"{path}: {show(key)} is no entry id; remove it or correct it"
            raise KnowledgeBaseError(what + nearest(key, ids))
    records = {key: as_record(value, f"{path}: entry {show(key)}") for key, value in ways.items()}
    entries = tuple(
        _added(entry, records[entry.id]) if entry.id in records else entry
        for entry in knowledge_base
    )
    return replace(knowledge_base, entries=entries)


def _added(entry: Entry, record: Record) -> Entry:
    record.allow(_FIELDS)
    return replace(
        entry,
        aliases=entry.aliases + record.texts("aliases"),
        questions=entry.questions + record.texts("questions"),
        parts=entry.parts + record.texts("parts"),
    )
