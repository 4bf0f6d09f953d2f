"""Measures the last step of confidence on other people's documents: without labels, and with them.

    python benchmarks/own_step.py                      all of tests/documents, some minutes
    python benchmarks/own_step.py --from DIR           those of another folder, too

Prints a Markdown table of what a threshold of 0.65 answers of the questions that documents answer,
and withholds of the others: by the model of all indexes; after the step that a knowledge base gives
itself, whose constants are fitted to the other collections; and after the step that labels fit, in
five folds. Below it stand the constants that all collections fit (`own_step.py` in
`rag/judge/calibration`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

sys.path.insert(0, str(Path(__file__).parent))

from documents import OWN, Collection, collections, opened, parser

from entrywise.index.calibration.calibration import Calibration, logit
from entrywise.rag.judge.calibration.expectation import at_threshold
from entrywise.rag.judge.calibration.labels import Label, calibrated_by_labels
from entrywise.rag.judge.calibration.own_step import FAIR, FITTED_FAIR, observed, probability
from entrywise.rag.settings import THRESHOLD

Floats = NDArray[np.float64]

_FEW = 5
"""That of `own_step.py`."""
_FAIR = FAIR / (FAIR + 1)
"""The share of questions that documents answer: people mostly ask what is there."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A collection: logits of its labelled questions, of its near misses and of everyday questions,
    and what labels make of it."""

    name: str
    inside: Floats
    outside: Floats
    near: Floats
    far: Floats
    labelled: Calibration

    @property
    def most(self) -> float:
        """The offset at which nine of ten everyday questions are withheld."""
        return logit(THRESHOLD) - float(np.sort(self.far)[int(0.9 * len(self.far))])

    def offset(self, share: float, usual: float) -> float:
        """That of its own step."""
        weight = len(self.near) / (len(self.near) + _FEW)
        offset = min(-share * weight * (float(self.near.mean()) - usual), self.most)
        return offset + log(FAIR / FITTED_FAIR)


def main() -> None:
    options = parser(__doc__ or "").parse_args()
    found = [one for folder in (OWN, *options.folders) for one in collections(folder)]
    chosen = [one for one in found if not options.names or one.name in options.names]
    seen = [_measured(collection, options.cache) for collection in chosen]
    print("| collection | model | and its own step | and labels |", "|---|---|---|---|", sep="\n")
    rows = [_row(one, [other for other in seen if other is not one]) for one in seen]
    for one, row in zip(seen, rows, strict=True):
        print(f"| {one.name} |", " | ".join(f"{a:.2f} / {w:.2f}" for a, w in row), "|")
    means = np.array(rows).mean(axis=0)
    losses = (
        [_loss(one, 0.0) for one in seen],
        [
            _loss(one, one.offset(*_fitted([other for other in seen if other is not one])))
            for one in seen
        ],
    )
    print("| log loss |", " | ".join(f"{fmean(some):.3f}" for some in losses), "| |")
    print("| mean |", " | ".join(f"{a:.3f} / {w:.3f}" for a, w in means), "|")
    print("share {:.3f}, usual {:.3f}".format(*_fitted(seen)))


def _measured(collection: Collection, cache: Path) -> Measured:
    with opened(collection, cache) as (questions, _, assistant):
        index, domain = assistant.index, assistant.domain
        logits = [logit(probability(one.text, index, domain)) for one in questions]
        inside = np.array([one.is_in_scope for one in questions])
        seen = observed(index, domain)
        labels = [Label(one.text, "in" if one.is_in_scope else "near") for one in questions]
        return Measured(
            collection.name,
            np.array(logits)[inside],
            np.array(logits)[~inside],
            np.array([logit(one) for one in seen.near]),
            np.array([logit(one) for one in seen.far]),
            calibrated_by_labels(labels, index, domain).after,
        )


def _row(one: Measured, others: Sequence[Measured]) -> list[tuple[float, float]]:
    """(answered, withheld) by the model, after its own step, and after that of its labels."""
    told = at_threshold(one.labelled, THRESHOLD)
    offset = one.offset(*_fitted(others))
    by_labels = (told.answerable.share, 1 - told.near.share)
    return [_shares(one, 0.0), _shares(one, offset), by_labels]


def _shares(one: Measured, offset: float) -> tuple[float, float]:
    least = logit(THRESHOLD)
    return float((one.inside + offset >= least).mean()), float(
        (one.outside + offset < least).mean()
    )


def _fitted(seen: Sequence[Measured]) -> tuple[float, float]:
    """The share with the least log loss, and the usual near miss; each collection weighs the
    same."""
    usual = float(np.mean([one.near.mean() for one in seen]))

    def loss(share: float) -> float:
        return fmean(_loss(one, one.offset(share, usual)) for one in seen)

    return float(minimize_scalar(loss, bounds=(0.0, 2.0), method="bounded").x), usual


def _loss(one: Measured, offset: float) -> float:
    inside = np.logaddexp(0, -(one.inside + offset)).mean()
    outside = np.logaddexp(0, one.outside + offset).mean()
    return float(_FAIR * inside + (1 - _FAIR) * outside)


if __name__ == "__main__":
    main()
