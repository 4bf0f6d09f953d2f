"""Units: which words name them, how they convert, and what a subject adds."""

from __future__ import annotations

import pytest

from entrywise.rag.domains.base import Unit
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.llm.checks.units import EVERYDAY, Units

ON_MODELS = Units(DOMAIN.units)


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("GB", "megabytes", 1000),
        ("byte", "bits", 8),
        ("s", "ms", 1000),
        ("h", "minutes", 60),
        ("kg", "grams", 1000),
        ("metres", "mm", 1000),
        ("liter", "ml", 1000),
        ("TFLOPS", "gigaflops", 1000),
        ("bytes", "bpw", 8),
    ],
)
def test_units_of_one_kind_convert(one: str, other: str, times: float) -> None:
    larger, smaller = ON_MODELS.named(one), ON_MODELS.named(other)
    assert larger is not None
    assert smaller is not None
    assert larger.kind == smaller.kind
    assert larger.size == pytest.approx(times * smaller.size)


@pytest.mark.parametrize(
    ("one", "other"), [("GB", "GB/s"), ("tokens", "layers"), ("days", "GPUs"), ("euros", "dollars")]
)
def test_units_of_different_kinds_do_not(one: str, other: str) -> None:
    first, second = ON_MODELS.named(one), ON_MODELS.named(other)
    assert first is not None
    assert second is not None
    assert first.kind != second.kind


def test_what_is_no_unit_names_none() -> None:
    assert EVERYDAY.named("model") is None


@pytest.mark.parametrize("word", ["token", "layers", "head", "expert", "GPUs", "bpw", "TFLOPS"])
def test_in_everyday_life_nothing_is_counted_as_on_a_subject(word: str) -> None:
    assert EVERYDAY.named(word) is None
    assert ON_MODELS.named(word) is not None


def test_a_subject_may_mean_something_else_by_a_word() -> None:
    assert EVERYDAY.named("min") == Unit("second", 60)
    assert Units({"min": Unit("mintage")}).named("Min") == Unit("mintage")


def test_without_a_number_only_plurals_are_units() -> None:
    named = EVERYDAY.written_out("for us, the second stage takes hours")
    assert named == {Unit("second", 3600)}
