"""The observer that writes the question log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from entrywise.rag.log.questions import LoggedQuestion, QuestionLog
from entrywise.rag.render.answer import Answer
from entrywise.rag.understand.input import MAX_CHARACTERS

_NEAREST = 3


class QuestionLogger:
    """An observer that logs each question that was answered or withheld.

    >>> logger = QuestionLogger(QuestionLog(Path("questions.sqlite")))
    >>> with Assistant.open(observers=[logger]) as assistant:          # doctest: +SKIP
    ...     assistant.ask("what is GQA?")
    """

    def __init__(self, log: QuestionLog) -> None:
        """Log to `log`, which is closed with this one."""
        self._log = log

    def observe(self, answer: Answer, history: Sequence[str]) -> None:
        """Add the question of an answer, as it was asked and as it was read."""
        self._log.add(
            LoggedQuestion(
                asked_at=datetime.now(UTC).isoformat(timespec="seconds"),
                question=answer.question,
                completed=answer.read_as[:MAX_CHARACTERS],
                status=answer.status,
                confidence=answer.confidence,
                intent=answer.intent,
                unknown=answer.subjects.unknown,
                nearest=tuple(hit.entry for hit in answer.retrieved[:_NEAREST]),
            )
        )

    def close(self) -> None:
        """Release the log."""
        self._log.close()
