from __future__ import annotations

import pytest

from entrywise.rag.answer import Status
from entrywise.rag.evaluation.outcome import Outcome, Ranking
from entrywise.rag.evaluation.questions import LabelledQuestion
from entrywise.rag.evaluation.run import Evaluation
from entrywise.rag.evaluation.summary import Mean, Summary, mean_of, summarize


def labelled(kind: str, scope: str) -> LabelledQuestion:
    """A question with two relevant entries, or none where it is out of scope."""
    relevant = {"a": 2, "b": 1} if scope == "in" else {}
    must = ("a", "b") if kind == "comparison" else ()
    return LabelledQuestion("q", "?", kind, scope, relevant, must, {}, "")


def outcome(
    kind: str, scope: str, confidence: float, *entries: str, status: Status = "answered"
) -> Outcome:
    """An outcome with 30 words in as many milliseconds, for each entry that was found."""
    question = labelled(kind, scope)
    return Outcome(
        ranking=Ranking(question, entries),
        status=status,
        confidence=confidence,
        must_cited="b" in entries if question.must else None,
        conveyed=0.5 if scope == "in" else None,
        conveyed_strictly=0.25 if scope == "in" else None,
        precision=1.0 if scope == "in" else None,
        exact=scope == "in",
        words=30 * len(entries),
        milliseconds=30.0 * len(entries),
    )


@pytest.fixture
def summary() -> Summary:
    """Two comparisons, a definition, two near and one far question."""
    outcomes = (
        outcome("comparison", "in", 0.9, "a", "b"),
        outcome("comparison", "in", 0.8, "a"),
        outcome("definition", "in", 0.3, "x", status="abstained"),
        outcome("other", "near", 0.6, "x", "y", "z", status="partial"),
        outcome("other", "near", 0.2, "x", status="abstained"),
        outcome("other", "far", 0.1, "x", status="abstained"),
    )
    plain = tuple(Ranking(labelled(kind, "in"), ("b",)) for kind in ("comparison", "definition"))
    return summarize(Evaluation(outcomes, {"plain": plain}, 0.5))


def test_types_are_those_of_the_questions_in_scope(summary: Summary) -> None:
    assert summary.questions == {"in": 3, "near": 2, "far": 1}
    assert {name: row.questions for name, row in summary.by_type.items()} == {
        "all": 3,
        "definition": 1,
        "comparison": 2,
    }
    everything = summary.by_type["all"]
    means = [everything.recall, everything.conveyed, everything.conveyed_strictly]
    assert [mean.value for mean in means if mean] == [0.5, 0.5, 0.25]
    assert summary.by_type["definition"].ndcg == Mean(0.0, 0.0, 0.0, 1)


def test_comparisons_need_every_entry(summary: Summary) -> None:
    assert summary.must_retrieved == Mean(0.5, 0.0, 1.0, 2)
    assert summary.must_cited == Mean(0.5, 0.0, 1.0, 2)


def test_abstention_is_counted_by_scope(summary: Summary) -> None:
    told = summary.abstention
    # Of nine pairs, only (0.3, 0.6) is the wrong way round.
    assert told.auroc == pytest.approx(8 / 9)
    assert told.auroc_near == pytest.approx(5 / 6)
    rates = [told.in_answered, told.near_abstained, told.far_abstained]
    assert [rate.value for rate in rates if rate] == [pytest.approx(2 / 3), 0.5, 1.0]
    distances = [0.1, 0.2, 0.7, 0.6, 0.2, 0.1]
    assert told.calibration_error == pytest.approx(sum(distances) / 6)


def test_quotes_and_words_are_those_of_given_answers(summary: Summary) -> None:
    assert summary.exact is not None
    assert summary.exact.value == pytest.approx(2 / 3)
    assert summary.words == 60
    assert summary.milliseconds == 30


def test_baselines_have_their_own_figures(summary: Summary) -> None:
    plain = summary.baselines["plain"]
    assert list(plain.ndcg) == ["all", "definition", "comparison"]
    assert plain.must_retrieved == Mean(0.0, 0.0, 0.0, 1)


def test_a_mean_is_over_the_values_that_are_there() -> None:
    assert mean_of([None, True, None, True]) == Mean(1.0, 1.0, 1.0, 2)
    assert mean_of([None]) is None
    spread = mean_of([0.0, 1.0] * 10)
    assert spread is not None
    assert 0.2 < spread.low < spread.value < spread.high < 0.8


def test_without_a_given_answer_there_are_no_words_to_count() -> None:
    withheld = outcome("other", "far", 0.1, "x", status="abstained")
    figures = summarize(Evaluation((withheld,), {}, 0.5))
    assert (figures.words, figures.exact) == (None, None)
