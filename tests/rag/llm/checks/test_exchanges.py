"""Exchanges: two things that have changed places, and lists, which may be in any order."""

from __future__ import annotations

import pytest

from entrywise.rag.llm.checks.clauses import clauses
from entrywise.rag.llm.checks.exchanges import compared_otherwise, exchange
from entrywise.rag.llm.checks.words import words


def swapped(claim: str, quotes: str) -> tuple[str, str] | None:
    names = {word.stem for word in words(f"{claim} . {quotes}") if word.is_name}
    return exchange(list(clauses(claim)), list(clauses(quotes)), names, quotes)


def test_two_names_that_have_changed_places_are_found() -> None:
    quotes = "The original GPTQ sorts columns by error, and the newer AWQ scales salient channels."
    claim = "The original AWQ sorts columns by error, and the newer GPTQ scales salient channels."
    assert swapped(claim, quotes) == ("awq", "gptq")
    assert swapped(quotes, quotes) is None


def test_two_numbers_that_have_changed_places_are_found() -> None:
    quotes = "Weights take 4 bits of memory, and activations remain 16 wide floats."
    claim = "Activations remain 4 wide floats, and weights take 16 bits of memory."
    assert swapped(claim, quotes) == ("4", "16")


def test_two_things_without_a_name_that_have_changed_places_are_found() -> None:
    quotes = "keys are quantised along every input channel block; values live beside recent tokens."
    claim = "values are quantised along every input channel block; keys live beside recent tokens."
    assert swapped(claim, quotes) == ("valu", "key")


def test_a_list_may_be_in_any_order() -> None:
    quotes = "Apache 2.0 and MIT are permissive — use for anything including commercial products."
    claim = "Models under MIT or Apache 2.0 may be used for anything including commercial products."
    assert swapped(claim, quotes) is None


def test_only_the_first_things_of_a_long_list_are_compared() -> None:
    many = " and ".join(f"AB{number} runs job{number}" for number in range(400))
    assert swapped(many, many) is None


@pytest.mark.parametrize("word", ["is faster than", "outperforms", "exceeds", "beats"])
def test_a_comparison_the_other_way_round_is_found(word: str) -> None:
    assert compared_otherwise(f"LoRA {word} DoRA.", f"DoRA {word} LoRA.")
    assert compared_otherwise(f"DoRA {word} LoRA.", f"DoRA {word} LoRA.") is None


def test_what_is_below_in_the_quotes_is_not_above() -> None:
    quotes = "Evol: this handles prompts far better than models trained on basic pairs."
    claim = "Models trained on basic pairs handle prompts far better than those of Evol."
    assert compared_otherwise(claim, quotes) == "than"


def test_a_comparison_that_the_quotes_have_as_well_is_right() -> None:
    quotes = "Decoding is slower than prefill. Prefill is shorter than decoding."
    assert compared_otherwise("Prefill is shorter than decoding.", quotes) is None


def test_another_clause_is_not_compared() -> None:
    quotes = "It cannot handle sequences longer than the maximum position."
    claim = "Beyond the maximum position it fails, whereas this takes sequences longer than those."
    assert compared_otherwise(claim, quotes) is None
