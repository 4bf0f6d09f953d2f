"""Labelled questions for the six entries of the small index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from labelled import ROWS

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.questions import LabelledQuestion, read_questions
from entrywise.rag.evaluation.run import Evaluation, evaluate


@pytest.fixture
def questions(questions_file: Callable[[list[Any]], Path]) -> tuple[LabelledQuestion, ...]:
    """The five questions."""
    return read_questions(questions_file(ROWS))


@pytest.fixture
def assistant(small_index: Index) -> Assistant:
    """An assistant over the six entries."""
    return Assistant(small_index)


@pytest.fixture
def evaluation(assistant: Assistant, questions: tuple[LabelledQuestion, ...]) -> Evaluation:
    """What came of the five questions, baselines included."""
    return evaluate(assistant, questions, baselines=True)
