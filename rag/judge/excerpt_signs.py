"""Signs that excerpts answer a question: of the passages, not of their pages.

None grows with the length of the question or the size of the knowledge base.
"""

from __future__ import annotations

from typing import NamedTuple

from entrywise.index.index import Index
from entrywise.rag.judge.selection import Findings


class ExcerptSigns(NamedTuple):
    """What the model looks at; all in [0, 1]."""

    cosine: float
    """The best cosine of a chunk."""
    worth: float
    """The best worth of a piece (`excerpts.py`)."""
    coverage: float
    """The share of the question's words, weighted by rarity, that one excerpt has."""
    together: float
    """The share that all of them have."""
    missing: float
    """The share of the rarest word that none of them has."""
    margin: float
    """How far the best section's score is above the fifth one's."""


_FIFTH = 4


def excerpt_signs(findings: Findings, index: Index) -> ExcerptSigns:
    """What the model looks at, for one question."""
    found = findings.excerpts
    if not found:
        return ExcerptSigns(0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    scores = sorted(
        (hit.score for one in findings.candidates for hit in one.sections), reverse=True
    )
    return ExcerptSigns(
        cosine=max(one.hit.cosine for one in found),
        worth=min(max(one.worth for one in found), 1.0),
        coverage=max(one.coverage for one in found),
        together=0.0,
        missing=0.0,
        margin=scores[0] - scores[min(_FIFTH, len(scores) - 1)],
    )
