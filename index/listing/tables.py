"""The tables of a listing, and how they are written.

Entries have two orders besides their own: by category as the categories are ordered (`stand`), and
by name (`place`); both count from 0.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from entrywise.data.entries import KnowledgeBase
from entrywise.data.questions import examples
from entrywise.index.listing.alphabet import marks, sort_key
from entrywise.index.words.database import changed_copy, new_file

EVERYWHERE = -1
"""Instead of the number of a category: all of them."""

MOST_EXAMPLES = 12
"""Each costs an answer when a server starts: where most are not answered, there are few."""

_TABLES = """
CREATE TABLE entries (
    ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL, category INTEGER NOT NULL,
    stand INTEGER NOT NULL, place INTEGER NOT NULL,
    name TEXT NOT NULL, expansion TEXT NOT NULL, oneliner TEXT NOT NULL, aliases TEXT NOT NULL);
CREATE TABLE categories (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, position INTEGER NOT NULL,
    entries INTEGER NOT NULL);
CREATE TABLE marks (
    category INTEGER, first INTEGER, label TEXT NOT NULL, entries INTEGER NOT NULL,
    PRIMARY KEY (category, first)) WITHOUT ROWID;
CREATE TABLE links (named INTEGER, naming INTEGER, PRIMARY KEY (named, naming)) WITHOUT ROWID;
CREATE TABLE pairs (one INTEGER NOT NULL, other INTEGER NOT NULL);
CREATE TABLE examples (question TEXT NOT NULL);
"""

# Made last: filling a table that has them takes twice as long.
_INDEXES = """
CREATE UNIQUE INDEX by_id ON entries (id);
CREATE UNIQUE INDEX by_stand ON entries (stand);
CREATE UNIQUE INDEX by_place ON entries (place);
CREATE INDEX by_category ON entries (category, place);
CREATE UNIQUE INDEX category_ids ON categories (id);
"""


def write(path: Path, knowledge_base: KnowledgeBase) -> None:
    """Write the listing of a knowledge base.

    Raises:
        OSError: the file cannot be written.
    """
    with new_file(path) as connection:
        connection.executescript(_TABLES)
        _fill(connection, knowledge_base)
        connection.executescript(_INDEXES)


def update(
    path: Path,
    old: Path,
    oneliners: Mapping[int, str],
    compared: Iterable[tuple[int, int]],
    asked: Iterable[str],
) -> None:
    """Write a listing that differs from another one by what some entries are in one line, by the
    entries that people may want to compare, and by the questions that may be answered.

    Raises:
        OSError: the file cannot be written.
    """
    with changed_copy(old, path) as connection:
        connection.executemany(
            "UPDATE entries SET oneliner = ? WHERE ordinal = ?",
            ((text, ordinal) for ordinal, text in oneliners.items()),
        )
        connection.execute("DELETE FROM pairs")
        _insert(connection, "pairs", iter(compared))
        connection.execute("DELETE FROM examples")
        _insert(connection, "examples", ((question,) for question in asked))


def pairs(knowledge_base: KnowledgeBase) -> list[tuple[int, int]]:
    """Entries that people may want to compare, ordinals."""
    ordinals = {entry.id: ordinal for ordinal, entry in enumerate(knowledge_base)}
    return [(ordinals[one.id], ordinals[other.id]) for one, other in examples.pairs(knowledge_base)]


def first_examples(knowledge_base: KnowledgeBase, compared: examples.Pairs) -> list[str]:
    """Questions that may be answered, the best first.

    Args:
        compared: what people may want to compare.
    """
    return list(islice(examples.questions(knowledge_base, compared), MOST_EXAMPLES))


def _fill(connection: sqlite3.Connection, knowledge_base: KnowledgeBase) -> None:
    keys = [sort_key(entry.name) for entry in knowledge_base]
    by_name = sorted(range(len(keys)), key=keys.__getitem__)
    _insert(connection, "entries", _entry_rows(knowledge_base, by_name))
    _insert(
        connection,
        "categories",
        (
            (number, category.id, category.label, category.order, len(entries))
            for number, (category, entries) in enumerate(knowledge_base.grouped)
        ),
    )
    _insert(connection, "links", iter(_links(knowledge_base)))
    _insert(connection, "marks", _marks(knowledge_base, keys, by_name))
    paired = pairs(knowledge_base)
    _insert(connection, "pairs", iter(paired))
    listed = knowledge_base.entries
    compared = [(listed[one], listed[other]) for one, other in paired]
    asked = first_examples(knowledge_base, compared)
    _insert(connection, "examples", ((question,) for question in asked))


def _entry_rows(
    knowledge_base: KnowledgeBase, by_name: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    """The row of each entry; `by_name` are their ordinals in the order of their names."""
    places = {ordinal: place for place, ordinal in enumerate(by_name)}
    numbers = {category.id: n for n, (category, _) in enumerate(knowledge_base.grouped)}
    in_turn = (entry.id for _, entries in knowledge_base.grouped for entry in entries)
    stands = {entry_id: stand for stand, entry_id in enumerate(in_turn)}
    for ordinal, entry in enumerate(knowledge_base):
        yield (
            ordinal,
            entry.id,
            numbers[entry.category],
            stands[entry.id],
            places[ordinal],
            entry.name,
            entry.expansion,
            entry.oneliner,
            " ".join(entry.aliases),
        )


def _links(knowledge_base: KnowledgeBase) -> list[tuple[int, int]]:
    """(entry, entry that names it as related) by ordinal, each once, in order."""
    ordinals = {entry.id: ordinal for ordinal, entry in enumerate(knowledge_base)}
    return sorted(
        {
            (ordinals[named], naming)
            for naming, entry in enumerate(knowledge_base)
            for named in entry.related
            if named in ordinals
        }
    )


def _marks(
    knowledge_base: KnowledgeBase, keys: list[str], by_name: list[int]
) -> Iterator[tuple[object, ...]]:
    yield from (
        (EVERYWHERE, one.first, one.label, one.entries)
        for one in marks([keys[ordinal] for ordinal in by_name])
    )
    number = {category.id: n for n, (category, _) in enumerate(knowledge_base.grouped)}
    own: dict[int, list[int]] = {}
    for ordinal in by_name:
        category = number[knowledge_base.entries[ordinal].category]
        own.setdefault(category, []).append(ordinal)
    place = {ordinal: place for place, ordinal in enumerate(by_name)}
    for category, ordinals in own.items():
        for one in marks([keys[ordinal] for ordinal in ordinals]):
            yield category, place[ordinals[one.first]], one.label, one.entries


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    for first in rows:
        marks_of = ", ".join("?" * len(first))
        connection.execute(f"INSERT INTO {table} VALUES ({marks_of})", first)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks_of})", rows)
