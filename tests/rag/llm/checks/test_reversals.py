"""Reversals: opposites, negations, absences and absolutes; and what only looks like one."""

from __future__ import annotations

import pytest

from entrywise.rag.llm.checks.clauses import clauses
from entrywise.rag.llm.checks.reversals import compares_alike, reversal


def turned(claim: str, quotes: str) -> str | None:
    return reversal(list(clauses(claim)), list(clauses(quotes)))


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Prefill is slow.", "Prefill is fast."),
        ("RMSNorm replaced it, which is slower.", "RMSNorm replaced it, which is faster."),
        ("It trains over 1% of the parameters.", "It trains under 1% of the parameters."),
        ("Its output is nondeterministic.", "It produces deterministic text."),
        ("Loss scaling remains necessary.", "Loss scaling is unnecessary."),
    ],
)
def test_an_opposite_turns_a_claim_round(claim: str, quotes: str) -> None:
    assert turned(claim, quotes)


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Short requests idle until long ones end.", "Short requests idle while long ones run."),
        ("Prefill is not slow.", "Prefill is fast."),
        ("Unlike decoding, prefill is fast.", "Models like this have a fast prefill."),
        ("Loss scaling is not necessary.", "Loss scaling is unnecessary."),
        ("The two differ at the same bitwidth.", "At the same bitwidth two are told apart."),
    ],
)
def test_both_sides_of_a_contrast_or_a_negated_opposite_do_not(claim: str, quotes: str) -> None:
    assert turned(claim, quotes) is None


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("The method needs calibration data.", "The method needs no calibration data."),
        ("The method uses no calibration data.", "The method uses calibration data."),
        ("It works only without passes; it cannot run passes.", "It can run passes."),
        ("Simple approaches require calibration.", "Simple approaches do not require calibration."),
        ("It generates text tokens.", "It gives vectors rather than generating text tokens."),
        ("It still needs a reward model.", "It eliminates the reward model."),
    ],
)
def test_a_negation_more_or_less_turns_a_claim_round(claim: str, quotes: str) -> None:
    assert turned(claim, quotes)


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("It requires no gradients.", "It does not require gradients."),
        ("It adds no weight matrices.", "Instead of adding weight matrices, it rescales."),
        ("It merges into the base weights.", "It merges into the base weights at no extra cost."),
        ("Not all weights are updated.", "It learns without updating all weights."),
        ("No labels or rewards are used.", "It uses tests rather than labels or rewards."),
        ("It keeps precision without giving up speed.", "It keeps speed and precision."),
        ("The weights stay the same.", "It works without changing the weights."),
        ("Static batching wastes GPU time.", "It eliminates the GPU time that batching wastes."),
    ],
)
def test_a_negation_in_other_words_or_of_something_else_does_not(claim: str, quotes: str) -> None:
    assert turned(claim, quotes) is None


def test_what_the_quotes_have_none_of_is_not_there() -> None:
    quotes = "No infinity exists — a departure from IEEE."
    assert turned("The format keeps infinity as in IEEE.", quotes) == "infin"


def test_always_is_not_often() -> None:
    assert turned("It is always right.", "It is often right.") == "always"
    assert (
        turned("It always cites papers.", "It may cite papers of events that never happened.")
        == "always"
    )


def test_not_every_is_no_absolute() -> None:
    assert turned("Not every family tags it.", "Some families tag it.") is None


def test_words_of_one_side_compare_alike() -> None:
    assert compares_alike("shrink", "It reduces the cache.")
    assert not compares_alike("grow", "It reduces the cache.")
    assert not compares_alike("cook", "It reduces the cache.")
