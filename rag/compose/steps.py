"""Items of a list that stands in a text, each a sentence: steps, "1) Read it.", "2) Pack it.", and
what has labels that are alike, "Left side: red.", "Right side: green.".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import ne

# The number that a step of a list opens with, and all such numbers of a sentence.
_STEP = re.compile(r"\(?(\d{1,2})\)\s")
_NUMBERS = re.compile(r"(?<![\w.])(\d{1,2})\)\s")
# The two or three words of a label: "Left side: …", "ZeRO-2: …".
_LABEL = re.compile(r"(\w{1,20}(?:[ -]\w{1,20}){1,2}): ")
_WORD = re.compile(r"\w+")


def in_one_list(sentences: Sequence[str], place: int) -> range:
    """The places of the sentences that are items of one list with that at a place; it alone, where
    it is none.

    >>> in_one_list(["Two steps: 1) Read it.", "2) Pack it.", "It is fast."], 1)
    range(0, 2)
    >>> in_one_list(["It has two.", "Left side: red.", "Right side: green."], 1)
    range(1, 3)
    """
    first = last = place
    while first and _follows(sentences[first - 1], sentences[first]):
        first -= 1
    while last + 1 < len(sentences) and _follows(sentences[last], sentences[last + 1]):
        last += 1
    return range(first, last + 1)


def _follows(before: str, after: str) -> bool:
    """Whether a sentence begins with the number after the last one of the sentence before it, or
    both with labels that differ in one word."""
    if _are_alike(before, after):
        return True
    step, numbers = _STEP.match(after), _NUMBERS.findall(before) if ")" in before else []
    return step is not None and bool(numbers) and int(step[1]) == int(numbers[-1]) + 1


def _are_alike(before: str, after: str) -> bool:
    labels = _LABEL.match(before), _LABEL.match(after)
    one, other = (_WORD.findall(label[1].lower()) if label else [] for label in labels)
    return len(one) == len(other) and sum(map(ne, one, other)) == 1
