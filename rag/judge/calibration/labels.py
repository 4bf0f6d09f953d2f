"""The calibration that labelled questions fit: the last step, and what to expect after it.

    confidence = sigmoid(slope · logit(p) + offset)
    with a reranker: sigmoid(slope · logit(p) + weight · logit(r) + offset)

Platt's scaling with a prior: what the knowledge base gives itself (`own_step.py`), from which few
labels move it little. Platt 1999, "Probabilistic Outputs for Support Vector Machines"; the penalty
is that of a normal prior. Newton's method finds the minimum, which is the only one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import EntrywiseError
from entrywise.index.calibration.calibration import Calibration, logit
from entrywise.index.index import Index
from entrywise.index.progress import Progress, no_progress
from entrywise.rag.domains.base import Domain
from entrywise.rag.judge.calibration.own_step import (
    FAIR,
    by_itself,
    judged,
    observations,
    observed,
    probability,
)

if TYPE_CHECKING:
    from entrywise.rag.find.rerankers.base import Reranker

Scope = Literal["in", "near", "far"]
"""Answered by the knowledge base; of its field, but not answered by it; of another field."""

HANDFUL = 5
"""Labels of each kind, answered or not, below which a step would be chance."""
# Standard deviations of the prior. Of eight pairs on fourteen collections, five folds each, twice
# or half as much of either costs at most 0.006 of the log loss (0.359; without labels 0.394).
_SLOPE_SPREAD = 0.5
_OFFSET_SPREAD = 2.0
_WEIGHT_SPREAD = 0.5
_LEAST_SLOPE = 0.1
"""What is surer stays surer, whatever a few labels say."""
_FOLDS = 5
_FAIR_OF_TERMS = 2.7
"""Questions that are answered for each that is not, as the model of terms counts them: labels are
weighed alike, so that a confidence means the same everywhere, however many were written of each."""
_STEPS, _LONGEST_STEP = 100, 1.0

Floats = NDArray[np.float64]


class Label(NamedTuple):
    """A question, and whether the knowledge base answers it."""

    question: str
    scope: Scope


class LabelledCalibration(NamedTuple):
    """What labels make of an index, and what they say of it as it was."""

    before: Calibration
    """The step that was, and the confidences of the labelled questions by it."""
    after: Calibration
    """The new step; each question's confidence is by a step that was fitted to others, so that it
    says what to expect."""


def calibrated_by_labels(
    labels: Sequence[Label],
    index: Index,
    domain: Domain,
    progress: Progress = no_progress,
    *,
    reranker: Reranker | None = None,
) -> LabelledCalibration:
    """Fit the last step of an index to labelled questions.

    Args:
        progress: called with (labels asked, labels).
        reranker: fit a step for what it says, too.

    Raises:
        EntrywiseError: there are fewer than five of those that are answered, or of the others.
    """
    _check(labels)
    told, reranked = np.empty((len(labels), 1)), np.empty((len(labels), 2))
    for place, label in enumerate(labels):
        told[place] = logit(probability(label.question, index, domain))
        if reranker:
            said, best = judged(label.question, index, domain, reranker)
            reranked[place] = logit(said), logit(best or 0.0)
        progress(place + 1, len(labels))
    prior = index.calibration
    if prior.labelled:
        prior = by_itself(observed(index, domain), documents=index.holds_documents)
    fair = FAIR if index.holds_documents else _FAIR_OF_TERMS
    inside = np.array([label.scope == "in" for label in labels])
    was = index.calibration
    before = _observed(labels, was, was.slope * told[:, 0] + was.offset)
    step = fitted(told, inside, prior, fair)
    after = _observed(labels, step, _held_out(told, inside, prior, fair))
    if reranker:
        step = replace(fitted(reranked, inside, prior, fair), reranker=reranker.sha256)
        held_out = _held_out(reranked, inside, prior, fair)
        after = replace(after, reranked=_observed(labels, step, held_out))
    return LabelledCalibration(before, after)


def _check(labels: Sequence[Label]) -> None:
    counts = [sum((label.scope == "in") == inside for label in labels) for inside in (True, False)]
    if min(counts) < HANDFUL:
        raise EntrywiseError(
            f"there are labels of {counts[0]} questions that are answered and {counts[1]} that are "
            f"not; calibrating takes at least {HANDFUL} of each, so label more"
        )


def fitted(told: Floats, inside: NDArray[np.bool_], prior: Calibration, fair: float) -> Calibration:
    """The step that fits labelled logits and its prior best.

    Args:
        told: float64 (n, 1), of the model of all indexes; or (n, 2), and of a reranker.
        inside: bool (n,), whether each is answered.
        fair: how many answered ones count as much as one that is not.
    """
    weights = balanced(inside, fair)
    table = np.hstack([np.ones((len(told), 1)), told])
    count = table.shape[1]
    center = np.array([prior.offset, prior.slope, 0.0][:count])
    precision = np.array([_OFFSET_SPREAD, _SLOPE_SPREAD, _WEIGHT_SPREAD][:count]) ** -2.0
    found = center
    for _ in range(_STEPS):
        said = 1 / (1 + np.exp(-(table @ found).clip(-500, 500)))
        slopes = table.T @ (weights * (said - inside)) + precision * (found - center)
        curves = (table.T * (weights * said * (1 - said))) @ table + np.diag(precision)
        change = np.linalg.solve(curves, slopes).clip(-_LONGEST_STEP, _LONGEST_STEP)
        found = found - change
        if np.abs(change).max() < 1e-9:
            break
    offset, slope, weight = [*found.tolist(), 0.0][:3]
    return Calibration(
        slope=round(max(slope, _LEAST_SLOPE), 4),
        offset=round(offset, 4),
        weight=round(max(weight, 0.0), 4),
    )


def balanced(inside: NDArray[np.bool_], fair: float) -> Floats:
    """What each question counts, float64 (n,): those that are answered `fair` times as much as the
    others, in all; the sum is their number."""
    share = fair / (fair + 1)
    counts = max(int(inside.sum()), 1), max(int((~inside).sum()), 1)
    weights: Floats = np.where(inside, share / counts[0], (1 - share) / counts[1])
    return weights * len(inside)


def _held_out(told: Floats, inside: NDArray[np.bool_], prior: Calibration, fair: float) -> Floats:
    """The logits after a step that was fitted to the other four fifths, float64 (n,)."""
    # Every fifth of each kind, so that each fold has some of both.
    folds = np.empty(len(told), dtype=np.int64)
    for kind in (inside, ~inside):
        folds[kind] = np.arange(int(kind.sum())) % _FOLDS
    stepped = np.empty(len(told))
    for fold in range(_FOLDS):
        rest = folds != fold
        step = fitted(told[rest], inside[rest], prior, fair)
        counts = np.array([step.slope, step.weight][: told.shape[1]])
        stepped[~rest] = told[~rest] @ counts + step.offset
    return stepped


def _observed(labels: Sequence[Label], step: Calibration, stepped: Floats) -> Calibration:
    """A step with what was observed of it."""
    confidences = (1 / (1 + np.exp(-stepped.clip(-500, 500)))).tolist()
    of_scope = {
        scope: observations(
            one for label, one in zip(labels, confidences, strict=True) if label.scope == scope
        )
        for scope in ("in", "near", "far")
    }
    return replace(
        step,
        answerable=of_scope["in"],
        near=of_scope["near"],
        far=of_scope["far"],
        labelled=True,
        reranked=None,
    )
