"""Names and numbers of the quotes in each other's place; and those that are where they belong."""

from __future__ import annotations

import pytest

from entrywise.rag.llm.checks.clauses import clauses
from entrywise.rag.llm.checks.misplacements import misplacement
from entrywise.rag.llm.checks.words import words


def moved(claim: str, quotes: str, titles: str = "") -> tuple[str, str] | None:
    return misplacement(
        list(clauses(claim)),
        list(clauses(quotes)),
        names={word.stem for word in words(f"{claim} . {quotes}") if word.is_name},
        titles={word.stem for word in words(titles)},
    )


@pytest.mark.parametrize(
    ("claim", "quotes", "pair"),
    [
        (
            "Curious laymen with a browser score 65 percent.",
            "Curious laymen with a browser score only 34 percent, while experts reach 65 percent.",
            ("0.65", "0.34"),
        ),
        (
            "By default, BatchNorm was used in the first large models.",
            "LayerNorm was used by default in the first large models. BatchNorm came before.",
            ("batchnorm", "layernorm"),
        ),
    ],
)
def test_what_stands_in_the_place_of_another_is_found(
    claim: str, quotes: str, pair: tuple[str, str]
) -> None:
    assert moved(claim, quotes) == pair
    assert moved(quotes, quotes) is None


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        # A list: all that is said is said of each.
        (
            "PyTorch serves as a fast backend for models.",
            "Models run on a fast backend such as TensorFlow, JAX and PyTorch.",
        ),
        # Nothing stands where the number was taken from.
        ("The method needs 4 bits per weight.", "The method needs bits per weight: 4 of them."),
        # Both are said.
        (
            "From 16 bits per weight it goes down to 4 bits.",
            "It takes 16 bits per weight. Quantized, it takes 4 bits.",
        ),
    ],
)
def test_what_the_quotes_say_of_it_elsewhere_is_not(claim: str, quotes: str) -> None:
    assert moved(claim, quotes) is None


def test_whatever_an_entry_says_it_says_of_its_title() -> None:
    claim = "RoPE rotates queries by their position in the text."
    quotes = "YaRN rotates queries by their position in the text. RoPE came first."
    assert moved(claim, quotes) == ("rope", "yarn")
    assert moved(claim, quotes, titles="RoPE") is None
