"""A side of a comparison that is described instead of named: "n8n and custom agents".

Where a comparison names one side, the other is the entry that its words are nearest to, among
those that the whole question is near.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from entrywise.index.names import ORDINARY, NameMatch
from entrywise.index.store import Index
from entrywise.rag.nearness import Nearness, nearness

# `Nearness.vectors` from which on a phrase describes an entry that the question is near: "sharing
# one key head" beside MHA has 0.75, "sparse models" beside dense models 0.64, "kubernetes" beside
# MoE 0.54, "dropout" beside RMSNorm 0.50, "photoshop" beside LoRA 0.46.
_DESCRIBES = 0.6
_NEAR_THE_QUESTION = 10
DESCRIBED = 0.6
"""How much a description counts: more than a name that is an ordinary word, less than any other."""

_PHRASE = r"(?<![\w.+#-])((?:[\w.+#-]{1,60}\s+){0,3}[\w.+#-]{1,60})"
_COMPARED = (
    re.compile(rf"\bdifferen\w+\s+between\s+{_PHRASE}\s+(?:and|vs\.?)\s+{_PHRASE}", re.I),
    re.compile(rf"{_PHRASE}\s+(?:vs\.?|versus|instead\s+of|rather\s+than)\s+{_PHRASE}", re.I),
)
# Where a phrase ends, and what it does not begin with.
_AFTER = re.compile(r"\s+(?:for|in|on|with|when|is|are|of|to|at|under|and|or|do|does|from)\b", re.I)
_BEFORE = re.compile(
    r".*\b(?:between|use|using|prefer|choose|do|does|is|are|i|we|you|one|what|explain|to)\s+", re.I
)


def described(
    text: str,
    vector: NDArray[np.float32],
    matches: Sequence[NameMatch],
    unknown: Sequence[str],
    mentioned: Sequence[str],
    index: Index,
) -> Iterator[NameMatch]:
    """The side of a comparison that has no name, if the other one has.

    Args:
        vector: that of the text.
        matches: the names that were found in the text.
        unknown: names that no entry owns and no text mentions; what has one is no description.
        mentioned: names that no entry owns and a text mentions; one alone is no description.
    """
    sure = [match for match in matches if match.strength > ORDINARY]
    taken = {match.entry for match in sure}
    for start, end in _nameless(text, sure):
        phrase = text[start:end]
        if phrase in mentioned or any(name in phrase for name in unknown):
            continue
        entry = nearest_entry(phrase, vector, taken, index)
        if entry is not None:
            yield NameMatch(entry, start, end, DESCRIBED)


def nearest_entry(
    phrase: str, vector: NDArray[np.float32], taken: Collection[int], index: Index
) -> int | None:
    """The entry that a phrase describes, by ordinal, beside those that are taken.

    Args:
        vector: that of the whole question, which the entry has to be near as well.
    """
    around = _nearest(nearness(vector, index), _NEAR_THE_QUESTION)
    near = nearness(index.encoder.encode_query(phrase).vector, index)
    fitting = {entry: near[entry] for entry in around if entry in near and entry not in taken}
    for entry in _nearest(fitting, 1):
        if near[entry].vectors >= _DESCRIBES:
            return entry
    return None


def _nearest(near: Mapping[int, Nearness], count: int) -> list[int]:
    return nlargest(count, near, key=lambda entry: near[entry].vectors)


def _nameless(text: str, sure: Sequence[NameMatch]) -> Iterator[tuple[int, int]]:
    """The places of sides without a name, beside one that has one."""
    found = next((match for pattern in _COMPARED if (match := pattern.search(text))), None)
    if found is None:
        return
    sides = [_trimmed(text, *found.span(group)) for group in (1, 2)]
    named = [any(m.start < end and start < m.end for m in sure) for start, end in sides]
    if any(named):
        yield from (side for side, has_name in zip(sides, named, strict=True) if not has_name)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A phrase without the words of the sentence around it."""
    before = _BEFORE.match(text, start, end)
    start = before.end() if before else start
    after = _AFTER.search(text, start, end)
    return start, after.start() if after else end
