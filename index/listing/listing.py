"""A listing, opened: ranges of entries by category, by folder and by name, ids, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from entrywise.data.entries import Category
from entrywise.index.listing import folders
from entrywise.index.listing.alphabet import Mark
from entrywise.index.listing.folders import Folder
from entrywise.index.listing.tables import EVERYWHERE
from entrywise.index.memo import memo
from entrywise.index.words.database import Database


class Group(NamedTuple):
    """A category that has entries: its number in the order of the categories, from 0, and how many
    entries there are."""

    number: int
    category: Category
    entries: int


class Summary(NamedTuple):
    """What lists show of an entry; `aliases` are parted by blanks."""

    ordinal: int
    id: str
    name: str
    expansion: str
    oneliner: str
    aliases: str
    category: str
    """The id of its category."""
    place: int
    """Its place by name, from 0."""


_SUMMARY = (
    "SELECT ordinal, e.id, name, expansion, oneliner, aliases, c.id, place "
    "FROM entries e JOIN categories c ON c.number = e.category "
)
_GROUP = "SELECT number, id, label, position, entries FROM categories "


_FOLDERS = 256
"""Folders whose letters are remembered."""


class Listing:
    """The entries of an index as lists show them. Safe to share between threads.

    What is asked for is read and nothing else: each method takes time by the number of what it
    gives, not by that of all entries.
    """

    def __init__(self, database: Database) -> None:
        """Open what `tables.write` wrote."""
        self._database = database
        # To count 100,000 entries takes 0.1 s.
        self._marks_in = memo(self._marks_below, _FOLDERS)
        self.close = database.close
        """Release it; twice does no harm."""

    @cached_property
    def entries(self) -> int:
        """How many there are."""
        [(last,)] = self._database.rows("SELECT max(ordinal) FROM entries")
        return int(last) + 1

    @cached_property
    def categories(self) -> int:
        """How many have entries."""
        [(last,)] = self._database.rows("SELECT max(number) FROM categories")
        return int(last) + 1

    def groups(self, most: int) -> list[Group]:
        """The first categories, in their order, with their numbers of entries."""
        return list(map(_group, self._database.rows(f"{_GROUP} ORDER BY number LIMIT ?", most)))

    def group(self, category: str) -> Group | None:
        """The category with this id, if it has entries."""
        found = self._database.rows(f"{_GROUP} WHERE id = ?", category)
        return _group(found[0]) if found else None

    def ordinal(self, entry_id: str) -> int | None:
        """The ordinal of the entry with this id."""
        return self.ordinals([entry_id]).get(entry_id)

    def ordinals(self, ids: Sequence[str]) -> Mapping[str, int]:
        """The ordinals of entries by id, of those that there are."""
        statement = f"SELECT id, ordinal FROM entries WHERE id IN ({_marks(ids)})"
        return dict(self._database.rows(statement, *ids))

    def ids(self, ordinals: Sequence[int]) -> Mapping[int, str]:
        """The ids of entries by ordinal, of those that there are."""
        statement = f"SELECT ordinal, id FROM entries WHERE ordinal IN ({_marks(ordinals)})"
        return dict(self._database.rows(statement, *ordinals))

    def by_ordinal(self, first: int, most: int) -> list[Summary]:
        """So many entries from one on, in the order of the knowledge base."""
        return self._summaries("WHERE ordinal >= ? ORDER BY ordinal LIMIT ?", first, most)

    def by_category(self, first: int, most: int) -> list[Summary]:
        """So many entries in the order of the categories, from the one at `first` on."""
        return self._summaries("WHERE stand >= ? ORDER BY stand LIMIT ?", first, most)

    def by_name(self, first: int, most: int, among: Group | Folder | None = None) -> list[Summary]:
        """So many entries in the order of their names, from the place `first` on; only those of a
        category or below a folder, if one is given."""
        condition, parameters = _among(among)
        where = f"WHERE {condition} AND place >= ? ORDER BY place LIMIT ?"
        return self._summaries(where, *parameters, first, most)

    def before(self, place: int, most: int, among: Group | Folder | None = None) -> int | None:
        """The place that so many entries before another one begin at; None where there is none."""
        condition, parameters = _among(among)
        rows = self._database.rows(
            f"SELECT place FROM entries e WHERE {condition} AND place < ? "
            "ORDER BY place DESC LIMIT ?",
            *parameters,
            place,
            most,
        )
        return int(rows[-1][0]) if rows else None

    def folder(self, path: str) -> Folder | None:
        """The folder with this path, if entries lie in it or below it."""
        count = folders.entries_below(self._database, path) if path else 0
        return Folder(path, count) if count else None

    def folder_of(self, group: Group) -> Folder | None:
        """The folder that a category is, if it is one."""
        return self.folder(f"{folders.top(self._database)}/{group.category.id}".lstrip("/"))

    def folders_in(self, folder: Folder, most: int) -> list[Folder]:
        """The first folders right in one, by name."""
        return folders.folders_in(self._database, folder.path, most)

    def of(self, ordinals: Sequence[int]) -> list[Summary]:
        """The entries with these ordinals, in the order of their names."""
        where = f"WHERE ordinal IN ({_marks(ordinals)}) ORDER BY place"
        return self._summaries(where, *ordinals)

    def marks(self, among: Group | Folder | None = None) -> list[Mark]:
        """Where the initials of names begin, of all entries or of those of a category or below a
        folder."""
        if isinstance(among, Folder):
            return self._marks_in(among.path)
        rows = self._database.rows(
            "SELECT label, first, entries FROM marks WHERE category = ? ORDER BY first",
            among.number if among else EVERYWHERE,
        )
        return list(map(Mark._make, rows))

    def naming(self, ordinal: int, most: int) -> list[int]:
        """The first entries that name one as related, ordinals."""
        statement = "SELECT naming FROM links WHERE named = ? ORDER BY naming LIMIT ?"
        return _firsts(self._database.rows(statement, ordinal, most))

    def examples(self) -> list[str]:
        """Questions that may be answered, the best first."""
        return _firsts(self._database.rows("SELECT question FROM examples ORDER BY rowid"))

    def pairs(self) -> list[tuple[int, int]]:
        """Entries that people may want to compare, ordinals."""
        return self._database.rows("SELECT one, other FROM pairs ORDER BY rowid")

    def _marks_below(self, path: str) -> list[Mark]:
        return folders.marks_in(self._database, path)

    def _summaries(self, where: str, *parameters: object) -> list[Summary]:
        return list(map(Summary._make, self._database.rows(_SUMMARY + where, *parameters)))


def _marks(parameters: Sequence[object]) -> str:
    """One for each parameter."""
    return ", ".join("?" * len(parameters))


def _group(row: Sequence[Any]) -> Group:
    number, category_id, label, order, entries = row
    return Group(number, Category(category_id, label, order), entries)


def _among(among: Group | Folder | None) -> tuple[str, tuple[object, ...]]:
    """The condition on rows of entries, and its parameters."""
    match among:
        case Group():
            return "category = ?", (among.number,)
        case Folder():
            return folders.within(among.path)
        case None:
            return "TRUE", ()


def _firsts(rows: Iterable[Sequence[Any]]) -> list[Any]:
    return [row[0] for row in rows]
