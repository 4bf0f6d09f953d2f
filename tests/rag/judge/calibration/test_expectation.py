from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from paths import ROOT
from scipy.stats import beta

from entrywise.data.errors import SettingsError
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration
from entrywise.index.index import Index
from entrywise.rag.judge.calibration.expectation import (
    at_threshold,
    expected,
    threshold_for,
    threshold_of,
)

# 100 that are answered, four of ten near misses above 0.5, one of them above 0.8.
SEEN = Calibration(
    answerable=tuple(0.3 + 0.006 * n for n in range(100)),
    near=(0.1, 0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.8),
    far=(0.0, 0.05),
)


def test_an_answer_is_given_from_the_threshold_on() -> None:
    told = at_threshold(SEEN, 0.5)
    assert tuple(told.near) == (4, 10)
    assert tuple(told.far) == (0, 2)
    # 0.3 + 0.006 n reaches 0.5 from n = 34 on.
    assert tuple(told.answerable) == (66, 100)
    assert tuple(told.wrong) == (4, 70)


def test_all_are_given_at_zero_and_none_above_the_surest() -> None:
    assert at_threshold(SEEN, 0.0).wrong == (12, 112)
    assert at_threshold(SEEN, 1.0).wrong == (0, 0)


@pytest.mark.parametrize("error", [0.05, 0.08, 0.10, 0.12, 0.15])
def test_the_threshold_of_an_error_is_the_least_that_keeps_to_it(error: float) -> None:
    @cache
    def bound(wrong: int, given: int) -> float:
        # The quantile of the beta distribution is the bound that Clopper and Pearson give.
        return float(beta.ppf(0.95, wrong + 1, given)) if given else 1.0

    def bound_at(threshold: float) -> float:
        given = sum(one >= threshold for one in SEEN.answerable)
        return bound(sum(one >= threshold for one in (*SEEN.near, *SEEN.far)), given)

    kept = [threshold for n in range(10_001) if bound_at(threshold := n / 10_000) <= error]
    assert threshold_of(error, SEEN) == (kept[0] if kept else None)


def test_where_nothing_is_wrong_an_error_needs_59_answers() -> None:
    # 0.95 ** 59 = 0.0485 and 0.95 ** 58 = 0.0510.
    assert threshold_of(0.05, Calibration(answerable=(0.9,) * 59)) == 0.0
    assert threshold_of(0.05, Calibration(answerable=(0.9,) * 58)) is None


def test_a_text_asks_for_the_threshold_of_its_error() -> None:
    assert threshold_for("10 %", SEEN) == threshold_of(0.10, SEEN) == 0.3001


@pytest.mark.parametrize("calibration", [SEEN, UNCALIBRATED])
def test_an_error_that_no_threshold_keeps_to_is_refused_with_the_remedy(
    calibration: Calibration,
) -> None:
    with pytest.raises(SettingsError, match=r"threshold is '1%'.*index calibrate --labels FILE"):
        threshold_for("1%", calibration)


def test_a_text_that_is_no_error_is_refused() -> None:
    with pytest.raises(SettingsError, match="'high', which is no share of errors"):
        threshold_for("high", SEEN)


def test_what_to_expect_is_told_in_two_lines() -> None:
    first, second = expected(SEEN, 0.5)
    assert first == (
        "at the threshold 0.5: 66 % (56 % to 75 %) of its own questions answered; "
        "wrongly answered 40 % (12 % to 74 %) of its near misses, "
        "0 % (0 % to 84 %) of questions of other fields"
    )
    assert second == (
        "an error of at most 5 % with 95 % certainty needs labels, with 59 right answers or more: "
        "`entrywise index calibrate --labels FILE`"
    )


def test_what_was_not_asked_is_not_measured() -> None:
    first, _ = expected(replace(SEEN, far=()), 0.5)
    assert first.endswith(" of its near misses; questions of other fields: not measured")
    first, _ = expected(replace(SEEN, near=(), far=()), 0.5)
    assert first.endswith(
        "questions answered; its near misses: not measured; questions of other fields: not measured"
    )


def test_the_documented_example_is_what_the_glossary_expects(glossary_index: Index) -> None:
    documented = (ROOT / "docs" / "calibration.md").read_text("utf-8").splitlines()
    first, second = expected(glossary_index.calibration, 0.65)
    assert first in documented
    told, _, needed = second.rpartition(" ")
    # In the digits of other processors.
    assert float(needed) == pytest.approx(
        next(float(one.removeprefix(told)) for one in documented if one.startswith(told)), abs=0.01
    )


def test_nothing_is_told_of_what_was_never_asked() -> None:
    assert [*expected(UNCALIBRATED, 0.5)] == []
