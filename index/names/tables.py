"""The names of an index on disk: only what a question needs is read. Beside them stand their words,
with which misspelt ones are compared, and names by their initials."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from entrywise.data.words import Word, name_words
from entrywise.index.memo import memo
from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import keys_of
from entrywise.index.words.database import Database, new_file

REMEMBERED = 8_192
"""Keys: questions share most of their words, and to look one up costs 8 µs."""
_GROUPS = 64
"""Groups of words of one length: of 100,000 names 2 MB each."""
FEWEST = 4
"""Letters of a word that may be put right within a name of several words."""
_INITIALS = 2
"""Words of a name that its first letters may stand for, at least."""

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
                "SELECT word, written FROM words WHERE digits = ? AND length = ? ORDER BY number",
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
    return "".join(sorted(filter(str.isdigit, key)))


def written_words(names: Iterable[Name]) -> dict[str, str]:
    """{key of a word: how the first name that has it writes it}, in the order of the names."""
    written: dict[str, str] = {}
    for name in names:
        for word in name_words(name.form):
            if len(word.key) >= FEWEST:
                form = name.form[word.start : word.end]
                # The plural of "Adapters" is the name's, not the question's.
                written.setdefault(word.key, form if form.lower() == word.key else word.key)
    return written


def initialled(names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """(first letters, form) where just one entry has names whose words begin with the letters."""
    initials: dict[str, dict[int, str]] = {}
    for name in names:
        if letters := initials_of(name.key):
            initials.setdefault(letters, {}).setdefault(name.entry, name.form)
    for letters, owners in initials.items():
        if len(owners) == 1:
            yield letters, next(iter(owners.values()))


def initials_of(key: str) -> str:
    """The first letters of what a name is looked up by, where they may stand for it; else empty.

    >>> initials_of("group query attention"), initials_of("attention")
    ('gqa', '')
    """
    words = key.split()
    return "".join([word[0] for word in words]) if len(words) >= _INITIALS else ""
