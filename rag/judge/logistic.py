"""Small logistic models, fitted to labelled questions and kept in readable JSON files.

Each file holds one model for knowledge bases whose ways of asking are known ("asked") and one for
the others, in which the text has to decide ("plain"). `entrywise eval --fit` makes them again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from entrywise.index.index import Index

ASKED, PLAIN, DOCUMENTS = "asked", "plain", "documents"


class Logistic(NamedTuple):
    """A weight for each sign, and a bias."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, signs: object) -> float:
        """The logistic function of the weighted signs, which are attributes, in (0, 1).

        Raises:
            AttributeError: a sign is missing.
        """
        return self.probabilities([signs])[0]

    def probabilities(self, signs: Iterable[object]) -> list[float]:
        """The probability of each of several."""
        weights = self.weights.items()
        logits = (self.bias + sum(w * getattr(one, name) for name, w in weights) for one in signs)
        return [1 / (1 + math.exp(-logit)) for logit in logits]


def model_name(index: Index) -> str:
    """The name of the model that fits an index: `asked`, `plain` or `documents`."""
    if index.holds_documents:
        return DOCUMENTS
    return ASKED if index.sample_questions.are_known else PLAIN


@cache
def models(name: str) -> Mapping[str, Logistic]:
    """The models of a shipped file, e.g. `confidence.json`, by the name of the model."""
    record = json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return {key: Logistic(model["weights"], model["bias"]) for key, model in record.items()}
