"""Steps of a list that stands in a text, each a sentence: "1) Read it.", "2) Pack it."."""

from __future__ import annotations

import re
from collections.abc import Sequence

# The number that a step of a list opens with, and all such numbers of a sentence.
_STEP = re.compile(r"\(?(\d{1,2})\)\s")
_NUMBERS = re.compile(r"(?<![\w.])(\d{1,2})\)\s")


def in_one_list(sentences: Sequence[str], place: int) -> range:
    """The places of the sentences that are steps of one list with that at a place; it alone, where
    it is none.

    >>> in_one_list(["Two steps: 1) Read it.", "2) Pack it.", "It is fast."], 1)
    range(0, 2)
    """
    first = last = place
    while first and _follows(sentences[first - 1], sentences[first]):
        first -= 1
    while last + 1 < len(sentences) and _follows(sentences[last], sentences[last + 1]):
        last += 1
    return range(first, last + 1)


def _follows(before: str, after: str) -> bool:
    """Whether a sentence begins with the number after the last one of the sentence before it."""
    step, numbers = _STEP.match(after), _NUMBERS.findall(before) if ")" in before else []
    return step is not None and bool(numbers) and int(step[1]) == int(numbers[-1]) + 1
