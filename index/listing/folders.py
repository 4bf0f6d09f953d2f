"""Folders of a listing: documents lie in folders by their ids, as `guides/migration/pip`."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from entrywise.index.listing.alphabet import Mark
from entrywise.index.listing.tables import EVERYWHERE
from entrywise.index.words.database import Database

_BEHIND = chr(ord("/") + 1)
"""The character behind the slash: ids in a folder lie before its name and this."""


class Folder(NamedTuple):
    """A folder, as "guides/migration", and how many entries lie in it and below it."""

    path: str
    entries: int

    @property
    def label(self) -> str:
        """What it is called."""
        # A listing of terms has no folders, and a question asks for none.
        from entrywise.data.readers.places import folder_name

        return folder_name(posixpath.basename(self.path))


def within(path: str) -> tuple[str, tuple[str, ...]]:
    """The condition on rows of entries in a folder and below it, and its parameters."""
    return "e.id >= ? AND e.id < ?", (f"{path}/", f"{path}{_BEHIND}")


def top(database: Database) -> str:
    """The folder that holds all entries; empty where they have none in common."""
    [(first, last)] = database.rows("SELECT min(id), max(id) FROM entries")
    folders = [posixpath.dirname(one).split("/") for one in (first, last)]
    return "/".join(posixpath.commonprefix(folders))


def entries_below(database: Database, path: str) -> int:
    """How many entries lie in a folder and below it."""
    condition, ends = within(path)
    [(count,)] = database.rows(f"SELECT count(*) FROM entries e WHERE {condition}", *ends)
    return int(count)


def folders_in(database: Database, path: str, most: int) -> list[Folder]:
    """The first folders right in a folder, by name."""
    condition, ends = within(path)
    rest = len(path) + 2
    rows = database.rows(
        "SELECT substr(name, 1, instr(name, '/') - 1) AS folder, count(*) "
        f"FROM (SELECT substr(e.id, ?) AS name FROM entries e WHERE {condition}) "
        "WHERE instr(name, '/') GROUP BY folder ORDER BY folder LIMIT ?",
        rest,
        *ends,
        most,
    )
    return [Folder(f"{path}/{name}", int(count)) for name, count in rows]


def marks_in(database: Database, path: str) -> list[Mark]:
    """Where the initials of names begin among the entries in a folder and below it: those of all
    entries that some of these have."""
    condition, ends = within(path)
    rows = database.rows(
        "SELECT label, begun.place, begun.count FROM (SELECT (SELECT max(first) FROM marks "
        "WHERE category = ? AND first <= e.place) AS mark, min(e.place) AS place, "
        f"count(*) AS count FROM entries e WHERE {condition} GROUP BY mark) begun "
        "JOIN marks ON category = ? AND first = mark ORDER BY mark",
        EVERYWHERE,
        *ends,
        EVERYWHERE,
    )
    return [Mark(label, int(place), int(count)) for label, place, count in rows]
