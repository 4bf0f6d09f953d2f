"""Units: which words name them, and how they convert."""

from __future__ import annotations

import pytest

from entrywise.rag.llm.checks.units import unit, written_out


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [("GB", "megabytes", 1000), ("byte", "bits", 8), ("s", "ms", 1000), ("h", "minutes", 60)],
)
def test_units_of_one_kind_convert(one: str, other: str, times: float) -> None:
    larger, smaller = unit(one), unit(other)
    assert larger is not None
    assert smaller is not None
    assert larger.kind == smaller.kind
    assert larger.size == pytest.approx(times * smaller.size)


@pytest.mark.parametrize(("one", "other"), [("GB", "GB/s"), ("tokens", "layers"), ("days", "GPUs")])
def test_units_of_different_kinds_do_not(one: str, other: str) -> None:
    first, second = unit(one), unit(other)
    assert first is not None
    assert second is not None
    assert first.kind != second.kind


def test_what_is_no_unit_names_none() -> None:
    assert unit("model") is None


def test_without_a_number_only_plurals_are_units() -> None:
    assert {one.size for one in written_out("for us, the second stage takes hours")} == {3600}
