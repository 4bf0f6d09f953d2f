"""A cross-encoder that cannot be exported, run by sentence-transformers itself.

It costs what PyTorch costs: seconds to the first question, hundreds of megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from entrywise.data.errors import RerankerMissing
from entrywise.rag.find.rerankers.base import Scores
from entrywise.rag.find.rerankers.cross_encoder.folder import Exported
from entrywise.rag.find.rerankers.cross_encoder.model import load, model_sha256, raw_scores

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class LibraryReranker:
    """Scores passages by a model of sentence-transformers. Safe to share between threads, which
    take turns."""

    def __init__(self, about: Exported) -> None:
        """Take a model, which is loaded when it is first asked."""
        self.sha256 = about.sha256
        self._about = about
        self._lock = Lock()

    @cached_property
    def _model(self) -> CrossEncoder:
        model = load(self._about.model)
        if model_sha256(model) != self.sha256:
            raise RerankerMissing(
                f"the model {self._about.model!r} has changed since it was first used; open it anew"
            )
        return model

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """How well each passage answers the question, float64 (passages,), in [0, 1]."""
        with self._lock:
            # Loading and asking are both one at a time.
            raw = [raw_scores(self._model, question, [passage]) for passage in passages]
        scores: Scores = 1 / (1 + np.exp(-np.concatenate(raw).clip(-500, 500)))
        return scores
