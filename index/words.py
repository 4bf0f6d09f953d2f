"""Words: BM25 over entries, in SQLite's FTS5 with Porter stemming.

FTS5 is in the standard library, opens in milliseconds, is updated row by row and holds no code.
On BEIR SciFact it scores nDCG@10 0.687, as Lucene's BM25 does (k1 1.2, b 0.75, both fixed).
"""

from __future__ import annotations

import math
import re
import sqlite3
import weakref
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from entrywise.data.errors import IndexDamaged

Column = Literal["names", "body", "questions"]
COLUMNS: tuple[Column, ...] = ("names", "body", "questions")

_WORD = re.compile(r"\w+")
# More words than this add time and no meaning: a question has a dozen, a pasted log thousands.
_MAX_WORDS = 64
_LONGEST_WORD = 100
"""Characters: what is longer is no word, and would take memory where words are remembered."""
_COUNTED = 1_000
"""Entries that hold a word: beyond so many, their number says nothing."""
_SELDOM = 0.1
"""A word that fewer entries have, in this form, is taken for rare, however common its stem is: that
costs a search time and nothing else."""
_REMEMBERED = 4_096
"""Words, and the entries that hold them: at most 32 MB, of a glossary one."""
# Lucene's English stop words: they cost most of the time of a search and move no result.
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with".split()
)


def content_words(text: str) -> list[str]:
    """The distinct words of a text in lower case, in order, without stop words."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text))
    return [word for word in words if word not in STOP_WORDS] or list(words)


def _looked_up(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(word) <= _LONGEST_WORD][:_MAX_WORDS]


class WordIndex:
    """BM25 scores of entries for a question's words. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open a file written by `write`, read-only and memory-mapped."""
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._connection.execute("PRAGMA mmap_size = 268435456")
        # An index that nobody closed is closed when the last one lets go of it.
        self._close = weakref.finalize(self, self._connection.close)
        # Questions share most of their words.
        self._telling = lru_cache(_REMEMBERED)(self._entries_that_tell)
        # A connection caches its prepared statements, and two threads must not step one at a time.
        self._lock = Lock()

    def close(self) -> None:
        """Release the file; twice does no harm."""
        self._close()

    def search(self, text: str, limit: int, columns: Sequence[Column]) -> dict[int, float]:
        """The entries that share words with a text.

        In all columns, words that half of the entries have count only where the text has no
        others: BM25 gives them next to nothing (FTS5: a millionth), and they cost half of the time.

        Returns:
            {entry ordinal: BM25 score > 0, higher is better}, the `limit` best, best first.
        """
        words = _looked_up(content_words(text))
        everywhere = set(columns) == set(COLUMNS)
        if everywhere:
            words = [word for word in words if word not in self._common] or words
        if not words:
            return {}
        terms = " OR ".join(f'"{word}"' for word in words)
        # A filter costs time even where it lets everything pass.
        match = terms if everywhere else f"{{{' '.join(columns)}}} : ({terms})"
        rows = self._rows(
            "SELECT rowid, bm25(entries) AS score FROM entries WHERE entries MATCH ? "
            "ORDER BY score, rowid LIMIT ?",
            match,
            limit,
        )
        return {ordinal: -score for ordinal, score in rows}

    def coverage(self, words: Sequence[str], among: Sequence[int]) -> float:
        """How much of what the words say the one of some entries holds that holds most of it, in
        its names and text; how people ask for it does not count.

        Args:
            words: distinct, in lower case; the first 64 of at most 100 characters are looked at.
            among: ordinals of entries.

        Returns:
            the share, in [0, 1], of the words' inverse document frequencies
            ln(1 + (N - df + 0.5) / (df + 0.5)) that falls on words of the entry; a df above 1,000
            counts as 1,000.
        """
        total = 0.0
        held = dict.fromkeys(among, 0.0)
        for word in _looked_up(words):
            told = self._telling(word)
            weight = math.log(1 + (self._entries - len(told) + 0.5) / (len(told) + 0.5))
            total += weight
            for entry in held:
                if entry in told or (len(told) == _COUNTED and self._tells(word, entry)):
                    held[entry] += weight
        return max(held.values(), default=0.0) / total if total else 0.0

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words that at least half of the entries have."""
        return frozenset(word for (word,) in self._rows("SELECT word FROM common"))

    @cached_property
    def _entries(self) -> int:
        """How many entries there are."""
        [(count,)] = self._rows("SELECT count(*) FROM entries_docsize")
        return int(count)

    def _entries_that_tell(self, word: str) -> array[int]:
        """The entries whose names or text hold a word, up to a thousand."""
        rows = self._rows(
            f"SELECT rowid FROM entries WHERE entries MATCH ? LIMIT {_COUNTED}", _told(word)
        )
        return array("q", [entry for (entry,) in rows])

    def _tells(self, word: str, entry: int) -> bool:
        rows = self._rows(
            "SELECT 1 FROM entries WHERE entries MATCH ? AND rowid = ?", _told(word), entry
        )
        return bool(rows)

    def mentions(self, phrase: str) -> bool:
        """Whether some entry's name or text holds these words next to each other."""
        words = _WORD.findall(phrase.lower())[:_MAX_WORDS]
        if not words:
            return False
        return bool(
            self._rows(
                "SELECT 1 FROM entries WHERE entries MATCH ? LIMIT 1",
                f'{{names body}} : "{" ".join(words)}"',
            )
        )

    def _rows(self, statement: str, *parameters: object) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(statement, parameters).fetchall()
        except sqlite3.ProgrammingError:
            raise  # The index was closed: a mistake of the caller's, not damage.
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"the index's words cannot be read ({error}); build it again"
            ) from error


def _told(word: str) -> str:
    return f'{{names body}} : "{word}"'


def write(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    """Write one row an entry: its names, its text, and its ways of asking.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            _fill(connection, rows)
    except sqlite3.OperationalError as error:
        raise OSError(f"{path.name}: {error}") from error


def _fill(connection: sqlite3.Connection, rows: Sequence[tuple[str, str, str]]) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE entries USING fts5({', '.join(COLUMNS)}, "
        "content='', tokenize='porter unicode61')"
    )
    connection.executemany(
        "INSERT INTO entries(rowid, names, body, questions) VALUES (?, ?, ?, ?)",
        ((ordinal, *row) for ordinal, row in enumerate(rows)),
    )
    connection.execute("INSERT INTO entries(entries) VALUES ('optimize')")
    connection.execute("CREATE TABLE common(word TEXT NOT NULL)")
    forms = Counter(word for row in rows for word in content_words(" ".join(row)))
    often = (word for word, count in forms.items() if count >= _SELDOM * len(rows))
    common = [(word,) for word in often if 2 * _count(connection, word) >= len(rows)]
    connection.executemany("INSERT INTO common VALUES (?)", common)


def _count(connection: sqlite3.Connection, word: str) -> int:
    """How many entries have a word, by its stem."""
    match = (f'"{word}"',)
    [(count,)] = connection.execute("SELECT count(*) FROM entries WHERE entries MATCH ?", match)
    return int(count)
