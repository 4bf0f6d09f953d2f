"""The names of an index on disk: only what a question needs is read. Beside them stand their words,
with which misspelt ones are compared, and names by their initials."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from entrywise.data.words import Word, name_words
from entrywise.index.memo import memo
from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import keys_of
from entrywise.index.passages.carryover import carried
from entrywise.index.passages.rows import UNKNOWN, Ordinals, inverse
from entrywise.index.words.database import Database, attach, insert, new_file

REMEMBERED = 8_192
"""Keys: questions share most of their words, and to look one up costs 8 µs."""
_GROUPS = 64
"""Groups of words of one length: of 100,000 names 2 MB each."""
FEWEST = 4
"""Letters of a word that may be put right within a name of several words."""
_WORD = 3
"""The column of a word in its table."""
_INITIALS = 2
"""Words of a name that its first letters may stand for, at least."""

_TABLES = """
CREATE TABLE names (
    number INTEGER PRIMARY KEY, form TEXT NOT NULL, entry INTEGER NOT NULL,
    ordinary INTEGER NOT NULL, key TEXT NOT NULL);
CREATE TABLE keys (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE words (
    digits TEXT, length INTEGER, number INTEGER, word TEXT, written TEXT NOT NULL,
    PRIMARY KEY (digits, length, number, word)) WITHOUT ROWID;
CREATE TABLE initials (letters TEXT PRIMARY KEY, form TEXT NOT NULL) WITHOUT ROWID;
"""
# Made last: filling a table that has them takes longer.
_BY_ENTRY = "CREATE INDEX by_entry ON names (entry)"
_NAME = "SELECT form, entry, ordinary, n.key FROM"
_TEMPORARY = """
CREATE TEMP TABLE kept (before INTEGER PRIMARY KEY, number INTEGER, entry INTEGER);
CREATE TEMP TABLE new_names AS SELECT * FROM names;
CREATE TEMP TABLE new_keys AS SELECT * FROM keys;
CREATE TEMP TABLE told_words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE new_words AS SELECT * FROM words;
CREATE TEMP TABLE told_initials (letters TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE new_initials AS SELECT * FROM initials;
"""
_NAMES = """
INSERT INTO names
SELECT k.number, form, k.entry, ordinary, key
FROM kept k CROSS JOIN old.names o ON o.number = k.before
UNION ALL SELECT * FROM new_names ORDER BY 1
"""
# The old ones are in the order of their keys already.
_KEYS = """
INSERT INTO keys
SELECT key, k.number FROM old.keys o CROSS JOIN kept k ON k.before = o.number
UNION ALL SELECT * FROM new_keys ORDER BY 1, 2
"""
# The first name of each of these is still there, and no new one comes before it.
_WORDS = """
INSERT INTO words
SELECT digits, length, k.number, word, written
FROM old.words o CROSS JOIN kept k ON k.before = o.number
WHERE word NOT IN (SELECT word FROM told_words)
UNION ALL SELECT * FROM new_words ORDER BY 1, 2, 3, 4
"""
_INITIALLED = """
INSERT INTO initials
SELECT letters, form FROM old.initials
WHERE letters NOT IN (SELECT letters FROM told_initials)
UNION ALL SELECT * FROM new_initials ORDER BY 1
"""


def write(path: Path, names: Sequence[Name]) -> None:
    """Write names, in their order.

    Raises:
        OSError: the file cannot be written.
    """
    with new_file(path) as connection:
        connection.executescript(_TABLES)
        insert(connection, "names", ((number, *name) for number, name in enumerate(names)))
        insert(connection, "keys", iter(_keys(enumerate(names))))
        insert(connection, "words", iter(sorted(_words(enumerate(names)))))
        insert(connection, "initials", iter(sorted(initialled(names))))
        connection.execute(_BY_ENTRY)


def update(path: Path, old: Path, before: Ordinals, names: Sequence[Name]) -> None:
    """Write what `write` writes: SQLite copies the rows of all but some entries, and what is told
    of words and initials that no other name has.

    Args:
        old: the names of another index.
        before: where each entry is there, `UNKNOWN` of one that is other or new; in their order.
        names: those of the entries that are other or new, in their order.

    Raises:
        OSError: the file cannot be written.
    """
    with new_file(path) as connection:
        connection.executescript(_TABLES)
        attach(connection, old)
        connection.executescript(_TEMPORARY)
        found = connection.execute("SELECT entry FROM old.names ORDER BY number")
        had = np.fromiter(chain.from_iterable(found), np.int32).reshape(-1, 1)
        come = np.array([name.entry for name in names], np.int32).reshape(-1, 1)
        owners, rows = carried(before, had, come)
        is_new = rows == UNKNOWN
        kept = np.column_stack([rows, np.arange(len(rows)), owners])[~is_new]
        insert(connection, "kept", zip(*kept.T.tolist(), strict=True))
        new = dict(zip(np.flatnonzero(is_new).tolist(), names, strict=True))
        insert(connection, "new_names", ((number, *name) for number, name in new.items()))
        insert(connection, "new_keys", iter(_keys(new.items())))
        connection.execute(_NAMES)
        connection.execute(_KEYS)
        gone = np.flatnonzero(inverse(rows, len(had)) == UNKNOWN).tolist()
        statement = "SELECT key FROM old.names WHERE number = ?"
        left = (connection.execute(statement, (number,)).fetchone()[0] for number in gone)
        _tell_again(connection, {*left, *(name.key for name in names)})
        connection.execute(_BY_ENTRY)


def _tell_again(connection: sqlite3.Connection, others: Collection[str]) -> None:
    """Write words and initials, those that names with some keys have by all names that are written,
    all others as they are in the old file."""
    words = {word for key in others for word in key.split(" ")}
    letters = {*map(initials_of, others)} - {""}
    keys = connection.execute("SELECT number, key FROM names ORDER BY number")
    having = [
        number
        for number, key in keys
        if not words.isdisjoint(key.split(" ")) or initials_of(key) in letters
    ]
    statement = f"{_NAME} names n WHERE number = ?"
    names = [name_of(connection.execute(statement, (one,)).fetchone()) for one in having]
    told = (row for row in _words(zip(having, names, strict=True)) if row[_WORD] in words)
    initials = (row for row in initialled(names) if row[0] in letters)
    insert(connection, "told_words", ((word,) for word in words))
    insert(connection, "new_words", iter(sorted(told)))
    insert(connection, "told_initials", ((one,) for one in letters))
    insert(connection, "new_initials", iter(sorted(initials)))
    connection.execute(_WORDS)
    connection.execute(_INITIALLED)


def _keys(names: Iterable[tuple[int, Name]]) -> list[tuple[str, int]]:
    """What names are looked up by, and their numbers."""
    return sorted((key, number) for number, name in names for key in keys_of(name))


def _words(names: Iterable[tuple[int, Name]]) -> Iterator[tuple[str, int, int, str, str]]:
    """The rows of the words of names with their numbers."""
    numbers: dict[str, int] = {}

    def numbered() -> Iterator[Name]:
        for number, name in names:
            for key in name.key.split(" "):
                numbers.setdefault(key, number)
            yield name

    for word, written in written_words(numbered()).items():
        yield digits_of(word), len(word), numbers[word], word, written


class NameTables:
    """Names, opened: a `Lookup`, and their words. Safe to share between threads."""

    expect: Callable[[Sequence[Word]], None] | None = None

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
        """{key: how the first name that has the word writes it} of the words of some length with
        some digits, in the order of the names: a number is another name, not a slip, so MXFP6 is
        not MXFP4."""

    def by_initials(self, letters: str) -> str | None:
        """The one name whose words begin with these letters, in lower case, if there is just
        one."""
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
                "SELECT word, written FROM words WHERE digits = ? AND length = ? "
                "ORDER BY number, word",
                digits,
                length,
            )
        )


def name_of(row: Sequence[Any]) -> Name:
    """The name of a row: form, entry, ordinary, key."""
    form, entry, ordinary, key = row
    return Name(form, entry, bool(ordinary), key)


def digits_of(key: str) -> str:
    """The digits of a word, in order."""
    return "" if key.isalpha() else "".join(sorted(filter(str.isdigit, key)))


def written_words(names: Iterable[Name]) -> dict[str, str]:
    """{key of a word: how the first name that has it writes it}, in the order of the names, those
    of one name in the order of the alphabet."""
    written: dict[str, str] = {}
    for name in names:
        for key in sorted(name.key.split(" ")):
            if len(key) >= FEWEST and key not in written:
                written[key] = _written(name.form, key)
    return written


def _written(form: str, key: str) -> str:
    if form == form.lower():
        return key
    word = next(word for word in name_words(form) if word.key == key)
    # The plural of "Adapters" is the name's, not the question's.
    text = form[word.start : word.end]
    return text if text.lower() == key else key


def initialled(names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """(first letters, form) where just one entry has names whose words begin with the letters."""
    forms: dict[str, str] = {}
    owners: dict[str, int] = {}
    shared: set[str] = set()
    for name in names:
        if letters := initials_of(name.key):
            forms.setdefault(letters, name.form)
            if owners.setdefault(letters, name.entry) != name.entry:
                shared.add(letters)
    yield from ((letters, form) for letters, form in forms.items() if letters not in shared)


def initials_of(key: str) -> str:
    """The first letters of what a name is looked up by, where they may stand for it; else empty.

    >>> initials_of("group query attention"), initials_of("attention")
    ('gqa', '')
    """
    words = key.split()
    return "".join([word[0] for word in words]) if len(words) >= _INITIALS else ""
