"""Status and confidence are one truth: an answer is withheld exactly when confidence is below the
threshold, whatever is asked of whatever."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import THRESHOLD

WORDS = ("what", "is", "GQA", "MLA", "Foobarizer", "vs", "BERT", "PPO", "why", "7B", "key", "?")


def _questions() -> Iterator[str]:
    for name in ("questions.jsonl", "documents/handbook/questions.jsonl"):
        for line in (ROOT / "tests" / name).read_text("utf-8").splitlines():
            yield json.loads(line)["question"]


@pytest.mark.parametrize("kind", ["glossary_index", "small_index", "harbour_index"])
def test_every_question_is_withheld_by_confidence_alone(
    kind: str, request: pytest.FixtureRequest
) -> None:
    index: Index = request.getfixturevalue(kind)
    assistant = Assistant(index)
    for question in _questions():
        answer = assistant.ask(question)
        withheld = answer.status == "abstained"
        assert withheld == (answer.confidence < THRESHOLD), question
        # Nothing quoted is no answer.
        assert withheld == (not answer.citations), question


def test_the_confidence_that_is_told_is_the_one_that_counts(assistant: Assistant) -> None:
    for question in ("What is meant by constitutional AI?", "what is GQA?", "why batch requests?"):
        confidence = assistant.ask(question).confidence
        at_least = Assistant(assistant.index, threshold=confidence)
        assert at_least.ask(question).status != "abstained"


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join))
def test_so_is_any_other(small_index: Index, question: str) -> None:
    answer = Assistant(small_index).ask(question)
    assert (answer.status == "abstained") == (answer.confidence < THRESHOLD)
    assert (answer.status == "abstained") == (not answer.citations)
