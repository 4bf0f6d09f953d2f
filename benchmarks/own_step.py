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
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parent))

from documents import OWN, Collection, collections, opened, parser

from entrywise.index.calibration.calibration import Calibration, logit
from entrywise.rag.judge.calibration.expectation import at_threshold
from entrywise.rag.judge.calibration.labels import Label, calibrated_by_labels
from entrywise.rag.judge.calibration.own_step import observed, probability
from entrywise.rag.settings import THRESHOLD

Floats = NDArray[np.float64]

_FEW = 5
"""That of `own_step.py`."""
_FAIR = 0.8
"""The share of questions that documents answer: people mostly ask what is there."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A collection: logits of its labelled questions, how sure it is of its near misses, and what
    labels make of it."""

    name: str
    inside: Floats
    outside: Floats
    near: Floats
    labelled: Calibration

    @property
    def background(self) -> tuple[float, float]:
        """The weight and the mean of the logits of its near misses."""
        return len(self.near) / (len(self.near) + _FEW), float(self.near.mean())


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
    print("| mean |", " | ".join(f"{a:.3f} / {w:.3f}" for a, w in means), "|")
    print("offset {:.3f}, share {:.3f}, usual {:.3f}".format(*_fitted(seen)))


def _measured(collection: Collection, cache: Path) -> Measured:
    with opened(collection, cache) as (questions, _, assistant):
        index, domain = assistant.index, assistant.domain
        logits = [logit(probability(one.text, index, domain)) for one in questions]
        inside = np.array([one.is_in_scope for one in questions])
        labels = [Label(one.text, "in" if one.is_in_scope else "near") for one in questions]
        return Measured(
            collection.name,
            np.array(logits)[inside],
            np.array(logits)[~inside],
            np.array([logit(one) for one in observed(index, domain).near]),
            calibrated_by_labels(labels, index, domain).after,
        )


def _row(one: Measured, others: Sequence[Measured]) -> list[tuple[float, float]]:
    """(answered, withheld) by the model, after its own step, and after that of its labels."""
    told = at_threshold(one.labelled, THRESHOLD)
    offset = _offset(one, *_fitted(others))
    by_labels = (told.answerable.share, 1 - told.near.share)
    return [_shares(one, 0.0), _shares(one, offset), by_labels]


def _shares(one: Measured, offset: float) -> tuple[float, float]:
    least = logit(THRESHOLD)
    return float((one.inside + offset >= least).mean()), float(
        (one.outside + offset < least).mean()
    )


def _offset(one: Measured, offset: float, share: float, usual: float) -> float:
    weight, mean = one.background
    return offset - share * weight * (mean - usual)


def _fitted(seen: Sequence[Measured]) -> tuple[float, float, float]:
    """The constants of the own step with the least log loss; each collection weighs the same."""
    usual = float(np.mean([one.background[1] for one in seen]))

    def loss(constants: Floats) -> float:
        offsets = [_offset(one, *constants.tolist(), usual) for one in seen]
        return float(
            np.mean(
                [
                    _FAIR * np.logaddexp(0, -(one.inside + offset)).mean()
                    + (1 - _FAIR) * np.logaddexp(0, one.outside + offset).mean()
                    for one, offset in zip(seen, offsets, strict=True)
                ]
            )
        )

    offset, share = minimize(loss, np.zeros(2)).x.tolist()
    return offset, share, usual


if __name__ == "__main__":
    main()
