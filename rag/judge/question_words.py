"""The words of a question, and how much of them a text says."""

from __future__ import annotations

from entrywise.data.words import content_words, is_said, plain_words, singular
from entrywise.index.index import Index
from entrywise.rag.understand.question import Question


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
            if is_said(word, said) and not (known and is_said(word, known))
        )
