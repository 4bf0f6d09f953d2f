"""The protocol of a reranker: it reads a question and a passage together, and scores how well they
fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""float64 (passages,), in [0, 1]."""


class Reranker(Protocol):
    """Scores passages for a question. Safe to share between threads."""

    @property
    def sha256(self) -> str:
        """SHA-256 of all that shapes its scores: two rerankers with the same one score alike."""
        ...

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """How well each passage answers the question. A passage has the same score whatever is
        scored beside it."""
        ...


class RerankerKind(Protocol):
    """Opens rerankers of one kind: what an entry point of the group `entrywise.rerankers` names."""

    def __call__(self, model: str) -> Reranker:
        """Open a reranker.

        Args:
            model: as it stands after `KIND:` in the setting `reranker`.

        Raises:
            EntrywiseError: there is no such model, or what it takes is not installed.
        """
        ...
