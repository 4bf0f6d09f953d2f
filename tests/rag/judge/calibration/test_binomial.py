from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.rag.judge.calibration.binomial import (
    is_at_most,
    share_at_most,
    share_between,
    tail,
)

CASES = [(0, 1), (0, 59), (1, 10), (3, 40), (20, 40), (39, 40), (40, 40), (7, 1000), (990, 1000)]


@pytest.mark.parametrize(("hits", "cases"), CASES)
def test_the_interval_is_that_of_scipy(hits: int, cases: int) -> None:
    # Whoever finds the tests does not wait for it.
    from scipy.stats import binomtest

    expected = binomtest(hits, cases).proportion_ci(0.95, method="exact")
    assert share_between(hits, cases) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize(("hits", "cases"), CASES)
def test_the_one_sided_bound_is_that_of_scipy(hits: int, cases: int) -> None:
    from scipy.stats import binomtest

    test = binomtest(hits, cases, alternative="less").proportion_ci(0.95, method="exact")
    assert share_at_most(hits, cases) == pytest.approx(test.high, abs=1e-9)


@pytest.mark.parametrize(("hits", "cases"), CASES)
def test_whether_a_share_is_at_most_another_needs_no_bound(hits: int, cases: int) -> None:
    bound = share_at_most(hits, cases)
    for share in (0.02, 0.05, 0.3, bound - 1e-9, min(bound + 1e-9, 0.99)):
        assert is_at_most(hits, cases, share) == (bound <= share)


@pytest.mark.parametrize("share", [0.0, 1e-9, 0.05, 0.5, 0.999, 1.0])
def test_the_tail_is_that_of_scipy(share: float) -> None:
    from scipy.stats import binom

    for hits, cases in CASES:
        assert tail(hits, cases, share) == pytest.approx(binom.cdf(hits, cases, share), abs=1e-9)


def test_none_of_59_is_the_least_that_shows_five_percent() -> None:
    # 0.95 ** 59 = 0.0485 and 0.95 ** 58 = 0.0510.
    assert share_at_most(0, 59) <= 0.05 < share_at_most(0, 58)


def test_where_nothing_was_seen_all_is_possible() -> None:
    assert share_between(0, 0) == (0.0, 1.0)


@given(st.integers(1, 300), st.data())
def test_the_bounds_hold_what_was_seen(cases: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, cases))
    low, high = share_between(hits, cases)
    assert 0 <= low <= hits / cases <= high <= 1
