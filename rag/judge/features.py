"""Features of a sentence's wording, computed once: when an index is built.

words     how many it has, up to 255
prose     1 if it is a sentence for reading
defines   1 if it says "is", "means" and the like
and for each aspect (`aspects.py`): 0 without it, else one more than how many different words
give it away
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.rag.domains.base import Domain
from entrywise.rag.judge.aspects import all_aspects, is_prose

WORDS, PROSE, DEFINES = "words", "prose", "defines"
_LARGEST = 255
COPULA = re.compile(r"\b(is|are|was|were|means?|refers?|marks?|indicates?)\b")
"""What stands between a term and what it is."""


class WordingFeatures:
    """Computes the features of sentences in a domain (an `Annotator` of the index)."""

    def __init__(self, domain: Domain) -> None:
        self._aspects = all_aspects(domain)
        self.names: tuple[str, ...] = (
            WORDS,
            PROSE,
            DEFINES,
            *(aspect.id for aspect in self._aspects),
        )

    def features(self, text: str) -> Sequence[int]:
        """The features of a sentence, each from 0 to 255, in the order of `names`."""
        told = [len(text.split()), int(is_prose(text)), int(COPULA.search(text) is not None)]
        told += [
            1 + len(aspect.words(text)) if aspect.pattern.search(text) else 0
            for aspect in self._aspects
        ]
        return [min(value, _LARGEST) for value in told]
