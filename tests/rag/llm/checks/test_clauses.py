"""Clauses: where they end, what they hold, and what they deny."""

from __future__ import annotations

from entrywise.rag.llm.checks.clauses import Clause, clauses, things


def only(text: str) -> Clause:
    (clause,) = clauses(text)
    return clause


def test_things_are_stems_and_numbers_in_order() -> None:
    assert things("Training 70B models in 4 bits") == ("train", "7e+10", "model", "4", "bit")


def test_commas_and_conjunctions_end_a_clause_and_full_stops_a_sentence() -> None:
    found = list(clauses("Prefill is fast, but decoding is slow. Both use 1,024 tokens."))
    assert [clause.sentence for clause in found] == [0, 0, 1]
    assert [clause.things[-1] for clause in found] == ["fast", "slow", "token"]


def test_what_stands_behind_a_negation_is_negated() -> None:
    clause = only("The method needs calibration without gradients")
    assert clause.negated == {"gradient"}
    assert clause.negative


def test_what_is_denied_before_or_is_denied_behind_it() -> None:
    assert only("it works without human labels or learned rewards").negated == {
        "human", "label", "learn", "reward",
    }  # fmt: skip
    assert [clause.negative for clause in clauses("it has labels or no rewards")] == [False, True]


def test_two_negations_affirm() -> None:
    clause = only("It cannot work without gradients")
    assert clause.negated == {"work"}
    assert not clause.negative


def test_a_negation_at_the_end_negates_all() -> None:
    assert only("simpler approaches do not").negated == {"simpler", "approach"}


def test_not_only_and_not_every_negate_nothing() -> None:
    assert not only("it is not only fast").negative
    assert not only("not every model is fast").negative


def test_what_is_replaced_or_removed_may_be_denied() -> None:
    assert only("a latent instead of full keys").replaced == {"full", "key"}
    removed = only("this eliminates the critic")
    assert removed.denied == {"critic"}
    assert not removed.replaced


def test_what_there_is_none_of_is_absent() -> None:
    assert only("no further training is needed").absent == {"train"}


def test_some_wordings_may_stand_for_a_negation() -> None:
    assert only("the weights stay the same").contrasts
    assert only("an unsupported format").contrasts
    assert not only("the weights change").contrasts


def test_what_is_kept_or_required_is_needed() -> None:
    assert only("it still needs a critic").needs
    assert not only("it drops a critic").needs
