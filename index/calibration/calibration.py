"""Calibration: the last step of an index's confidences, and what was observed of them.

It is kept in the manifest, so that one file changes when it does. What makes it, and what follows
from it, is in `rag/judge/calibration`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import UnionType
from typing import Any

_SMALLEST = 1e-6
MOST_DRIFT = 0.05
"""The share of entries that may change: up to it the calibration differs from a new one by no more
than another sample of questions would."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The last step of confidence, and the confidences of questions whose truth is known."""

    slope: float = 1.0
    offset: float = 0.0
    """confidence = sigmoid(slope · logit(p) + offset), where p is what the model of all indexes
    says."""
    answerable: tuple[float, ...] = ()
    """Confidences in [0, 1], after the step, of questions that the knowledge base answers."""
    near: tuple[float, ...] = ()
    """Those of questions of its field that it does not answer."""
    far: tuple[float, ...] = ()
    """Those of questions of other fields."""
    labelled: bool = False
    """Whether people labelled the questions; else the knowledge base asked itself."""
    reranker: str = ""
    """The hash of the reranker whose scores count; empty: of none."""
    weight: float = 0.0
    """What they count: weight · logit(r) is added, where r is the best passage's score."""
    reranked: Calibration | None = None
    """The step where that reranker is set, fitted to the same labels."""
    drift: float = 0.0
    """The share of the entries that are new, other or gone since it was made, in [0, 1]."""

    def after(self, drift: float) -> Calibration:
        """What is left of it where so much is new, other or gone: itself, or nothing.

        >>> Calibration(offset=-0.5).after(0.01).drift, Calibration(offset=-0.5).after(0.1).offset
        (0.01, 0.0)
        """
        total = self.drift + drift
        is_kept = self != UNCALIBRATED and total <= MOST_DRIFT
        return replace(self, drift=total) if is_kept else UNCALIBRATED

    def with_reranker(self, sha256: str | None) -> Calibration:
        """The step to take where a reranker of this hash is set, or none."""
        if self.reranked and self.reranked.reranker == sha256:
            return self.reranked
        return self

    def applied(self, probability: float, reranked: float | None = None) -> float:
        """The confidence of a probability, both in [0, 1].

        Args:
            reranked: the best score that the reranker gave, in [0, 1]; None: it was given nothing.
        """
        if self.slope == 1.0 and self.offset == 0.0 and not self.weight:
            return probability
        said = self.weight * logit(reranked or 0.0) if self.weight else 0.0
        return sigmoid(self.slope * logit(probability) + said + self.offset)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Calibration:
        """The calibration of a record that was read.

        Raises:
            TypeError, ValueError: it is no such record.
        """
        values = {key: _read(value) for key, value in record.items()}
        for one in fields(cls):
            if not isinstance(values.get(one.name), _KINDS[one.name]):
                raise TypeError(one.name)
        return cls(**values)


_KINDS: Mapping[str, type | UnionType] = {
    "slope": float,
    "offset": float,
    "answerable": tuple,
    "near": tuple,
    "far": tuple,
    "labelled": bool,
    "reranker": str,
    "weight": float,
    "reranked": Calibration | None,
    "drift": float,
}

UNCALIBRATED = Calibration()
"""The step that changes nothing, and no observation."""


_LARGEST = 700.0
"""`math.exp` of more is no float."""


def logit(probability: float) -> float:
    """log(p / (1 - p)); as at 1e-6 from 0 or 1 for what is nearer."""
    bounded = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    return math.log(bounded / (1 - bounded))


def sigmoid(value: float) -> float:
    """The logistic function, in [0, 1], of any number."""
    return 1 / (1 + math.exp(-value)) if value > -_LARGEST else 0.0


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(float, value))
    if isinstance(value, dict):
        return Calibration.of(value)
    return value if isinstance(value, bool | str | None) else float(value)
