"""Finds entries that say nearly the same: candidates for merging."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.words import plain_words

# Measured on the shipped glossary: its one true pair, two entries about test-time compute
# written independently, shares 0.114 of its word pairs; the nearest siblings that should stay
# apart share 0.101 (FP16 and FP32) and 0.096 (GQA and MQA). Copied text shares 0.5 and more.
THRESHOLD = 0.11
# Entries with fewer word pairs in common are too short to judge: two sentences may share
# `is a` and `of the` by chance. The true pair above has 34.
MIN_SHARED = 20


def near_duplicates(knowledge_base: KnowledgeBase) -> Iterator[tuple[Entry, Entry, float]]:
    """Pairs of entries with nearly the same text, and the Jaccard similarity of their word pairs.

    The similarity is in [0, 1], where 1 means the same pairs of neighbouring words.
    """
    pairs = [(entry, _word_pairs(entry)) for entry in knowledge_base]
    for (first, left), (second, right) in combinations(pairs, 2):
        shared = len(left & right)
        if shared >= MIN_SHARED:
            similarity = shared / (len(left) + len(right) - shared)
            if similarity >= THRESHOLD:
                yield first, second, similarity


def _word_pairs(entry: Entry) -> set[tuple[str, str]]:
    texts = [entry.name, entry.expansion, *(section.text for section in entry.sections)]
    return set(pairwise(plain_words(" ".join(texts))))
