from __future__ import annotations

from growth import grows_linearly


def test_what_is_quadratic_is_told_from_what_is_linear() -> None:
    assert grows_linearly(lambda count: sum(1 for _ in range(count)), 1_000_000)
    assert not grows_linearly(lambda count: sum(1 for _ in range(count * count)), 2_000)
