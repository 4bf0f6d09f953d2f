"""Scores a passage by the share of the question's words that it has: `reranker = "shared_words:4"`
counts those of four letters or more."""

from collections.abc import Sequence

import numpy as np

from entrywise.rag.find.rerankers.base import Scores


class SharedWords:
    def __init__(self, model: str) -> None:
        self.sha256 = f"shared_words:{model}"
        self._shortest = int(model)

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        asked = self._words(question)
        shares = [len(asked & self._words(text)) / max(len(asked), 1) for text in passages]
        return np.array(shares)

    def _words(self, text: str) -> set[str]:
        words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
        return {word for word in words if len(word) >= self._shortest}
