"""The words that entries share with a text: BM25, and how much of a text's words an entry holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from itertools import islice

import numpy as np

from entrywise.data.languages import DEFAULT, is_english
from entrywise.data.words import content_words, plain_words, singular
from entrywise.index.memo import memo
from entrywise.index.words.base import (
    COLUMNS,
    MOST,
    REMEMBERED,
    Column,
    Ordinals,
    Scores,
    WordStore,
)

# More words than this add time and no meaning: a question has a dozen, a pasted log thousands.
_MAX_WORDS = 64
_LONGEST_WORD = 100
"""Characters: what is longer is no word, and would take memory where words are remembered."""

_SHORTEST_STEM, _ENDING = 4, 5
"""Letters of a stem that a typed word is taken for, and of its ending."""

OF_A_PHRASE = 2.0
"""What the rarity of a phrase is multiplied with: of 167 options of four programs ("what does
--one-file-system do") the first quote had 104, with 1.0 97, without 79.
`benchmarks/options.py` asks for them."""

_MEDIUM_LENGTH = 1.5
"""What BM25 multiplies a word's rarity with where it is twice in a row of a usual length."""


class WordIndex:
    """BM25 scores of entries for a question's words. Safe to share between threads."""

    def __init__(self, store: WordStore, language: str = DEFAULT) -> None:
        """
        Args:
            language: that of the texts, as the store was written.
        """
        self._store = store
        self._is_english = is_english(language)
        self.key: Callable[[str], str] = str
        """What a word in lower case is looked up by; English ones are stemmed by the store."""
        self.form: Callable[[str], str] = singular
        """What it is compared by."""
        if not self._is_english:
            # Here, as English needs none of it.
            from entrywise.index.words.stems import keys

            self.key = self.form = keys(language)
        self.check = store.check
        """Read all of it, or raise IndexDamaged."""
        self._left_out: tuple[int, ...] = ()
        self._remember()

    def _remember(self) -> None:
        # Questions share most of their words, and to look one up by FTS5 costs 0.05 ms.
        self._shares = memo(self._shares_of, REMEMBERED)
        self._telling = memo(self._telling_of, REMEMBERED)
        self._holding = memo(self._phrase_rows, REMEMBERED)

    def without(self, row: int) -> WordIndex:
        """This index without the words of one row; closed with this one."""
        other = copy(self)
        other._left_out = (*self._left_out, row)
        other._remember()
        return other

    def close(self) -> None:
        """Release the words, and what is remembered of them; twice does no harm."""
        self._store.close()
        self._shares.cache_clear()
        self._telling.cache_clear()

    def stem(self, word: str) -> str:
        """What is left of a word, in lower case, without its endings: "configur" of
        "configuration"."""
        # Here, as few English questions need it.
        from entrywise.index.words.stems import keys

        return keys(DEFAULT)(word) if self._is_english else self.key(word)

    def scores(self, text: str, columns: Sequence[Column] = COLUMNS) -> Scores:
        """BM25 of every entry for the words that a text shares with some of its columns.

        Returns:
            float64 (entries,), by ordinal, higher is better; 0 for an entry that shares no word. A
            word adds to the score of the 10,000 entries to which it adds most.
        """
        scores = np.zeros(self._store.rows)
        for word in self._looked_up(content_words(text)):
            entries, shares = self._shares(word, tuple(columns))
            scores[entries] += shares
        return scores

    def likeness(
        self, text: str, phrases: Iterable[str] = (), absent: Collection[str] = ()
    ) -> Scores:
        """How much of a text's words every row says, in [0, 1].

        It is BM25, divided by that of a row that would be the best one for each word; a word that
        no row has counts as if the rarest was found. So one common word that a row shares with a
        text makes it no more like this, whatever the others share.

        Args:
            phrases: several words of the text that mean one thing next to each other: what holds
                them so is more like it by their rarity as one word, twice. Where nothing does,
                none is more like it by one of them.
            absent: those of them that nothing is to hold, whatever does.

        Returns:
            float64 (rows,).
        """
        scores, best = np.zeros(self._store.rows), 0.0
        meaningless = self.meaningless(named := list(phrases), absent)
        for phrase in named:
            holding = self._holding(phrase)
            share = OF_A_PHRASE * self._rarity(len(holding))
            if phrase not in absent:
                scores[holding] += share
            best += share
        words = (word for word in content_words(text) if word not in meaningless)
        for word in self._looked_up(words):
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
        total, held = 0.0, np.zeros(self._store.rows)
        for word in self._looked_up(words):
            entries = self._telling(word)
            weight = self._rarity(len(entries))
            total += weight
            held[entries] += weight
            if len(entries) == MOST:
                others = set(among).difference(entries.tolist())
                held[[entry for entry in others if self._store.tells(word, entry)]] += weight
        return float(held[list(among)].max(initial=0.0)) / total if total else 0.0

    def matched(self, words: Sequence[str], among: Sequence[int]) -> float:
        """How many of some words some entries hold, each in one of them at least, a word counted by
        its rarity: 1 for one that no other entry has, next to nothing for one that most have. The
        arguments are those of `coverage`.
        """
        total = 0.0
        is_among = np.zeros(self._store.rows, bool)
        is_among[list(among)] = True
        for word in self._looked_up(words):
            entries = self._telling(word)
            if is_among[entries].any() or (
                len(entries) == MOST and any(self._store.tells(word, entry) for entry in among)
            ):
                total += self._rarity(len(entries))
        return total / self._rarity(1)

    def rarities(self, words: Sequence[str]) -> list[float]:
        """The inverse document frequency of each of some words, in lower case, as `coverage`
        weighs them."""
        cut = self._expected(word[:_LONGEST_WORD] for word in words)
        return [self._rarity(len(self._telling(word))) for word in cut]

    def _rarity(self, holding: int) -> float:
        return math.log(1 + (self._store.rows - holding + 0.5) / (holding + 0.5))

    def known(self, words: Iterable[str]) -> list[bool]:
        """Whether some entry's names or text hold each of some words, in lower case."""
        return [len(self._telling(word)) > 0 for word in self._looked_up(words)]

    def first(self, word: str, most: int) -> list[int]:
        """The first rows whose names or texts hold a word, in lower case, or a form of it."""
        return [int(row) for row in self._telling(self.key(word))[:most]]

    def _looked_up(self, words: Iterable[str]) -> list[str]:
        short = (word for word in words if len(word) <= _LONGEST_WORD)
        return self._expected(islice(short, _MAX_WORDS))

    def _expected(self, words: Iterable[str]) -> list[str]:
        wanted = [*map(self.key, words)]
        if self._store.expect:
            self._store.expect(wanted)
        return wanted

    def __len__(self) -> int:
        """How many rows there are."""
        return self._store.rows

    def mentions(self, phrase: str) -> bool:
        """Whether some entry's name or text holds these words next to each other."""
        return bool(self._first_holding(phrase, 1))

    def meaningless(self, phrases: Iterable[str], absent: Collection[str]) -> set[str]:
        """The words of those phrases that no text holds, or that are among the `absent`."""
        lost = (one for one in phrases if one in absent or not len(self._holding(one)))
        return {word for one in lost for word in plain_words(one)}

    def phrase_rarities(self, phrases: Sequence[str]) -> list[float]:
        """The inverse document frequency of each phrase, as of a word."""
        return [self._rarity(len(self._holding(phrase))) for phrase in phrases]

    def _phrase_rows(self, phrase: str) -> Ordinals:
        return np.array(self._first_holding(phrase, MOST), dtype=np.int32)

    def _first_holding(self, phrase: str, most: int) -> list[int]:
        """The first rows whose names or text hold these words next to each other."""
        words = [*map(self.key, plain_words(phrase)[:_MAX_WORDS])]
        found = self._store.phrase(words, most + len(self._left_out)) if words else []
        return [row for row in found if row not in self._left_out][:most]

    def beginning(self, words: Sequence[str], columns: Sequence[Column], most: int) -> list[int]:
        """The first rows whose columns hold all words, the last one as it is or as a beginning."""
        wanted = self._looked_up(words)
        found = self._store.beginning(wanted, columns, most) if wanted else []
        if found or not wanted or self._is_english:
            return found
        return self._with_stem(wanted, tuple(columns))[:most]

    def _with_stem(self, words: Sequence[str], columns: tuple[Column, ...]) -> list[int]:
        """The rows that hold all words, and of the last one the longest stem that its letters begin
        with: of "übersichtlic", on its way to an ending, "ubersicht"."""
        *whole, last = words
        rows = [set(self._shares(word, columns)[0].tolist()) for word in whole]
        for length in range(len(last) - 1, max(_SHORTEST_STEM, len(last) - _ENDING) - 1, -1):
            if stemmed := self._shares(last[:length], columns)[0].tolist():
                return sorted(set(stemmed).intersection(*rows))
        return []

    def _shares_of(self, word: str, columns: tuple[Column, ...]) -> tuple[Ordinals, Scores]:
        """The entries that hold a word, and what it adds to the score of each: BM25 is a sum."""
        rows, shares = self._store.shares(word, columns)
        if not self._left_out:
            return rows, shares
        kept = ~np.isin(rows, self._left_out)
        return rows[kept], shares[kept]

    def _telling_of(self, word: str) -> Ordinals:
        """The first entries whose names or text hold a word."""
        rows = self._store.telling(word)
        return rows[~np.isin(rows, self._left_out)] if self._left_out else rows
