from __future__ import annotations

import pytest

from entrywise.rag.understand.wording import COMPARING, JOINTS, compiled


@pytest.mark.parametrize(
    "text",
    [
        "vs", "v/s", "Versus", "rather than", "as opposed to", "or", "than", "over", "against",
        "the same as", "the same thing as", "another name for", "compared to", "contrasted with",
        "different from", "differ much from", "comparable to", "as good as", "as much memory as",
        "so groß wie",
    ],
)  # fmt: skip
def test_a_joint_stands_between_what_is_compared(text: str) -> None:
    assert compiled(JOINTS).fullmatch(text)


@pytest.mark.parametrize(
    "text",
    ["and", "with", "to", "the same", "differ", "more", "overt", "as well as", "as long as", "as"],
)
def test_what_joins_more_than_it_compares_is_no_joint(text: str) -> None:
    assert not compiled(JOINTS).search(text)


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("how does a sloop differ", True),
        ("compare them", True),
        ("contrast both", True),
        ("sloop v/s ketch", True),
        ("contrastive learning", False),
        ("differential privacy", False),
        ("automatic differentiation", False),
        ("a comparator", False),
        ("sloop or ketch", False),
    ],
)
def test_comparing_words_compare_whatever_stands_beside_them(text: str, compares: bool) -> None:
    assert bool(compiled(COMPARING).search(text)) is compares
