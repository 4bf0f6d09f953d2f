"""Finds passages that support sentences of a reply which cite nothing: the nearest ones of the
right entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from entrywise.rag.judge.evidence import Sentence
from entrywise.rag.llm.checks.verifier import Checker

_MOST = 2
_CLAUSE = 4
_PRONOUN = re.compile(r"(?:it|its|this|these|they|their)\b", re.IGNORECASE)


class Attribution:
    """Finds passages for the claims of one reply, which come one after the other."""

    def __init__(self, checker: Checker, passages: Sequence[Sentence]) -> None:
        self._checker = checker
        self._passages = passages
        # Whom the claim before spoke of: "It …" goes on with that, kept or dropped.
        self._spoken: frozenset[int] = frozenset()

    def attempts(self, text: str) -> list[Sequence[Sentence]]:
        """What a claim may rest on: the passage that is nearest to it, the next, both; and where it
        speaks of several entries, the nearest of each."""
        goes_on = _PRONOUN.match(text) is not None and bool(self._spoken)
        among = [one for one in self._passages if not goes_on or one.entry in self._spoken]
        near = self._checker.nearest(text, among, _MOST)
        each = self._of_each(text)
        attempts = [*([one] for one in near), near, each if len(each) > 1 else []]
        return [quotes for quotes in attempts if quotes]

    def _of_each(self, text: str) -> list[Sentence]:
        """The passage of each entry that is nearest to what is said of it."""
        found: list[Sentence] = []
        for entry, clause in self._checker.named_first(text).items():
            own = [one for one in self._passages if one.entry == entry]
            # "GQA" alone is the first of a list.
            said = clause if len(clause.split()) >= _CLAUSE else text
            found += self._checker.nearest(said, own, 1)
        return found

    def heard(self, text: str, entries: Collection[int]) -> None:
        """Remember whom a claim speaks of: what it names first, and the entries that it was found
        to rest on."""
        self._spoken = frozenset((*self._checker.named_first(text), *entries)) or self._spoken
