"""Checks whether quotes support a claim: a sentence that an LLM wrote and cited them for.

Seven rules, each of which can be redone by hand. A claim with which one of them finds fault is not
supported. No other LLM is asked. Of the 120 unsupported dev claims 118 are caught, by the first of
these that finds fault:

0. literals   what is no prose, an address, a command, code, stands in the quotes to the letter
              (literals.py): none, and 62 of the 65 attacks of `smuggled.jsonl`
1. numbers    every number stands in the quotes, with the same unit (amounts.py): 33
2. names      every name does, or it names an entry that is cited or named there (vocabulary.py): 22
3. reversals  no negation, opposite or absolute turns a clause round (reversals.py): 34
4. exchanges  nothing is said of one thing that the quotes say of another (exchanges.py,
              misplacements.py): 13
5. subjects   what is said of both, all, neither or one only, the quotes say of every one
              (subjects.py): 2
6. words      most telling words, and of three in a row one, are words of the quotes: 15

Of the 120 supported ones 118 pass. `tests/rag/llm/checks/test_verifier.py` holds the rates for
these and for claims by others; `docs/llm.md` tells what is missed. A rule that the vectors of claim
and quotes be near caught none that these do not, and took most of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from entrywise.index.index import Index
from entrywise.rag.llm.checks.amounts import unsupported_number
from entrywise.rag.llm.checks.clauses import clauses, things
from entrywise.rag.llm.checks.exchanges import compared_otherwise, exchange
from entrywise.rag.llm.checks.literals import foreign_literal
from entrywise.rag.llm.checks.misplacements import misplacement
from entrywise.rag.llm.checks.numbers import numbers
from entrywise.rag.llm.checks.reversals import reversal
from entrywise.rag.llm.checks.subjects import Told, overstatement, unquoted_subject, without_count
from entrywise.rag.llm.checks.units import EVERYDAY, Units
from entrywise.rag.llm.checks.vocabulary import Names, Vocabulary
from entrywise.rag.llm.checks.words import Word, words
from entrywise.rag.render.formulas import readable

# Chosen on the dev claims (`tests/rag/llm/checks/claims.dev.jsonl`).
_COVERED = 0.5
"""The quotes have more than this share of a claim's telling words. 0.6 costs three supported claims
and catches no more; with half of them alone, "GQA is a hoax" would hold."""
_COVERED_UNCITED = 0.7
"""A claim that cites nothing has at least this share in the passages that are nearest to it, where
the other names of their entries do not count. Chosen on 50 sentences of a weak LLM
(`read_by_hand.jsonl`): of 26 unsupported ones it refuses 18, of 24 others two."""
_LONGEST_GAP = 2
"""So many telling words in a row may be missing: three are more often an addition. With 1, 21 more
supported claims are refused; with 3, three more additions are missed."""
_FEWEST_WORDS = 2
_MOST_THINGS = 80
"""The glossary's longest sentence has 60 words and numbers that tell, those of LLMs about 20. What
is longer is no sentence, and would take long to check."""


class Quote(Protocol):
    """A quote: its text, and the ordinal of its entry."""

    @property
    def entry(self) -> int: ...

    @property
    def text(self) -> str: ...


Q = TypeVar("Q", bound=Quote)


class Checker:
    """Checks claims against quotes from one index. Safe to share between threads."""

    def __init__(self, index: Index, units: Units = EVERYDAY) -> None:
        """Check against entries of an index; `units` are those that its texts name."""
        self._index = index
        self._names = Names(index)
        self._units = units

    def fault(
        self,
        claim: str,
        quotes: Sequence[Quote],
        *,
        cited: bool = True,
        written: str = "",
        subjects: Sequence[int] = (),
    ) -> str | None:
        """What in a claim the quotes (at least one) do not support; None if they support all.

        Args:
            cited: whether who wrote the claim cited these quotes. If not, more of it has to be in
                them.
            written: the claim with its backticks and signs that cannot be seen, if it had any.
            subjects: the entries that were asked about, by ordinal: what "both" may mean.
        """
        said = readable(claim)
        telling = [word for word in words(said) if word.tells]
        if said.endswith("?") or len(telling) < _FEWEST_WORDS or self._names.make_up(said):
            return "says nothing"
        if len(things(said)) > _MOST_THINGS:
            return "says too much"
        texts = [readable(quote.text) for quote in quotes]
        given = " . ".join(texts)
        known = self._names.all_forms(dict.fromkeys(quote.entry for quote in quotes), given)
        vocabulary = Vocabulary(given, known)
        known_texts = f"{given} . {' . '.join(quote.text for quote in quotes)} . {known}"
        if literal := foreign_literal(
            readable(written or claim), known_texts, vocabulary, self._units
        ):
            return f"literal: {literal}"
        told = [Told(quote.entry, text) for quote, text in zip(quotes, texts, strict=True)]
        if number := unsupported_number(
            without_count(said, subjects, told), f"{given} . {known}", self._units
        ):
            return f"number: {number}"
        # "8.5K" is a number, and "ten" has been checked as one.
        counted = {place for number in numbers(said) for place in range(number.start, number.end)}
        telling = [word for word in telling if word.start not in counted]
        if name := next((w.text for w in telling if w.is_name and not vocabulary.names(w)), None):
            return f"name: {name}"
        if turned := reversal(list(clauses(said)), list(clauses(given))):
            return f"reversal: {turned}"
        if pair := self._exchanged(said, quotes, texts):
            return f"exchange: {pair}"
        if word := overstatement(said, told, self._names, subjects=subjects, units=self._units):
            return f"subjects: {word}"
        if not cited and (entry := unquoted_subject(said, told, self._names)) is not None:
            return f"subjects: {self._names.title(entry)}"
        given_here = vocabulary if cited else Vocabulary(given, "")
        missing = _missing(said, telling, vocabulary, given_here)
        if missing is not None:
            return f"words: {', '.join(word.text for word in missing)}"
        return None

    def nearest(self, claim: str, quotes: Sequence[Q], count: int) -> list[Q]:
        """The quotes whose vectors are nearest to that of a claim, the nearest first."""
        vector = self._index.encoder.encode_query(claim).vector
        encode = self._index.encoder.encode_query
        near = {
            number: float(encode(f"{self._names.title(quote.entry)}: {quote.text}").vector @ vector)
            for number, quote in enumerate(quotes)
        }
        return [quotes[number] for number in sorted(near, key=near.__getitem__)[: -count - 1 : -1]]

    def named_first(self, claim: str) -> dict[int, str]:
        """{entry, by ordinal: clause} of the clauses of a claim that open with names."""
        said = readable(claim)
        return {entry: said[start:end] for entry, start, end in self._names.first(said)}

    def _exchanged(self, said: str, quotes: Sequence[Quote], texts: Sequence[str]) -> str | None:
        """Two things that have changed places, by their short names; where several entries are
        quoted, each is what its quotes speak of, named or not."""
        claimed, *short = map(self._names.shortened, (said, *texts))
        heads = [self._names.title(quote.entry) for quote in quotes]
        titled = " . ".join(f"{head}: {text}" for head, text in zip(heads, short, strict=True))
        given = titled if len({*heads}) > 1 else " . ".join(short)
        names = {word.stem for word in words(f"{claimed} . {given}") if word.is_name}
        titles = {word.stem for head in heads for word in words(head)}
        parts = list(clauses(claimed))
        pair = exchange(parts, list(clauses(given)), names, given) or misplacement(
            parts, list(clauses(" . ".join(short))), names=names, titles=titles
        )
        return " and ".join(pair) if pair else compared_otherwise(claimed, titled)


def _missing(
    said: str, telling: Sequence[Word], vocabulary: Vocabulary, given: Vocabulary
) -> list[Word] | None:
    """The telling words of a claim that the quotes lack, where these are too many; else None.

    Args:
        given: the quotes without the other names of their entries, where the claim cites nothing.
    """
    missing = [word for word in telling if not vocabulary.has(word)]
    too_many = len(missing) >= (1 - _COVERED) * len(telling) > 0
    if given is not vocabulary and not too_many:
        missing = [word for word in telling if not given.has(word)]
        too_many = len(missing) > (1 - _COVERED_UNCITED) * len(telling) or _adds(said, vocabulary)
    return missing if too_many or _gap(telling, missing) > _LONGEST_GAP else None


def _gap(telling: Sequence[Word], missing: Iterable[Word]) -> int:
    """The most different missing words in a row."""
    places = {word.start for word in missing}
    runs = groupby(telling, key=lambda word: word.start in places)
    return max(
        (len({word.stem for word in run}) for is_missing, run in runs if is_missing), default=0
    )


def _adds(said: str, vocabulary: Vocabulary) -> bool:
    """Whether half of a clause, two words at least, is not in the quotes: ", which is crucial for
    success"."""
    for clause in clauses(said):
        telling = [word for word in words(clause.text) if word.tells]
        missing = [word for word in telling if not vocabulary.has(word)]
        if len(missing) >= max(_FEWEST_WORDS, (1 - _COVERED) * len(telling)):
            return True
    return False
