"""The protocol of a word store: one method for each thing that the formulas of `index.py` need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Column = Literal["names", "body", "questions"]
COLUMNS: tuple[Column, ...] = ("names", "body", "questions")
TOLD: tuple[Column, ...] = ("names", "body")
"""What an entry says by itself."""

Ordinals = NDArray[np.int32]
"""int32 (n,), of rows."""
Scores = NDArray[np.float64]
"""float64 (n,), each above 0 where a row holds a word."""

MOST = 10_000
"""Rows of a word: the others are far down. Eight frequent words of 100,000 entries take 0.37 s
when they are searched for first, without this limit 0.57, and 0.6 ms when they are remembered."""
REMEMBERED = 2_048
"""Words: 2 MB of a glossary, 30 MB where a word is in 1,000 entries on average."""


class WordStore(Protocol):
    """Texts in rows of three columns, by their words. Safe to share between threads.

    A word is in lower case and of no more than 100 characters; it is looked up as the texts' words
    are kept, English ones by their stem, and one that falls into several as a phrase. Of other
    languages texts and words come as `stems.py` makes them.
    """

    @property
    def rows(self) -> int:
        """How many rows there are."""
        ...

    @property
    def expect(self) -> Callable[[Sequence[str]], None] | None:
        """Reads some words at once, which will be asked for; None where all is at hand."""
        ...

    def shares(self, word: str, columns: Sequence[Column]) -> tuple[Ordinals, Scores]:
        """The rows whose columns hold a word, and what it adds to the BM25 of each (k1 1.2, b 0.75,
        lengths of whole rows), the `MOST` to which it adds most, the largest first."""
        ...

    def telling(self, word: str) -> Ordinals:
        """The first `MOST` rows whose names or text hold a word, in ascending order."""
        ...

    def tells(self, word: str, row: int) -> bool:
        """Whether the names or text of a row hold a word."""
        ...

    def phrase(self, words: Sequence[str], most: int) -> list[int]:
        """The first rows whose names, or whose text, hold these words next to each other."""
        ...

    def beginning(self, words: Sequence[str], columns: Sequence[Column], most: int) -> list[int]:
        """The first rows whose columns hold all words, the last one as it is or as a beginning."""
        ...

    def check(self) -> None:
        """Read all of it.

        Raises:
            IndexDamaged: there is a fault in it.
        """
        ...

    def close(self) -> None:
        """Release it; twice does no harm."""
        ...
