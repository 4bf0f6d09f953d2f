"""The words of a question, and how much of them a text says."""

from __future__ import annotations

from entrywise.data.words import content_words, plain_words, singular
from entrywise.index.index import Index
from entrywise.rag.understand.question import Question

_SHORTEST_STEM = 4
_ENDING = 3


class QuestionWords:
    """The words that a question is told by, each with its share of their rarity."""

    def __init__(self, question: Question, index: Index) -> None:
        words = content_words(question.text)
        rarities = index.words.rarities(words)
        total = sum(rarities) or 1.0
        self._shares = [
            (word, rarity / total) for word, rarity in zip(words, rarities, strict=True)
        ]

    def coverage(self, text: str, *, beside: str = "") -> float:
        """The share of them that a text has, and another does not, in [0, 1]."""
        said, known = (set(map(singular, plain_words(one))) for one in (text, beside))
        return sum(
            share
            for word, share in self._shares
            if _has(said, word) and not (known and _has(known, word))
        )


def _has(said: set[str], word: str) -> bool:
    """Whether a word, or another form of it, is among those that are said."""
    word = singular(word)
    if word in said:
        return True
    stem = word[: max(_SHORTEST_STEM, len(word) - _ENDING)]
    return len(word) > _SHORTEST_STEM and any(
        other.startswith(stem) and abs(len(other) - len(word)) <= _ENDING for other in said
    )
