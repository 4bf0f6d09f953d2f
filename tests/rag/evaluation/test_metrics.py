from __future__ import annotations

from math import log2, sqrt

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.rag.evaluation.metrics import (
    auroc,
    bootstrap_interval,
    expected_calibration_error,
    exponential,
    linear,
    ndcg_at,
    recall_at,
    reliability,
)

RELEVANT = {"a": 2, "b": 1, "c": 1}
grades = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), min_size=1)
scores = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=30)


def test_ndcg_is_the_sum_by_hand() -> None:
    found = 1 / log2(2) + 0 / log2(3) + 3 / log2(4)
    ideal = 3 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert ndcg_at(["b", "x", "a", "c"], RELEVANT, k=3) == pytest.approx(found / ideal)


def test_ndcg_with_linear_gain_is_the_sum_by_hand() -> None:
    found = 1 / log2(2) + 2 / log2(4)
    ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert ndcg_at(["b", "x", "a"], RELEVANT, 5, linear) == pytest.approx(found / ideal)


@given(grades, st.permutations("abcdefgh"), st.integers(1, 8))
def test_ndcg_is_that_of_ir_measures(relevant: dict[str, int], ranked: list[str], k: int) -> None:
    run = [ir_measures.ScoredDoc("q", entry, -rank) for rank, entry in enumerate(ranked)]
    for gain in (linear, exponential):
        gained = [ir_measures.Qrel("q", e, int(gain(grade))) for e, grade in relevant.items()]
        theirs = ir_measures.calc_aggregate([ir_measures.nDCG @ k], gained, run)
        assert ndcg_at(ranked, relevant, k, gain) == pytest.approx(theirs[ir_measures.nDCG @ k])


def test_recall_counts_all_that_is_relevant_in_its_denominator() -> None:
    graded = RELEVANT | {"z": 0}
    assert recall_at(["z", "a", "b"], graded, k=2) == pytest.approx(1 / 3)
    assert recall_at(["a", "b"], graded, k=2) == pytest.approx(2 / 3)


def test_nothing_relevant_is_zero() -> None:
    assert ndcg_at(["a"], {"a": 0}, k=5) == 0
    assert recall_at(["a"], {"a": 0}, k=5) == 0


def test_auroc_counts_a_tie_as_half() -> None:
    # (3 > 2), (3 > 1), (2 = 2), (2 > 1): 3.5 of 4 pairs.
    assert auroc([3, 2], [2, 1]) == 3.5 / 4


@given(scores, scores)
def test_auroc_is_that_of_scikit_learn(positives: list[float], negatives: list[float]) -> None:
    from sklearn.metrics import roc_auc_score

    truth = [1] * len(positives) + [0] * len(negatives)
    theirs = roc_auc_score(truth, positives + negatives)
    assert auroc(positives, negatives) == pytest.approx(theirs)


@pytest.mark.parametrize(("positives", "negatives"), [([], [1.0]), ([1.0], [])])
def test_auroc_of_one_side_alone_is_an_error(
    positives: list[float], negatives: list[float]
) -> None:
    with pytest.raises(ValueError, match="one of the two is empty"):
        auroc(positives, negatives)


def test_the_bootstrap_interval_is_near_the_normal_one() -> None:
    values = [0.0, 1.0] * 200
    low, high = bootstrap_interval(values)
    half = 1.96 * 0.5 / sqrt(len(values))
    assert low == pytest.approx(0.5 - half, abs=0.006)
    assert high == pytest.approx(0.5 + half, abs=0.006)
    assert bootstrap_interval(values) == (low, high)
    assert bootstrap_interval(values, seed=1) != (low, high)
    with pytest.raises(ValueError, match="no values"):
        bootstrap_interval([])


def test_calibration_error_is_the_sum_by_hand() -> None:
    # Bins of a fifth: {0.1, 0.1} none right, {0.5} right, {0.9, 1.0} one of two right.
    confidences, correct = [0.1, 0.1, 0.5, 0.9, 1.0], [False, False, True, True, False]
    by_hand = (2 * 0.1 + 1 * 0.5 + 2 * 0.45) / 5
    assert expected_calibration_error(confidences, correct, bins=5) == pytest.approx(by_hand)


def test_reliability_has_the_bins_that_hold_something() -> None:
    bins = reliability([0.95, 0.1, 1.0], [True, False, True])
    assert bins == [(0.1, 0.0, 1), (pytest.approx(0.975), 1.0, 2)]
    with pytest.raises(ValueError, match="no confidences"):
        reliability([], [])
    with pytest.raises(ValueError, match="longer"):
        reliability([0.5], [True, False])
