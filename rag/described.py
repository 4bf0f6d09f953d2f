"""A side of a comparison that is described instead of named: "n8n and custom agents".

Where a comparison names one side, the other is the entry whose text is nearest to its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from entrywise.index.names import ORDINARY, NameMatch
from entrywise.index.store import Index

# Cosine of a chunk from which on a phrase describes its entry: "custom agents" has 0.66, "training
# from scratch" 0.67, "global attention" 0.59; "kubernetes" 0.53, "photoshop" 0.55, "bananas" 0.44.
_DESCRIBES = 0.57
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
    text: str, matches: Sequence[NameMatch], names: Sequence[str], index: Index
) -> Iterator[NameMatch]:
    """The side of a comparison that has no name, if the other one has.

    Args:
        matches: the names that were found in the text.
        names: what is written like a name and no entry owns: it is no description.
    """
    sure = [match for match in matches if match.strength > ORDINARY]
    taken = {match.entry for match in sure}
    for start, end in _nameless(text, sure):
        phrase = text[start:end]
        if any(name in phrase for name in names):
            continue
        entry = nearest_entry(phrase, index)
        if entry is not None and entry not in taken:
            yield NameMatch(entry, start, end, DESCRIBED)


def nearest_entry(phrase: str, index: Index) -> int | None:
    """The ordinal of the entry that a phrase describes, if its text is near enough."""
    rows, cosines = index.chunk_vectors.search(index.encoder.encode_query(phrase).vector, 1)
    near = bool(len(rows)) and float(cosines[0]) >= _DESCRIBES
    return int(index.chunks[rows[0], 0]) if near else None


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
