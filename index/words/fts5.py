"""Words in SQLite's FTS5, English ones with its Porter stemming, others as `stems.py` gives them.

FTS5 is in the standard library, opens in milliseconds, is updated row by row and holds no code.
On BEIR SciFact its BM25 scores nDCG@10 0.687, as Lucene's does (k1 1.2, b 0.75, both fixed).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from entrywise.data.errors import IndexDamaged
from entrywise.index.words.base import COLUMNS, MOST, TOLD, Column, Ordinals, Scores
from entrywise.index.words.common_words import CommonWords
from entrywise.index.words.database import SqliteFile
from entrywise.index.words.row_numbers import read_numbers, rows_of

_SHARES = (
    "SELECT rowid, -bm25(entries) AS share FROM entries WHERE entries MATCH ? "
    f"ORDER BY share DESC LIMIT {MOST}"
)
_TELLING = f"SELECT rowid FROM entries WHERE entries MATCH ? LIMIT {MOST}"


class Fts5Words:
    """A `WordStore`: one table of FTS5."""

    expect = None

    def __init__(self, path: Path) -> None:
        """Open a file of `writing.py`."""
        self.database = SqliteFile(path)
        self.close = self.database.close
        """Release the file; twice does no harm."""

        self._numbers = read_numbers(self.database)
        self.rows = len(self._numbers)
        """How many there are."""
        [(made,)] = self.database.rows("SELECT sql FROM sqlite_master WHERE name = 'entries'")
        self._common = CommonWords(self.database, tokenizer_of(made))

    def shares(self, word: str, columns: Sequence[Column]) -> tuple[Ordinals, Scores]:
        """The rows that hold a word, and what it adds to the score of each."""
        if columns == COLUMNS and (known := self._common.find(word)):
            return known.rows, known.shares
        found = self.database.rows(_SHARES, _match(columns, word))
        table = np.array(found, dtype=np.float64).reshape(-1, 2)
        return rows_of(self._numbers, table[:, 0].astype(np.int64)), table[:, 1].copy()

    def telling(self, word: str) -> Ordinals:
        """The first rows whose names or text hold a word."""
        if known := self._common.find(word):
            return known.telling
        return self._ordinals(self.database.rows(_TELLING, _match(TOLD, word)))

    def tells(self, word: str, row: int) -> bool:
        """Whether the names or text of a row hold a word."""
        match = _match(TOLD, word)
        statement = "SELECT 1 FROM entries WHERE entries MATCH ? AND rowid = ?"
        return bool(self.database.rows(statement, match, int(self._numbers[row])))

    def phrase(self, words: Sequence[str], most: int) -> list[int]:
        """The first rows whose names, or whose text, hold these words next to each other."""
        return self._first(_match(TOLD, " ".join(words)), most)

    def beginning(self, words: Sequence[str], columns: Sequence[Column], most: int) -> list[int]:
        """The first rows whose columns hold all words, the last one as it is or as a beginning."""
        *whole, last = words
        wanted = " AND ".join((*map(_phrase, whole), f"{_phrase(last)}*"))
        return self._first(f"{{{' '.join(columns)}}} : ({wanted})", most)

    def check(self) -> None:
        """Read all of it, or raise IndexDamaged."""
        [(found, *_), *_] = self.database.rows("PRAGMA integrity_check")
        if found != "ok":
            raise IndexDamaged(f"the index's words are damaged ({found}); build it again")

    def _first(self, match: str, most: int) -> list[int]:
        statement = "SELECT rowid FROM entries WHERE entries MATCH ? LIMIT ?"
        found: list[int] = self._ordinals(self.database.rows(statement, match, most)).tolist()
        return found

    def _ordinals(self, found: Sequence[tuple[int]]) -> Ordinals:
        return rows_of(self._numbers, np.array(found, np.int64).reshape(-1))


def _match(columns: Iterable[Column], phrase: str) -> str:
    """A search for a phrase in some columns."""
    return f"{{{' '.join(columns)}}} : {_phrase(phrase)}"


def _phrase(text: str) -> str:
    """A phrase as FTS5 reads one: it ends at a zero byte, which is no letter of any word."""
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'


def tokenizer_of(made: str) -> str:
    """The tokenizer that a statement made a table with."""
    return made.partition("tokenize='")[2].partition("'")[0]
