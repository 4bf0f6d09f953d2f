"""Evidence: sentences of the retrieved entries, scored for one question.

A sentence scores by the cosine of its vector and the question's, and more when it is one for
reading, says much, or holds what the question wants. The weights are those of a softmax over the
sentences of an entry, fitted to the 1,474 labelled sentences of `data/glossary/labelled.jsonl`.
On the dev questions the sentence that says what an entry is and the best two others are the
labelled one in 0.92 of the cases; with a bonus for aspects alone, as before, in 0.89.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.index.index import Index
from entrywise.rag.judge.aspects import Aspect, is_prose
from entrywise.rag.understand.question import Question

# What is added to the cosine: cosines of one entry's sentences spread over about 0.3.
_LENGTH = 0.18
"""For a sentence of 30 words or more; of a shorter one a share."""
_MANY_WORDS = 30
_PROSE = 0.06
_NUMBER = 0.06
"""For digits and formulas, where the question asks for a number."""
_PART = 0.12
"""For a part of a model name to the letter, e.g. `Q4_K_M`."""

# Cosine from which two sentences of one entry say the same. All are embedded under its name,
# so that unlike ones have about 0.75; of the glossary's one in a hundred pairs is above 0.92, and
# those still differ. Tag lines, which do repeat, are told by their place.
_SAME = 0.95

# What one more word of an aspect is worth against the cosine.
_TELLING = 0.04

# The sentences of a knowledge base are weighed again and again.
_REMEMBERED = 4_096

# Within this many characters a defining sentence has named its subject.
_OPENING = 60
_NUMERIC = re.compile(r"[\d=]")
_COPULA = re.compile(r"\b(is|are|was|were|means?|refers?|marks?|indicates?)\b")


class Sentence(NamedTuple):
    """A sentence of an entry: row of the index's table, place, text, and worth for the question.

    `section` is the ordinal of the section; `cosine` is that of its vector and the question's, and
    `bonus` what its wording adds.
    """

    row: int
    entry: int
    section: int
    start: int
    end: int
    text: str
    cosine: float
    bonus: float

    @property
    def score(self) -> float:
        """Cosine and bonus; higher is better."""
        return self.cosine + self.bonus

    def has(self, aspect: Aspect) -> bool:
        """Whether the wording has this aspect."""
        return aspect.pattern.search(self.text) is not None

    def fit(self, aspect: Aspect) -> float:
        """How well it tells of an aspect, beside others that do: its score, and more for each
        different word of it; higher is better."""
        return self.score + _TELLING * len(aspect.words(self.text))


class EntryEvidence:
    """The sentences of one entry, in reading order."""

    def __init__(self, ordinal: int, question: Question, index: Index) -> None:
        self.ordinal = ordinal
        self.entry: Entry = index.entries[ordinal]
        self._index = index
        rows = index.sentence_rows(ordinal)
        vectors = index.sentence_vectors[rows.start : rows.stop]
        cosines: NDArray[np.float32] = vectors @ question.encoded.vector
        self.sentences = tuple(
            self._sentence(row, float(cosine), question)
            for row, cosine in zip(rows, cosines, strict=True)
        )

    def _sentence(self, row: int, cosine: float, question: Question) -> Sentence:
        _, section, start, end = self._index.sentences[row].tolist()
        text = self.entry.sections[section].text[start:end]
        return Sentence(
            row, self.ordinal, section, start, end, text, cosine, _bonus(text, question)
        )

    @cached_property
    def lead(self) -> Sentence:
        """The sentence that says what the entry is.

        The first section is often a tag line and the second the text proper, so it is the first
        sentence of one of the two: the one that names the entry and says "is", else the longer.
        """
        return max(self.openings, key=self._defines)

    @cached_property
    def openings(self) -> list[Sentence]:
        """The first sentences of the first two sections: two ways of saying what the entry is."""
        firsts: dict[int, Sentence] = {}
        for sentence in self.sentences:
            firsts.setdefault(sentence.section, sentence)
        return list(firsts.values())[:2]

    def _defines(self, sentence: Sentence) -> tuple[int, int]:
        named = self._index.names.find(sentence.text[:_OPENING])
        opens = any(match.entry == self.ordinal for match in named)
        says = _COPULA.search(sentence.text) is not None
        return opens + says, len(sentence.text)

    def best(self, count: int, *, beside: Sequence[Sentence]) -> list[Sentence]:
        """The `count` best sentences that say something else than those `beside`, in reading
        order."""
        chosen = list(beside)
        for sentence in sorted(self.sentences, key=lambda sentence: -sentence.score):
            if len(chosen) == len(beside) + count:
                break
            if not self._repeats(sentence, chosen):
                chosen.append(sentence)
        return sorted(chosen[len(beside) :], key=lambda sentence: sentence.row)

    def _repeats(self, sentence: Sentence, chosen: Iterable[Sentence]) -> bool:
        """Whether a sentence says again what one of the chosen says, as the tag line does."""
        if sentence in self.openings:
            return True
        vectors = self._index.sentence_vectors
        rows = [other.row for other in chosen if other.entry == self.ordinal]
        return bool(rows) and float(np.max(vectors[rows] @ vectors[sentence.row])) > _SAME

    def saying(self, texts: re.Pattern[str]) -> list[Sentence]:
        """The sentences that hold one of some texts, e.g. `Q4_K_M`: those that open with it and
        say what it is first, then those nearest to the question.

        Args:
            texts: as `exactly` makes it.
        """
        return sorted(
            (sentence for sentence in self.sentences if texts.search(sentence.text)),
            key=lambda s: (
                texts.match(s.text) is None,
                _COPULA.search(s.text) is None,
                -s.score,
            ),
        )

    def with_aspect(self, aspect: Aspect) -> list[Sentence]:
        """The sentences that have an aspect, the most telling first."""
        found = [sentence for sentence in self.sentences if sentence.has(aspect)]
        return sorted(found, key=lambda sentence: -sentence.fit(aspect))

    def naming(self, others: Iterable[int]) -> list[tuple[Sentence, int]]:
        """The sentences that name other entries, and how many of them: where one side of a
        comparison speaks of the others."""
        wanted = set(others) - {self.ordinal}
        named = (
            (s, len({m.entry for m in self._index.names.find(s.text)} & wanted))
            for s in self.sentences
        )
        return [(sentence, count) for sentence, count in named if count]


def _bonus(text: str, question: Question) -> float:
    """What a sentence scores beside its cosine."""
    numeric = question.intent == "numeric" and _NUMERIC.search(text) is not None
    has_part = bool(question.decoded) and question.exact_parts.search(text) is not None
    return _worth(text) + _NUMBER * numeric + _PART * has_part


@lru_cache(_REMEMBERED)
def _worth(text: str) -> float:
    """What a sentence is worth to any question."""
    return _LENGTH * min(len(text.split()) / _MANY_WORDS, 1.0) + _PROSE * is_prose(text)
