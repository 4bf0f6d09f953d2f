"""Words: BM25 over entries, in SQLite's FTS5 with Porter stemming.

FTS5 is in the standard library, opens in milliseconds, is updated row by row and holds no code.
On BEIR SciFact it scores nDCG@10 0.687, as Lucene's BM25 does (k1 1.2, b 0.75, both fixed).
"""

from __future__ import annotations

import math
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from copy import copy
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.data.languages import DEFAULT, has_spaces, is_unspaced, primary
from entrywise.data.words import content_words, plain_words
from entrywise.index.memo import memo
from entrywise.index.words.database import Database

Column = Literal["names", "body", "questions"]
COLUMNS: tuple[Column, ...] = ("names", "body", "questions")
TOLD: tuple[Column, ...] = ("names", "body")
"""What an entry says by itself."""

Ordinals = NDArray[np.int32]
"""int32 (n,), of entries."""
Scores = NDArray[np.float64]
"""float64 (n,), each above 0 where an entry holds a word."""

# More words than this add time and no meaning: a question has a dozen, a pasted log thousands.
_MAX_WORDS = 64
_LONGEST_WORD = 100
"""Characters: what is longer is no word, and would take memory where words are remembered."""
_MOST = 10_000
"""Entries of a word: the others are far down. Eight frequent words of 100,000 entries take 0.37 s
when they are searched for first, without this limit 0.57, and 0.6 ms when they are remembered."""
_REMEMBERED = 2_048
"""Words: 2 MB of a glossary, 30 MB where a word is in 1,000 entries on average."""


_MEDIUM_LENGTH = 1.5
"""What BM25 multiplies a word's rarity with where it is twice in a row of a usual length."""

_TRIGRAMS = "trigram"


def _cut(words: Iterable[str]) -> Iterator[str]:
    """What words are looked up by where three letters are one: of a run without spaces, which may
    be a whole sentence, each three; other words as they are."""
    for word in words:
        if is_unspaced(word):
            yield from (word[start : start + 3] for start in range(len(word) - 2))
        elif len(word) >= 3:
            yield word


class WordIndex:
    """BM25 scores of entries for a question's words. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open a file written by `write`."""
        self._database = Database(path)
        # An index that nobody closed is closed when the last one lets go of it.
        self._close = weakref.finalize(self, self._database.connection.close)
        self._left_out: tuple[int, ...] = ()
        self._remember()

    def _remember(self) -> None:
        # Questions share most of their words, and to look one up by FTS5 costs 0.05 ms.
        self._shares = memo(self._shares_of, _REMEMBERED)
        self._telling = memo(self._telling_of, _REMEMBERED)

    def without(self, row: int) -> WordIndex:
        """The same words, but for those of a row; closed with this one."""
        other = copy(self)
        other._left_out = (*self._left_out, row)
        other._remember()
        return other

    def close(self) -> None:
        """Release the file, and what is remembered of it; twice does no harm."""
        self._close()
        self._shares.cache_clear()
        self._telling.cache_clear()

    def scores(self, text: str, columns: Sequence[Column] = COLUMNS) -> Scores:
        """BM25 of every entry for the words that a text shares with some of its columns.

        Returns:
            float64 (entries,), by ordinal, higher is better; 0 for an entry that shares no word. A
            word adds to the score of the 10,000 entries to which it adds most.
        """
        scores = np.zeros(self._entries)
        for word in self._looked_up(content_words(text)):
            entries, shares = self._shares(word, tuple(columns))
            scores[entries] += shares
        return scores

    def likeness(self, text: str) -> Scores:
        """How much of a text's words every row says, in [0, 1].

        It is BM25, divided by that of a row that would be the best one for each word; a word that
        no row has counts as if the rarest was found. So one common word that a row shares with a
        text makes it no more like this, whatever the others share.

        Returns:
            float64 (rows,).
        """
        scores, best = np.zeros(self._entries), 0.0
        for word in self._looked_up(content_words(text)):
            rows, shares = self._shares(word, COLUMNS)
            scores[rows] += shares
            best += shares.max() if len(shares) else _MEDIUM_LENGTH * self._rarity(0)
        return scores / best if best else scores

    def coverage(self, words: Sequence[str], among: Sequence[int]) -> float:
        """How much of what the words say the one of some entries holds that holds most of it, in
        its names and text; how people ask for it does not count.

        Args:
            words: distinct, in lower case; the first 64 of at most 100 characters are looked at.
            among: ordinals of entries.

        Returns:
            the share, in [0, 1], of the words' inverse document frequencies
            ln(1 + (N - df + 0.5) / (df + 0.5)) that falls on words of the entry; a df above 10,000
            counts as 10,000.
        """
        total, held = 0.0, np.zeros(self._entries)
        for word in self._looked_up(words):
            entries = self._telling(word)
            weight = self._rarity(len(entries))
            total += weight
            held[entries] += weight
            if len(entries) == _MOST:
                others = set(among).difference(entries.tolist())
                held[[entry for entry in others if self._tells(word, entry)]] += weight
        return float(held[list(among)].max(initial=0.0)) / total if total else 0.0

    def matched(self, words: Sequence[str], among: Sequence[int]) -> float:
        """How many of some words some entries hold, each in one of them at least, a word counted by
        its rarity: 1 for one that no other entry has, next to nothing for one that most have. The
        arguments are those of `coverage`.
        """
        total = 0.0
        is_among = np.zeros(self._entries, bool)
        is_among[list(among)] = True
        for word in self._looked_up(words):
            entries = self._telling(word)
            if is_among[entries].any() or (
                len(entries) == _MOST and any(self._tells(word, entry) for entry in among)
            ):
                total += self._rarity(len(entries))
        return total / self._rarity(1)

    def rarities(self, words: Sequence[str]) -> list[float]:
        """The inverse document frequency of each of some words, in lower case, as `coverage`
        weighs them."""
        return [self._rarity(len(self._telling(word[:_LONGEST_WORD]))) for word in words]

    def _rarity(self, holding: int) -> float:
        return math.log(1 + (self._entries - holding + 0.5) / (holding + 0.5))

    def known(self, words: Iterable[str]) -> list[bool]:
        """Whether some entry's names or text hold each of some words, in lower case."""
        return [len(self._telling(word)) > 0 for word in self._looked_up(words)]

    def _looked_up(self, words: Iterable[str]) -> list[str]:
        cut = dict.fromkeys(_cut(words)) if self._has_trigrams else words
        return list(islice((word for word in cut if len(word) <= _LONGEST_WORD), _MAX_WORDS))

    @cached_property
    def _has_trigrams(self) -> bool:
        [(made,)] = self._database.rows("SELECT sql FROM sqlite_master WHERE name = 'entries'")
        return _TRIGRAMS in made

    def __len__(self) -> int:
        """How many rows there are."""
        return self._entries

    def check(self) -> None:
        """Read all of it.

        Raises:
            IndexDamaged: SQLite finds a fault.
        """
        [(found, *_), *_] = self._database.rows("PRAGMA integrity_check")
        if found != "ok":
            raise IndexDamaged(f"the index's words are damaged ({found}); build it again")

    @cached_property
    def _entries(self) -> int:
        [(count,)] = self._database.rows("SELECT count(*) FROM entries_docsize")
        return int(count)

    def mentions(self, phrase: str) -> bool:
        """Whether some entry's name or text holds these words next to each other."""
        words = plain_words(phrase)[:_MAX_WORDS]
        if not words:
            return False
        found = self._database.rows(
            f"SELECT rowid FROM entries WHERE entries MATCH ? LIMIT {1 + len(self._left_out)}",
            _match(TOLD, " ".join(words)),
        )
        return any(row not in self._left_out for (row,) in found)

    def beginning(self, words: Sequence[str], columns: Sequence[Column], most: int) -> list[int]:
        """The first rows whose columns hold all words, the last one as it is or as a beginning."""
        *whole, last = [f'"{word}"' for word in self._looked_up(words)] or [""]
        if not last:
            return []
        match = f"{{{' '.join(columns)}}} : ({' AND '.join((*whole, f'{last}*'))})"
        found = self._database.rows(
            "SELECT rowid FROM entries WHERE entries MATCH ? LIMIT ?", match, most
        )
        return [row for (row,) in found]

    def _shares_of(self, word: str, columns: tuple[Column, ...]) -> tuple[Ordinals, Scores]:
        """The entries that hold a word, and what it adds to the score of each: BM25 is a sum."""
        found = self._database.rows(
            "SELECT rowid, -bm25(entries) AS share FROM entries WHERE entries MATCH ? "
            f"ORDER BY share DESC LIMIT {_MOST}",
            _match(columns, word),
        )
        table = np.array(self._kept(found), dtype=np.float64).reshape(-1, 2)
        return table[:, 0].astype(np.int32), table[:, 1].copy()

    def _telling_of(self, word: str) -> Ordinals:
        """The first entries whose names or text hold a word."""
        found = self._database.rows(
            f"SELECT rowid FROM entries WHERE entries MATCH ? LIMIT {_MOST}", _match(TOLD, word)
        )
        return np.array(self._kept(found), dtype=np.int32).reshape(-1)

    def _kept(self, found: list[Any]) -> list[Any]:
        """Of what begins with the number of a row, that of rows which are not left out."""
        return [row for row in found if row[0] not in self._left_out] if self._left_out else found

    def _tells(self, word: str, entry: int) -> bool:
        match = _match(TOLD, word)
        return bool(
            self._database.rows(
                "SELECT 1 FROM entries WHERE entries MATCH ? AND rowid = ?", match, entry
            )
        )


def _match(columns: Iterable[Column], phrase: str) -> str:
    """A search for a phrase, without a quotation mark in it, in some columns."""
    return f'{{{" ".join(columns)}}} : "{phrase}"'


def write(path: Path, rows: Iterable[tuple[str, str, str]], language: str = DEFAULT) -> None:
    """Write one row an entry: its names, its text, and its ways of asking.

    Args:
        language: English words are stemmed (Porter); those of other languages are taken as they
            are, without accents; where words are not written apart, three letters are a word.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            _fill(connection, rows, _tokenizer(language))
    except sqlite3.OperationalError as error:
        raise OSError(f"{path.name}: {error}") from error


def _tokenizer(language: str) -> str:
    if not has_spaces(language):
        return _TRIGRAMS
    return "porter unicode61" if primary(language) == "en" else "unicode61 remove_diacritics 2"


def _fill(
    connection: sqlite3.Connection, rows: Iterable[tuple[str, str, str]], tokenizer: str
) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE entries USING fts5({', '.join(COLUMNS)}, "
        f"content='', tokenize='{tokenizer}')"
    )
    connection.executemany(
        "INSERT INTO entries(rowid, names, body, questions) VALUES (?, ?, ?, ?)",
        ((ordinal, *row) for ordinal, row in enumerate(rows)),
    )
    connection.execute("INSERT INTO entries(entries) VALUES ('optimize')")
