from __future__ import annotations

import json
from itertools import combinations

import pytest
from paths import ROOT

from entrywise.data.entries import Entry, told_apart
from entrywise.index.encoders.base import Encoder
from entrywise.index.index import Index
from entrywise.rag.answer import Status
from entrywise.rag.assistant import Assistant
from entrywise.rag.log import gaps as gaps_module
from entrywise.rag.log.clustering import clustered
from entrywise.rag.log.gaps import SAME, Gap, find_gaps
from entrywise.rag.log.questions import LoggedQuestion
from entrywise.rag.log.wishes import Wish

WORDINGS = ROOT / "tests" / "wordings.jsonl"


@pytest.fixture(scope="module")
def unsure(small_index: Index) -> Assistant:
    """Withholds every answer."""
    return Assistant(small_index, threshold=1.0)


def logged(text: str, day: int = 1, status: Status = "abstained") -> LoggedQuestion:
    time = f"2026-03-{day:02}T12:00:00+00:00"
    return LoggedQuestion(time, "as asked", text, status, 0.1, "other", (), ())


def test_spellings_of_a_missing_name_are_one_group(small_assistant: Assistant) -> None:
    questions = [
        logged("what is Foo-Barizer2?", day=2),
        logged("GQA vs FooBarizer2", day=4, status="partial"),
        logged("what is Foo-Barizer2?", day=3),
        logged("explain foobarizer2 please", day=1),
    ]
    (gap,) = find_gaps(questions, small_assistant).groups

    assert (gap.missing, gap.count) == ("Foo-Barizer2", 4)
    assert gap.last_asked == "2026-03-04T12:00:00+00:00"
    assert gap.question == "what is Foo-Barizer2?"
    assert gap.others == ("GQA vs FooBarizer2", "explain foobarizer2 please")


@pytest.mark.parametrize(
    "said", ["danke", "hello", "what can you do?", "was ist 3 mal 4?", "and what is it?"]
)
def test_what_is_said_to_the_assistant_itself_is_no_gap(said: str, unsure: Assistant) -> None:
    gaps = find_gaps([logged(said), logged("what is Foobarizer?")], unsure)
    assert [gap.missing for gap in gaps.groups] == ["Foobarizer"]
    assert (gaps.unanswered, gaps.answered_by_now) == (1, 0)


def test_only_entries_that_are_near_are_named(unsure: Assistant) -> None:
    questions = [logged("which attention shares key heads?"), logged("how is cheese made?")]
    near = {gap.question: gap.nearest for gap in find_gaps(questions, unsure).groups}
    assert near["which attention shares key heads?"][0] == "gqa"
    assert near["how is cheese made?"] == ()


@pytest.mark.parametrize(
    ("question", "missing", "language", "topic"),
    [
        ("what is a retnet?", None, "en", "retnet"),
        ("how do I boil fresh spaghetti", None, "en", "boil fresh spaghetti"),
        ("what is RetNet?", "RetNet", "en", "RetNet"),
        ("what is it?", None, "en", "what is it?"),
        ("Wann kommt das Gehalt?", None, "de", "kommt das Gehalt"),
    ],
)
def test_a_gap_is_called_by_what_is_asked_for(
    question: str, missing: str | None, language: str, topic: str
) -> None:
    assert Gap(1, "", question, (), missing, ()).topic(language) == topic


def test_entries_of_one_name_are_told_apart() -> None:
    entries = [Entry(id, name, "c", ()) for id, name in [("a/x", "X"), ("b/x", "X"), ("y", "Y")]]
    assert told_apart(entries) == ["X (a/x)", "X (b/x)", "Y"]


def test_a_question_with_two_missing_names_counts_for_both(small_assistant: Assistant) -> None:
    gaps = find_gaps([logged("Foobarizer vs Quuxnet")], small_assistant)
    assert sorted(str(gap.missing) for gap in gaps.groups) == ["Foobarizer", "Quuxnet"]
    assert gaps.unanswered == 1


def test_a_short_name_is_not_looked_for_among_ordinary_words(unsure: Assistant) -> None:
    questions = [logged("what is NEW?"), logged("how do I cook new potatoes")]
    assert {gap.missing for gap in find_gaps(questions, unsure).groups} == {"NEW", None}


def test_what_is_answered_by_now_is_left_out_and_counted(small_assistant: Assistant) -> None:
    questions = [logged("what is GQA?"), logged("what is GQA?"), logged("what is Foobarizer?")]
    gaps = find_gaps(questions, small_assistant)
    assert (gaps.unanswered, gaps.answered_by_now) == (3, 2)
    assert [gap.missing for gap in gaps.groups] == ["Foobarizer"]


def test_what_was_answered_is_no_gap(unsure: Assistant) -> None:
    gaps = find_gaps([logged("what is GQA?", status="answered")], unsure)
    assert (gaps.unanswered, gaps.answered_by_now, gaps.groups) == (0, 0, ())


def test_questions_that_mean_the_same_are_one_group(unsure: Assistant) -> None:
    questions = [
        logged("cooking time of spaghetti"),
        logged("weather forecast for paris"),
        logged("how long do I boil spaghetti"),
        logged("How long do I boil spaghetti?"),
    ]
    pasta, weather = find_gaps(questions, unsure).groups

    assert (pasta.count, pasta.question, pasta.missing) == (3, "cooking time of spaghetti", None)
    assert [other.lower().rstrip("?") for other in pasta.others] == ["how long do i boil spaghetti"]
    assert (weather.count, weather.question) == (1, "weather forecast for paris")


def test_the_most_asked_come_first_then_the_latest(unsure: Assistant) -> None:
    questions = [
        *[logged("weather in paris", day=9)] * 2,
        *[logged("boil spaghetti", day=1)] * 3,
        *[logged("repair a bicycle", day=10)] * 2,
    ]
    found = find_gaps(questions, unsure).groups
    assert [gap.question for gap in found] == [
        "boil spaghetti",
        "repair a bicycle",
        "weather in paris",
    ]


def test_at_most_three_other_wordings_are_listed(small_assistant: Assistant) -> None:
    questions = [logged(f"Foobarizer and {word}") for word in ("a", "b", "c", "d", "e")]
    (gap,) = find_gaps(questions, small_assistant).groups
    assert (gap.count, len(gap.others)) == (5, 3)


def test_the_order_of_the_log_does_not_matter(unsure: Assistant) -> None:
    questions = [
        logged(text, day)
        for day, text in enumerate(["boil spaghetti", "paris weather", "cook pasta"], start=1)
    ]
    assert find_gaps(questions, unsure) == find_gaps(questions[::-1], unsure)


def test_beyond_what_can_be_compared_questions_stand_alone(
    unsure: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps_module, "_MOST_COMPARED", 1)
    questions = [logged("boil spaghetti"), logged("boil spaghetti now")]
    assert [gap.count for gap in find_gaps(questions, unsure).groups] == [1, 1]


def test_progress_counts_the_different_questions(unsure: Assistant) -> None:
    steps: list[tuple[int, int]] = []
    questions = [logged("boil spaghetti"), logged("boil spaghetti"), logged("paris weather")]
    find_gaps(questions, unsure, lambda done, total: steps.append((done, total)))
    assert steps == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("same", "precision", "recall"), [(0.45, 0.67, 0.64), (SAME, 0.73, 0.61), (0.55, 0.80, 0.46)]
)
def test_the_threshold_joins_what_its_comment_says(
    small_index: Index, same: float, precision: float, recall: float
) -> None:
    encoder: Encoder = small_index.encoder
    rows = [json.loads(line) for line in WORDINGS.read_text("utf-8").splitlines()]
    vectors = [encoder.encode_query(row["question"]).vector for row in rows]
    labels = clustered(vectors, same)

    pairs = list(combinations(range(len(rows)), 2))
    joined = {(i, j) for i, j in pairs if labels[i] == labels[j]}
    alike = {(i, j) for i, j in pairs if rows[i]["wish"] == rows[j]["wish"]}
    assert len(joined & alike) / len(joined) == pytest.approx(precision, abs=0.07)
    assert len(joined & alike) / len(alike) == pytest.approx(recall, abs=0.07)
    assert all(float(vectors[i] @ vectors[j]) >= same - 1e-6 for i, j in joined)


def test_what_is_wished_for_comes_first_with_what_was_said(unsure: Assistant) -> None:
    questions = [logged("what is Foobarizer?"), logged("what is Foobarizer?")]
    questions.append(logged("what is Quuxnet?"))
    wishes = [
        Wish("2026-03-02T12:00:00+00:00", "what is Quuxnet?", "How it scales."),
        Wish("2026-03-03T12:00:00+00:00", "what is Quuxnet?", ""),
        # The log has forgotten this one.
        Wish("2026-03-03T12:00:00+00:00", "explain Zapline", "Anything."),
    ]
    found = find_gaps(questions, unsure, wishes=wishes).groups
    assert [(gap.missing, gap.count, gap.wishes, gap.comments) for gap in found] == [
        ("Quuxnet", 1, 2, ("How it scales.",)),
        ("Zapline", 1, 1, ("Anything.",)),
        ("Foobarizer", 2, 0, ()),
    ]
