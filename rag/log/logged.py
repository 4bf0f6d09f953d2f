"""The assistant that logs what it is asked: the same answers, and a row for each in the log.

`Assistant` itself never writes. Every way of asking that opens its assistant here (`ask`, the
conversation, batches, the server) is logged without a line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from entrywise.rag.answer import Answer
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.observer import ObservedAssistant
from entrywise.rag.log.questions import LoggedQuestion, QuestionLog
from entrywise.rag.settings import Settings, load_settings
from entrywise.rag.understand.input import MAX_CHARACTERS

_NEAREST = 3


class LoggingAssistant(ObservedAssistant):
    """Answers as another assistant does, and logs each question that was answered or withheld.

    >>> log = QuestionLog(Path("questions.sqlite"))
    >>> with LoggingAssistant(Assistant.open(), log) as assistant:     # doctest: +SKIP
    ...     assistant.ask("what is GQA?")
    """

    def __init__(self, answering: Assistant, log: QuestionLog) -> None:
        """Answer as `answering` does, and log to `log`; both are closed with this one."""
        super().__init__(answering, self._add)
        self._log = log

    @classmethod
    def open(
        cls,
        index: str | Path | None = None,
        *,
        settings: Settings | None = None,
        llm_required: bool = False,
    ) -> Assistant:
        """`Assistant.open`; what it opens logs if the setting `log` names a file."""
        settings = settings or load_settings()
        assistant = Assistant.open(index, settings=settings, llm_required=llm_required)
        return cls(assistant, QuestionLog(settings.log_file)) if settings.log_file else assistant

    def close(self) -> None:
        """Release the files of the index, and the log."""
        super().close()
        self._log.close()

    def _add(self, answer: Answer, history: Sequence[str]) -> None:
        self._log.add(
            LoggedQuestion(
                asked_at=datetime.now(UTC).isoformat(timespec="seconds"),
                question=answer.question,
                completed=self.completed(answer.question, history)[:MAX_CHARACTERS],
                status=answer.status,
                confidence=answer.confidence,
                intent=answer.intent,
                unknown=answer.subjects.unknown,
                nearest=tuple(hit.entry for hit in answer.retrieved[:_NEAREST]),
            )
        )
