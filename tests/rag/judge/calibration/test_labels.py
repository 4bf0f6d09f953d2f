from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import minimize

from entrywise.data.errors import EntrywiseError
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration
from entrywise.index.index import Index
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.find.rerankers.base import Scores
from entrywise.rag.judge.calibration.labels import Label, calibrated_by_labels, fitted

HELD = ("fuel berth", "berth fees", "lifeboat crew", "night berths", "who keeps the lifeboats?")
NOT_HELD = (
    "harbour swimming lessons", "harbour jobs", "fishing licence", "ferry timetable", "ship loans",
)  # fmt: skip


def labels(held: int = 5, not_held: int = 5) -> list[Label]:
    return [Label(text, "in") for text in HELD[:held]] + [
        Label(text, "near") for text in NOT_HELD[:not_held]
    ]


def drawn(slope: float, offset: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and truths that a step with this slope and offset is right about."""
    random = np.random.default_rng(0)
    logits = random.normal(0.0, 3.0, count)
    truths = random.random(count) < 1 / (1 + np.exp(-(slope * logits + offset)))
    return logits, truths


def test_many_labels_find_the_step_that_made_them() -> None:
    logits, inside = drawn(0.6, 1.0, 20_000)
    share = float(inside.mean() / (1 - inside.mean()))
    step = fitted(logits[:, np.newaxis], inside, UNCALIBRATED, share)
    assert (step.slope, step.offset) == pytest.approx((0.6, 1.0), abs=0.05)


def test_it_is_the_minimum_that_scipy_finds() -> None:
    logits, inside = drawn(0.7, -0.5, 40)
    weights = np.where(inside, 0.8 / inside.sum(), 0.2 / (~inside).sum()) * len(inside)

    def loss(step: np.ndarray) -> float:
        value = step[0] * logits + step[1]
        losses = np.where(inside, np.logaddexp(0, -value), np.logaddexp(0, value))
        prior = ((step[0] - 1) / 0.5) ** 2 / 2 + ((step[1] - 0.3) / 2) ** 2 / 2
        return float(weights @ losses + prior)

    step = fitted(logits[:, np.newaxis], inside, Calibration(offset=0.3), 4.0)
    assert (step.slope, step.offset) == pytest.approx(minimize(loss, [1.0, 0.0]).x, abs=1e-3)


def test_few_labels_leave_it_near_the_prior() -> None:
    prior = Calibration(slope=1.0, offset=-0.4)
    step = fitted(np.array([[0.1], [-0.1]]), np.array([True, False]), prior, 1.0)
    assert (step.slope, step.offset) == pytest.approx((1.0, -0.4), abs=0.3)


def test_what_is_surer_stays_surer_whatever_labels_say() -> None:
    logits = np.linspace(-4, 4, 200)
    assert fitted(logits[:, np.newaxis], logits < 0, UNCALIBRATED, 1.0).slope >= 0.1


def test_how_many_were_written_of_each_kind_does_not_matter() -> None:
    logits, inside = drawn(1.0, 0.0, 400)
    some = np.concatenate([np.flatnonzero(inside), np.repeat(np.flatnonzero(~inside), 3)])
    once = fitted(logits[:, np.newaxis], inside, UNCALIBRATED, 4.0)
    thrice = fitted(logits[some, np.newaxis], inside[some], UNCALIBRATED, 4.0)
    assert (once.slope, once.offset) == pytest.approx((thrice.slope, thrice.offset), abs=0.05)


def test_labels_say_what_to_expect_before_and_after(harbour_index: Index) -> None:
    domain = open_domain(harbour_index.manifest.identity.domain)
    before, after = calibrated_by_labels(labels(), harbour_index, domain)
    assert before.offset == harbour_index.calibration.offset
    assert after.labelled
    assert [*map(len, (after.answerable, after.near, after.far))] == [5, 5, 0]


class Telling:
    """A reranker that knows which questions are answered."""

    sha256 = "telling"

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        return np.full(len(passages), 0.95 if question in HELD else 0.05)


def test_what_a_reranker_says_counts_where_labels_show_that_it_tells(harbour_index: Index) -> None:
    domain = open_domain(harbour_index.manifest.identity.domain)
    _, after = calibrated_by_labels(labels(), harbour_index, domain, reranker=Telling())
    reranked = after.with_reranker("telling")
    assert reranked.reranker == "telling"
    assert reranked.weight > 0.2
    assert min(reranked.answerable) > max(reranked.near)
    # Another one's scores, or none's, count nothing.
    for other in (after.with_reranker("another"), after.with_reranker(None)):
        assert other == after
        assert other.applied(0.7, 0.95) == other.applied(0.7, 0.05)
    assert reranked.applied(0.7, 0.95) > reranked.applied(0.7, 0.05)


def test_a_reranker_that_tells_nothing_gets_next_to_no_weight() -> None:
    logits, inside = drawn(1.0, 0.0, 2_000)
    noise = np.random.default_rng(1).normal(0.0, 3.0, len(logits))
    step = fitted(np.stack([logits, noise], axis=1), inside, UNCALIBRATED, 1.0)
    assert step.weight < 0.1
    assert step.slope == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize(("held", "not_held"), [(4, 5), (5, 4)])
def test_too_few_of_a_kind_are_refused(harbour_index: Index, held: int, not_held: int) -> None:
    domain = open_domain(harbour_index.manifest.identity.domain)
    with pytest.raises(EntrywiseError, match=f"{held} questions that are answered and {not_held}"):
        calibrated_by_labels(labels(held, not_held), harbour_index, domain)
