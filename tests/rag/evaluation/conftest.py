"""Labelled questions for the six entries of the small index."""

from __future__ import annotations

import pytest
from labelled import ROWS, write_questions

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.questions import LabelledQuestion, read_questions
from entrywise.rag.evaluation.run import Evaluation, evaluate


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> tuple[LabelledQuestion, ...]:
    """The five questions."""
    return read_questions(write_questions(tmp_path_factory.mktemp("five") / "five.jsonl", ROWS))


@pytest.fixture(scope="session")
def assistant(small_index: Index) -> Assistant:
    """An assistant over the six entries."""
    return Assistant(small_index)


@pytest.fixture(scope="session")
def evaluation(assistant: Assistant, questions: tuple[LabelledQuestion, ...]) -> Evaluation:
    """What came of the five questions, baselines included."""
    return evaluate(assistant, questions, baselines=True)
