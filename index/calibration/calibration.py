"""What the confidences of an index are worth: its last step, and what was observed of them.

It is kept in the manifest, so that one file changes when it does. What makes it, and what follows
from it, is in `rag/judge/calibration`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_SMALLEST = 1e-6


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
    """Of questions of its field that it does not answer."""
    far: tuple[float, ...] = ()
    """Of questions of other fields."""
    labelled: bool = False
    """Whether people labelled the questions; else the knowledge base asked itself."""

    def applied(self, probability: float) -> float:
        """The confidence of a probability, both in [0, 1]."""
        if self.slope == 1.0 and self.offset == 0.0:
            return probability
        return sigmoid(self.slope * logit(probability) + self.offset)

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


_KINDS: Mapping[str, type] = {
    "slope": float,
    "offset": float,
    "answerable": tuple,
    "near": tuple,
    "far": tuple,
    "labelled": bool,
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
    return value if isinstance(value, bool) else float(value)
