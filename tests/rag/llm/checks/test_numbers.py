"""Numbers: what they are worth however they are written, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.rag.domains.base import Unit
from entrywise.rag.llm.checks.numbers import numbers
from entrywise.rag.llm.checks.units import Units


def values(text: str) -> list[float]:
    return [number.value for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,024 tokens", 1024),
        ("3.35 TB/s", 3.35),
        ("1e-4", 0.0001),
        ("70B", 70e9),
        ("70 billion", 70e9),
        ("70-billion-parameter", 70e9),
        ("1.5M", 1.5e6),
        ("8.5K", 8500),
        ("sixty-four", 64),
        ("two hundred", 200),
        ("two hundred thousand", 200_000),
        ("a thousandfold", 1000),
        ("eightfold", 8),
        ("twice", 2),
        ("half", 0.5),
        ("50 %", 0.5),
        ("50 percent", 0.5),
        ("2/3", 2 / 3),
        ("two-thirds", 2 / 3),
        ("one-tenth", 0.1),
        ("three quarters", 0.75),
        ("a dozen", 12),
    ],
)
def test_a_number_has_its_value(text: str, value: float) -> None:
    assert values(text) == pytest.approx([value])


@pytest.mark.parametrize("text", ["FP16", "Q4_K_M", "H100", "x86", "someone", "often", "ninety9"])
def test_the_digits_and_words_within_names_are_no_numbers(text: str) -> None:
    assert values(text) == []


def test_a_range_has_the_factor_of_its_end() -> None:
    assert values("7-13B") == [7e9, 13e9]
    assert values("1 to 2 percent") == pytest.approx([0.01, 0.02])


def test_the_number_of_a_name_is_no_range() -> None:
    assert values("Llama 3 to 500K and Qwen 2 to 1M") == [3, 500e3, 2, 1e6]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("24 GB", "byte"),
        ("n_heads=8 heads", "head"),
        ("200 g of flour", "gram"),
        ("8x faster", "times"),
        ("8× faster", "times"),
        ("eight times", "times"),
        ("doubles", "times"),
        ("a two-to-one ratio", "times"),
        ("a ratio of 2:1", "times"),
        ("50 %", "percent"),
        ("500ms", "second"),
    ],
)
def test_a_number_has_the_unit_beside_it(text: str, kind: str) -> None:
    measured = next(numbers(text, Units({"heads": Unit("head")}))).unit
    assert measured is not None
    assert measured.kind == kind


def test_the_unit_of_the_next_clause_is_not_its_own() -> None:
    number = next(numbers("it has 8, tokens are many"))
    assert number.unit is None
    assert not number.near


def test_a_number_knows_its_place() -> None:
    text = "about 70 billion parameters"
    number = next(numbers(text))
    assert text[number.start : number.end] == number.text == "70 billion"


@given(st.integers(0, 10**15))
def test_thousands_separators_change_nothing(value: int) -> None:
    assert values(f"{value:,}") == values(f"{value}") == [value]


@given(st.text("0123456789,.-/e%KMB xXone hundred", max_size=300))
def test_whatever_looks_like_numbers_can_be_read(text: str) -> None:
    for number in numbers(text):
        assert text[number.start : number.end] == number.text


def test_a_number_of_five_thousand_digits_can_be_read() -> None:
    assert values("9" * 5000 + "/" + "9" * 5000)
