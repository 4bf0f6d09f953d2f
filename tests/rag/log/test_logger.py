from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from entrywise.data.errors import QuestionError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.logger import QuestionLogger
from entrywise.rag.log.opening import open_assistant
from entrywise.rag.log.questions import LoggedQuestion, QuestionLog
from entrywise.rag.settings import load_settings


@pytest.fixture
def log(tmp_path: Path) -> QuestionLog:
    return QuestionLog(tmp_path / "questions.sqlite")


@pytest.fixture
def logging(small_assistant: Assistant, log: QuestionLog) -> Assistant:
    """Answers as the assistant on the six entries does, and logs."""
    return small_assistant.observed_by(QuestionLogger(log))


def test_a_question_is_logged_with_what_became_of_it(logging: Assistant, log: QuestionLog) -> None:
    answer = logging.ask("what is\x1b[1m Foobarizer?")
    (row,) = log.read()

    asked_at = datetime.fromisoformat(row.asked_at)
    assert timedelta(0) <= datetime.now(UTC) - asked_at < timedelta(minutes=1)
    assert row == LoggedQuestion(
        asked_at=row.asked_at,
        question="what is Foobarizer?",
        completed="what is Foobarizer?",
        status="abstained",
        confidence=answer.confidence,
        intent="definition",
        unknown=("Foobarizer",),
        nearest=tuple(hit.entry for hit in answer.retrieved[:3]),
    )


def test_a_follow_up_is_logged_as_it_was_read(logging: Assistant, log: QuestionLog) -> None:
    logging.ask("and MLA?", history=["what is\x07 GQA?", " ", "x" * 10_001])
    (row,) = log.read()
    assert (row.question, row.completed) == ("and MLA?", "what is MLA?")


def test_a_completed_question_is_short_enough_to_be_asked_again(
    logging: Assistant, log: QuestionLog
) -> None:
    logging.ask("and " + "X1" * 4_998, history=["compare GQA with MLA"])
    (row,) = log.read()
    assert len(row.completed) == 10_000


def test_the_parts_of_a_stream_are_logged_as_one_question(
    logging: Assistant, log: QuestionLog
) -> None:
    assert len(list(logging.stream("what is GQA?"))) > 1
    assert [row.question for row in log.read()] == ["what is GQA?"]


def test_a_question_that_is_refused_is_not_logged(
    logging: Assistant, log: QuestionLog, tmp_path: Path
) -> None:
    with pytest.raises(QuestionError):
        logging.ask(" ")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_logged_unless_the_setting_names_a_file(
    small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_assistant(small_root) as assistant:
        assert assistant.observers == ()
    monkeypatch.setenv("ENTRYWISE_LOG", str(tmp_path / "log"))
    with open_assistant(small_root, settings=load_settings()) as assistant:
        assistant.ask("what is GQA?")
    assert len(QuestionLog(tmp_path / "log").read()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_closing_the_assistant_releases_the_log(small_root: Path, log: QuestionLog) -> None:
    with Assistant(Index(small_root), observers=[QuestionLogger(log)]) as assistant:
        assistant.ask("what is GQA?")
        assert log._connection
    assert log._connection is None
