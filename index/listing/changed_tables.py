"""The tables of a listing where some entries are other: SQLite copies the rows of all others, with
the places that they have now."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from entrywise.data.entries import KnowledgeBase
from entrywise.index.listing.alphabet import sort_key
from entrywise.index.listing.tables import INDEXES, TABLES, Orders, fill_lists
from entrywise.index.passages.rows import UNKNOWN, Ordinals, inverse
from entrywise.index.words.database import attach, insert, new_file

_MOVED = """
CREATE TEMP TABLE moved (before INTEGER PRIMARY KEY, ordinal INTEGER);
CREATE TEMP TABLE kept (
    before INTEGER PRIMARY KEY, ordinal INTEGER, stand INTEGER, place INTEGER);
"""
_ENTRIES = """
INSERT INTO entries
SELECT k.ordinal, id, category, k.stand, k.place, name, expansion, oneliner, aliases
FROM kept k CROSS JOIN old.entries e ON e.ordinal = k.before ORDER BY k.before
"""
# In the order of the links, as entries are in their order.
_LINKS = """
INSERT INTO links
SELECT m.ordinal, k.ordinal FROM old.links l
CROSS JOIN moved m ON m.before = l.named CROSS JOIN kept k ON k.before = l.naming
"""


def update(
    path: Path, old: Path, knowledge_base: KnowledgeBase, before: Ordinals, moved: Ordinals
) -> None:
    """Write the listing of a knowledge base that has the same categories as another one, those that
    have entries.

    Args:
        old: the listing of that.
        before: where each entry is there, `UNKNOWN` of one that is other or new.
        moved: where each entry of that is now, by its id, `UNKNOWN` of one that is gone, ascending.

    Raises:
        OSError: the file cannot be written.
    """
    with new_file(path) as connection:
        connection.executescript(TABLES)
        attach(connection, old)
        connection.executescript(_MOVED)
        had = connection.execute("SELECT ordinal FROM old.entries ORDER BY place")
        other = np.flatnonzero(before == UNKNOWN).tolist()
        by_name = inverse(before, len(moved))[np.fromiter(chain.from_iterable(had), np.int64)]
        orders = Orders(knowledge_base, _with(other, by_name[by_name != UNKNOWN], knowledge_base))
        insert(connection, "moved", _known(np.arange(len(moved)), moved))
        places = np.arange(len(before)), orders.stands, orders.places
        insert(connection, "kept", _known(before, *map(np.asarray, places)))
        connection.execute(_ENTRIES)
        insert(connection, "entries", orders.rows(other))
        connection.execute(_LINKS)
        insert(connection, "links", _new_links(knowledge_base, other, moved))
        fill_lists(connection, knowledge_base, orders)
        connection.executescript(INDEXES)


def _with(other: Sequence[int], by_name: Ordinals, knowledge_base: KnowledgeBase) -> list[int]:
    """All entries in the order of their names: some of them among those that are in order."""

    def key(ordinal: int) -> tuple[str, int]:
        return sort_key(knowledge_base.entries[ordinal].name), ordinal

    ordered: list[int] = by_name.tolist()
    for ordinal in other:
        insort(ordered, ordinal, key=key)
    return ordered


def _known(first: Ordinals, *columns: Ordinals) -> Iterator[tuple[int, ...]]:
    """Rows of numbers without those that begin or end with `UNKNOWN`."""
    table = np.column_stack([first, *columns])
    is_known = (table[:, 0] != UNKNOWN) & (table[:, -1] != UNKNOWN)
    return zip(*table[is_known].T.tolist(), strict=True)


def _new_links(
    knowledge_base: KnowledgeBase, other: Sequence[int], moved: Ordinals
) -> Iterator[tuple[int, int]]:
    """The links that other and new entries have, and those of all entries to new ones."""
    entries = knowledge_base.entries
    ordinals = {entry.id: ordinal for ordinal, entry in enumerate(entries)}
    new = {entries[ordinal].id: ordinal for ordinal in {*other} - {*moved.tolist()}}
    for naming in other:
        named = {ordinals[one] for one in entries[naming].related if one in ordinals}
        yield from ((one, naming) for one in named)
    if new:
        is_other = {*other}
        for naming, entry in enumerate(entries):
            if naming not in is_other and not new.keys().isdisjoint(entry.related):
                yield from ((new[one], naming) for one in {*entry.related} & new.keys())
