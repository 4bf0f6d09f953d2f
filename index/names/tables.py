"""The names of an index on disk: only what a question needs is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from entrywise.data.words import Word
from entrywise.index.memo import memo
from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import keys_of
from entrywise.index.names.words import digits_of, initialled, written_words
from entrywise.index.words.database import Database, new_file

REMEMBERED = 8_192
"""Keys: questions share most of their words, and to look one up costs 8 µs."""
_GROUPS = 64
"""Groups of words of one length: of 100,000 names 2 MB each."""

TABLES = """
CREATE TABLE names (
    number INTEGER PRIMARY KEY, form TEXT NOT NULL, entry INTEGER NOT NULL,
    ordinary INTEGER NOT NULL, key TEXT NOT NULL);
CREATE TABLE keys (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE words (
    digits TEXT, length INTEGER, number INTEGER, word TEXT NOT NULL, written TEXT NOT NULL,
    PRIMARY KEY (digits, length, number)) WITHOUT ROWID;
CREATE TABLE initials (letters TEXT PRIMARY KEY, form TEXT NOT NULL) WITHOUT ROWID;
"""
# Made last: filling a table that has them takes longer.
INDEXES = "CREATE INDEX by_entry ON names (entry)"
_NAME = "SELECT form, entry, ordinary, n.key FROM"


def write(path: Path, names: Sequence[Name]) -> None:
    """Write names, in their order.

    Raises:
        OSError: the file cannot be written.
    """
    keys = sorted((key, number) for number, name in enumerate(names) for key in keys_of(name))
    words = sorted(
        (digits_of(word), len(word), number, word, written)
        for number, (word, written) in enumerate(written_words(names).items())
    )
    with new_file(path) as connection:
        connection.executescript(TABLES)
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
            ((number, *name) for number, name in enumerate(names)),
        )
        connection.executemany("INSERT INTO keys VALUES (?, ?)", keys)
        connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?)", words)
        connection.executemany("INSERT INTO initials VALUES (?, ?)", sorted(initialled(names)))
        connection.execute(INDEXES)


class NameTables:
    """Names, opened: a `Lookup`, and `NameWords`. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        """Open what `write` wrote."""
        self._database = database
        self.close = database.close
        """Release it; twice does no harm."""
        self.following = memo(self._following, REMEMBERED)
        """The first key that is not before a text; empty where there is none."""
        self.named = memo(self._named, REMEMBERED)
        """The names that are looked up by a key, in their order."""
        self.like = memo(self._like, _GROUPS)
        """{key: how it is written} of the words of some length with some digits."""

    def expect(self, words: Sequence[Word]) -> None:
        """Nothing: what is mapped is at hand."""

    def by_initials(self, letters: str) -> str | None:
        """The one name whose words begin with these letters, if there is just one."""
        found = self._database.rows("SELECT form FROM initials WHERE letters = ?", letters)
        return found[0][0] if found else None

    def all(self) -> tuple[Name, ...]:
        """All names, in their order: for who builds, or checks."""
        return tuple(map(name_of, self._database.rows(f"{_NAME} names n ORDER BY number")))

    def of(self, entry: int) -> tuple[Name, ...]:
        """Those of an entry, in their order."""
        statement = f"{_NAME} names n WHERE entry = ? ORDER BY number"
        return tuple(map(name_of, self._database.rows(statement, entry)))

    def entries(self) -> tuple[int, int]:
        """The lowest and the highest ordinal of an entry that has a name; 0 and 0 without any."""
        [found] = self._database.rows(
            # One by one, as SQLite then looks at the ends of an index alone.
            "SELECT coalesce((SELECT min(entry) FROM names), 0), "
            "coalesce((SELECT max(entry) FROM names), 0)"
        )
        return found[0], found[1]

    def _following(self, text: str) -> str:
        found = self._database.rows(
            "SELECT key FROM keys WHERE key >= ? ORDER BY key LIMIT 1", text
        )
        return found[0][0] if found else ""

    def _named(self, key: str) -> tuple[Name, ...]:
        found = self._database.rows(
            f"{_NAME} keys k JOIN names n USING (number) WHERE k.key = ? ORDER BY number", key
        )
        return tuple(map(name_of, found))

    def _like(self, digits: str, length: int) -> Mapping[str, str]:
        return dict(
            self._database.rows(
                "SELECT word, written FROM words WHERE digits = ? AND length = ? ORDER BY number",
                digits,
                length,
            )
        )


def name_of(row: Sequence[Any]) -> Name:
    """The name of a row: form, entry, ordinary, key."""
    form, entry, ordinary, key = row
    return Name(form, entry, bool(ordinary), key)
