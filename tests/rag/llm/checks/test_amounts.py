"""The numbers of a claim: which other wordings of a quote's amount hold, and that others do not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entrywise.rag.domains.base import Unit
from entrywise.rag.llm.checks.amounts import unsupported_number
from entrywise.rag.llm.checks.numbers import numbers
from entrywise.rag.llm.checks.units import EVERYDAY, Units


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("8x faster", "8 times faster"),
        ("eightfold", "8× smaller"),
        ("70B parameters", "70 billion parameters"),
        ("half of it", "50 % of it"),
        ("about 50%", "roughly halves memory, at 33 percent more compute"),
        ("a third", "33 percent"),
        ("33%", "a third"),
        ("two-thirds", "2/3"),
        ("1,024 tokens", "1024 tokens"),
        ("0.0001", "1e-4"),
        ("three quarters", "75%"),
        ("half a second", "under 500ms"),
        ("1.5 GB", "1,500 MB"),
        ("2 bytes", "16-bit"),
        ("4 bits", "INT4"),
        ("4K tokens", "4,096 tokens"),
        ("7B to 13B", "7-13B"),
        ("1% to 2%", "1 to 2 percent"),
        ("twice as heavily", "a two-to-one ratio"),
        ("to a quarter", "by roughly four times"),
        ("by 75%", "4x smaller"),
        ("25%", "INT4 quarters it"),
        ("a third more compute", "about 33 percent extra compute"),
        ("zero overhead", "no inference overhead"),
        ("one model", "the model"),
    ],
)
def test_the_same_amount_in_other_words_holds(claim: str, quote: str) -> None:
    assert unsupported_number(claim, quote) is None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("8 GB", "8 MB"),
        ("16 bits", "16 bytes"),
        ("200 kg of flour", "200 g of flour"),
        ("50 ms", "50 s"),
        ("80 GB", "80 GB/s"),
        ("half a minute", "500ms"),
        ("91%", "90%"),
        ("34%", "a third"),
        ("0.91", "0.9"),
        ("51%", "2x smaller"),
        ("by 25%", "4x smaller"),
        ("doubles memory", "halves memory"),
        ("50% more compute", "halves memory, at 33 percent extra compute"),
        ("100%", "1 model"),
        ("5%", "5 layers"),
        ("4,096 tokens", "4K tokens"),
        ("zero", "it has no name"),
        ("ten", "two"),
        ("a few GPU-hours of several minutes", "a few GPU-minutes"),
    ],
)
def test_another_amount_does_not(claim: str, quote: str) -> None:
    assert unsupported_number(claim, quote)


def test_what_a_subject_counts_is_told_apart() -> None:
    units = Units({"tokens": Unit("token"), "layers": Unit("layer")})
    assert unsupported_number("8 tokens", "8 layers", units) == "8"
    assert unsupported_number("8 tokens", "8 layers") is None
    assert unsupported_number("8 tokens", "a stack of 8 tokens", units) is None


def test_units_without_a_number_are_told_apart() -> None:
    assert unsupported_number("It takes hours.", "It takes minutes.") == "second"
    assert unsupported_number("It takes hours.", "It takes long.") is None


FORMS = ("{}", "{:,}", "{} GB", "{}x", "{} percent", "{}B", "{} eggs", "{} ms", "the {} most")


@given(st.integers(2, 10**9), st.integers(2, 10**9), st.sampled_from(FORMS))
def test_a_changed_number_is_never_founded(value: int, other: int, form: str) -> None:
    assume(value != other)
    assert unsupported_number(form.format(other), form.format(value))


@given(st.integers(0, 10**9), st.sampled_from(FORMS))
def test_the_same_number_always_is(value: int, form: str) -> None:
    assert unsupported_number(form.format(value), form.format(value)) is None


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_share_is_never_founded_on_another(value: int, other: int) -> None:
    assume(value != other)
    assert unsupported_number(f"by {other}%", f"by {value} percent")
    assert unsupported_number(f"{other}% more", f"{value} percent more")


@given(st.text("0123456789 x%KMB/.,-one", max_size=200), st.text("0123456789 x%", max_size=200))
def test_what_is_unfounded_is_a_number_of_the_claim(claim: str, quote: str) -> None:
    found = unsupported_number(claim, quote)
    assert found is None or found in [number.text for number in numbers(claim, EVERYDAY)]
    assert unsupported_number(claim, claim) is None
