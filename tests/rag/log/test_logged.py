from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from entrywise.data.errors import QuestionError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.logged import LoggingAssistant
from entrywise.rag.log.questions import LoggedQuestion, QuestionLog
from entrywise.rag.settings import load_settings

Logged = Callable[[], list[LoggedQuestion]]


@pytest.fixture
def log(tmp_path: Path) -> QuestionLog:
    return QuestionLog(tmp_path / "questions.sqlite")


@pytest.fixture
def logging(small_assistant: Assistant, log: QuestionLog) -> LoggingAssistant:
    """Answers as the assistant on the six entries does, and logs."""
    return LoggingAssistant(small_assistant, log)


def test_the_answers_are_those_of_the_assistant(
    logging: LoggingAssistant, small_assistant: Assistant
) -> None:
    plain = small_assistant.ask("and MLA?", history=["what is GQA?"], top=2)
    answer = logging.ask("and MLA?", history=["what is GQA?"], top=2)
    assert answer.to_dict() | {"timings_ms": {}} == plain.to_dict() | {"timings_ms": {}}
    assert logging.ask("what is GQA?").explanation == ()
    assert logging.ask("what is GQA?", explain=True).explanation
    assert logging.search("latent", 1) == small_assistant.search("latent", 1)


def test_a_question_is_logged_with_what_became_of_it(
    logging: LoggingAssistant, log: QuestionLog
) -> None:
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


def test_a_follow_up_is_logged_as_it_was_read(logging: LoggingAssistant, log: QuestionLog) -> None:
    logging.ask("and MLA?", history=["what is\x07 GQA?", " ", "x" * 10_001])
    (row,) = log.read()
    assert (row.question, row.completed) == ("and MLA?", "what is MLA?")


def test_a_completed_question_is_short_enough_to_be_asked_again(
    logging: LoggingAssistant, log: QuestionLog
) -> None:
    logging.ask("and " + "X1" * 4_998, history=["compare GQA with MLA"])
    (row,) = log.read()
    assert len(row.completed) == 10_000


def test_the_parts_of_a_stream_are_logged_as_one_question(
    logging: LoggingAssistant, log: QuestionLog
) -> None:
    assert len(list(logging.stream("what is GQA?"))) > 1
    assert [row.question for row in log.read()] == ["what is GQA?"]


def test_a_question_that_is_refused_is_not_logged(
    logging: LoggingAssistant, log: QuestionLog, tmp_path: Path
) -> None:
    with pytest.raises(QuestionError):
        logging.ask(" ")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_logged_unless_the_setting_names_a_file(
    small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LoggingAssistant.open(small_root) as assistant:
        assert type(assistant) is Assistant
    monkeypatch.setenv("ENTRYWISE_LOG", str(tmp_path / "log"))
    with LoggingAssistant.open(small_root, settings=load_settings()) as assistant:
        assistant.ask("what is GQA?")
    assert len(QuestionLog(tmp_path / "log").read()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_closing_closes_the_index_and_the_log(small_root: Path, log: QuestionLog) -> None:
    answering = Assistant(Index(small_root))
    with LoggingAssistant(answering, log) as assistant:
        assistant.ask("what is GQA?")
    with pytest.raises(Exception, match="closed"):
        answering.ask("what is GQA?")
