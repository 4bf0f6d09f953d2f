"""What sentences of a reply rest on that cite nothing: the passages nearest to each, of the right
entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from entrywise.rag.judge.evidence import Sentence
from entrywise.rag.llm.checks.verifier import Checker

_MOST = 2
_PRONOUN = re.compile(r"(?:it|its|this|these|they|their)\b", re.IGNORECASE)


class Attribution:
    """Finds passages for the claims of one reply, which come one after the other."""

    def __init__(self, checker: Checker, passages: Sequence[Sentence]) -> None:
        self._checker = checker
        self._passages = passages
        # Whom the claim before spoke of: "It …" goes on with that, kept or dropped.
        self._spoken: frozenset[int] = frozenset()

    def attempts(self, text: str) -> list[Sequence[Sentence]]:
        """What a claim may rest on: the passage that is nearest to it, the next, or both."""
        goes_on = _PRONOUN.match(text) is not None and bool(self._spoken)
        among = [one for one in self._passages if not goes_on or one.entry in self._spoken]
        near = self._checker.nearest(text, among, _MOST)
        return [*([one] for one in near), near] if near else []

    def heard(self, text: str, entries: Collection[int]) -> None:
        """Remember whom a claim speaks of: what it names first, and the entries that it was found
        to rest on."""
        self._spoken = frozenset((*self._checker.named_first(text), *entries)) or self._spoken
