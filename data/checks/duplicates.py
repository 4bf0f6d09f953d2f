"""Finds entries that say nearly the same: candidates for merging.

Text that was copied shares its pairs of neighbouring words, of which most are in few other entries.
So entries are compared that have some of these in common, and not all with all, whose number grows
with the square of theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from zlib import crc32

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.words import plain_words

THRESHOLD = 0.5
"""The share of the shorter one's pairs of words from which two entries say nearly the same. Of the
shipped glossary the nearest siblings share less than 0.25."""
MIN_SHARED = 20
"""Pairs of words in common, at least: two sentences may share `is a` and `of the` by chance."""
_RARE = 20
"""Entries that have a pair of words which tells them from others, at most."""
_HINT = 5
"""Such pairs in common for which two entries are compared."""


def near_duplicates(knowledge_base: KnowledgeBase) -> Iterator[tuple[Entry, Entry, float]]:
    """Pairs of entries with nearly the same text, and the share of the word pairs of the shorter
    one that are in both, in [0, 1].

    >>> words = " ".join(map(str, range(40)))
    >>> both = (Entry(one, one, "c", (), expansion=words) for one in ("a", "b"))
    >>> [round(share, 2) for _, _, share in near_duplicates(KnowledgeBase(tuple(both)))]
    [0.97]
    """
    entries = list(knowledge_base)
    pairs = [_word_pairs(entry) for entry in entries]
    for first, second in _candidates(pairs):
        shared = len(pairs[first] & pairs[second])
        share = shared / min(len(pairs[first]), len(pairs[second]))
        if shared >= MIN_SHARED and share >= THRESHOLD:
            yield entries[first], entries[second], share


def _candidates(pairs: Sequence[set[int]]) -> list[tuple[int, int]]:
    """The numbers of entries that have rare pairs of words in common, in order."""
    times = Counter(pair for own in pairs for pair in own)
    places: dict[int, list[int]] = {}
    for number, own in enumerate(pairs):
        for pair in own:
            if 1 < times[pair] <= _RARE:
                places.setdefault(pair, []).append(number)
    together = Counter(two for numbers in places.values() for two in combinations(numbers, 2))
    return sorted(two for two, count in together.items() if count >= _HINT)


def _word_pairs(entry: Entry) -> set[int]:
    """Hashes of the pairs of neighbouring words of an entry."""
    texts = [entry.name, entry.expansion, *(section.text for section in entry.sections)]
    words = pairwise(plain_words(" ".join(texts)))
    return {crc32(f"{one} {other}".encode()) for one, other in words}
