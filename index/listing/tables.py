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
from entrywise.index.listing.pairs import pairs
from entrywise.index.words.database import changed_copy, insert, new_file

EVERYWHERE = -1
"""Instead of the number of a category: all of them."""

MOST_EXAMPLES = 12
"""Each costs an answer when a server starts: where most are not answered, there are few."""

TABLES = """
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
INDEXES = """
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
        connection.executescript(TABLES)
        orders = Orders(knowledge_base)
        insert(connection, "entries", orders.rows(range(len(knowledge_base))))
        insert(connection, "links", iter(_links(knowledge_base)))
        fill_lists(connection, knowledge_base, orders)
        connection.executescript(INDEXES)


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
        insert(connection, "pairs", iter(compared))
        connection.execute("DELETE FROM examples")
        insert(connection, "examples", ((question,) for question in asked))


def first_examples(knowledge_base: KnowledgeBase, compared: examples.Pairs) -> list[str]:
    """Questions that may be answered, the best first.

    Args:
        compared: what people may want to compare.
    """
    return list(islice(examples.questions(knowledge_base, compared), MOST_EXAMPLES))


class Orders:
    """The orders of the entries of a knowledge base."""

    def __init__(self, knowledge_base: KnowledgeBase, by_name: Sequence[int] = ()) -> None:
        """Sort them.

        Args:
            by_name: their ordinals in the order of their names, where that is known.
        """
        self._entries = knowledge_base.entries
        self.numbers = {
            category.id: number for number, (category, _) in enumerate(knowledge_base.grouped)
        }
        """{id of a category: its number}."""
        self.by_name = by_name or self._sorted()
        """Their ordinals in the order of their names."""
        self.places = _inverse(self.by_name)
        """The place of each by name."""
        categories = [self.numbers[entry.category] for entry in self._entries]
        self.stands = _inverse(sorted(range(len(categories)), key=categories.__getitem__))
        """The place of each by category."""

    def _sorted(self) -> list[int]:
        keys = [sort_key(entry.name) for entry in self._entries]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def rows(self, ordinals: Iterable[int]) -> Iterator[tuple[object, ...]]:
        """The rows of some entries."""
        for ordinal in ordinals:
            entry = self._entries[ordinal]
            yield (
                ordinal,
                entry.id,
                self.numbers[entry.category],
                self.stands[ordinal],
                self.places[ordinal],
                entry.name,
                entry.expansion,
                entry.oneliner,
                " ".join(entry.aliases),
            )


def _inverse(order: Sequence[int]) -> list[int]:
    places = [0] * len(order)
    for place, ordinal in enumerate(order):
        places[ordinal] = place
    return places


def fill_lists(
    connection: sqlite3.Connection, knowledge_base: KnowledgeBase, orders: Orders
) -> None:
    """Write what there are few rows of: categories, marks, what may be compared and asked."""
    insert(
        connection,
        "categories",
        (
            (number, category.id, category.label, category.order, len(entries))
            for number, (category, entries) in enumerate(knowledge_base.grouped)
        ),
    )
    insert(connection, "marks", _marks(knowledge_base, orders))
    paired = pairs(knowledge_base)
    insert(connection, "pairs", iter(paired))
    listed = knowledge_base.entries
    compared = [(listed[one], listed[other]) for one, other in paired]
    asked = first_examples(knowledge_base, compared)
    insert(connection, "examples", ((question,) for question in asked))


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


def _marks(knowledge_base: KnowledgeBase, orders: Orders) -> Iterator[tuple[object, ...]]:
    entries = knowledge_base.entries

    def key(ordinal: int) -> str:
        return sort_key(entries[ordinal].name)

    everywhere = marks(orders.by_name, key)
    yield from ((EVERYWHERE, one.first, one.label, one.entries) for one in everywhere)
    own: dict[int, list[int]] = {}
    for ordinal in orders.by_name:
        own.setdefault(orders.numbers[entries[ordinal].category], []).append(ordinal)
    for category, ordinals in own.items():
        for one in marks(ordinals, key):
            yield category, orders.places[ordinals[one.first]], one.label, one.entries
