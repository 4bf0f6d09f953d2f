"""Whether a vector search compares all vectors (exact) or nearly all (approximate)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How a search finds the nearest vectors."""

    probes: int = 0
    """Cells that it looks into; 0: it looks at all vectors."""
    recall: float = 1.0
    """The share of the 400 nearest that it finds, measured when the index was built."""


EXACT = Accuracy()
"""All vectors are looked at."""
