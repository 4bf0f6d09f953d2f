"""What to expect of a knowledge base at a threshold, and the threshold that an error needs.

    at_threshold(calibration, 0.65)     how many of each kind of question are answered
    threshold_of(0.05, calibration)     the least at which at most 5 % of given answers are wrong
    threshold_for("5%", calibration)    the same of a setting; an error where there is none

A given answer is wrong where the knowledge base holds none: near misses and questions of other
fields, as often as they were asked. That a quote is beside the point is not told by it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from entrywise.data.errors import SettingsError
from entrywise.data.percentages import share
from entrywise.index.calibration.calibration import Calibration
from entrywise.rag.judge.calibration.binomial import CERTAINTY, is_at_most, share_between

ERROR = 0.05
"""The error whose threshold is told."""
_STEP = 0.0001
"""Confidences are kept with so many digits."""


class Answered(NamedTuple):
    """How many questions of a kind are answered, of how many."""

    given: int
    asked: int

    @property
    def share(self) -> float:
        """The share that is answered, in [0, 1]."""
        return self.given / self.asked if self.asked else 0.0

    def __str__(self) -> str:
        low, high = share_between(self.given, self.asked)
        return f"{self.share:.0%} ({low:.0%} to {high:.0%})".replace("%", " %")


class Expectation(NamedTuple):
    """What comes of questions whose truth is known."""

    answerable: Answered
    near: Answered
    far: Answered

    @property
    def wrong(self) -> Answered:
        """Wrong answers among those that are given."""
        wrong = self.near.given + self.far.given
        return Answered(wrong, wrong + self.answerable.given)


def at_threshold(calibration: Calibration, threshold: float) -> Expectation:
    """What to expect where an answer with a confidence below `threshold` is withheld."""
    kinds = (calibration.answerable, calibration.near, calibration.far)
    return Expectation(
        *(Answered(len(kind) - bisect_left(kind, threshold), len(kind)) for kind in kinds)
    )


def threshold_of(error: float, calibration: Calibration) -> float | None:
    """The least threshold, in [0, 1], at which the share of wrong answers among those that are
    given is at most `error`, in (0, 1), with 95 % certainty; None where none is sure enough."""
    beyond = {round(one + _STEP, 4) for one in (*calibration.near, *calibration.far)}
    for threshold in sorted({0.0, *beyond}):
        wrong = at_threshold(calibration, threshold).wrong
        if wrong.asked and is_at_most(*wrong, error):
            return threshold
    return None


def threshold_for(text: str, calibration: Calibration) -> float:
    """The least confidence of an answer, in [0, 1], that a text such as "5%" asks for.

    Raises:
        SettingsError: no confidence keeps to this share, or the text is none.
    """
    error = share(text)
    if error is None:
        raise SettingsError(f"threshold is {text!r}, which is no share of errors such as '5%'")
    found = threshold_of(error, calibration)
    if found is None:
        raise SettingsError(
            f"threshold is {text!r}, but no confidence keeps to that with {CERTAINTY:.0%} "
            f"certainty on the index's {_kind(calibration)} questions; label more and run "
            "`entrywise index calibrate --labels FILE`, allow more, or set a number"
        )
    return found


def expected(calibration: Calibration, threshold: float) -> Iterator[str]:
    """Line by line, what to expect of a knowledge base; nothing where it was never asked."""
    if not calibration.answerable:
        return
    told = at_threshold(calibration, threshold)
    kinds = {"its near misses": told.near, "questions of other fields": told.far}
    wrong = ", ".join(f"{some} of {name}" for name, some in kinds.items() if some.asked)
    unknown = [f"{name}: not measured" for name, some in kinds.items() if not some.asked]
    yield "; ".join(
        [
            f"at the threshold {threshold:g}: {told.answerable} of its {_kind(calibration)} "
            "questions answered",
            *([f"wrongly answered {wrong}"] if wrong else []),
            *unknown,
        ]
    )
    needed = threshold_of(ERROR, calibration)
    least = f"an error of at most {ERROR:.0%} with {CERTAINTY:.0%} certainty".replace("%", " %")
    if needed is not None:
        yield f"{least} needs {needed:g}"
    else:
        yield (
            f"{least} needs labels, with {_fewest(ERROR)} right answers or more: "
            "`entrywise index calibrate --labels FILE`"
        )


def _fewest(error: float) -> int:
    """How many answers have to be right, and none wrong, to be sure of an error."""
    return next(n for n in count(1) if is_at_most(0, n, error))


def _kind(calibration: Calibration) -> str:
    return "labelled" if calibration.labelled else "own"
