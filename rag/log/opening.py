"""Opens an assistant whose answers are logged, where the setting `log` names a file.

`Assistant` itself never writes. Every way of asking that opens its assistant here (`ask`, the
conversation, batches, the servers) is logged without a line of its own.
"""

from __future__ import annotations

from pathlib import Path

from entrywise.rag.assistant import Assistant
from entrywise.rag.observer import Observer
from entrywise.rag.settings import Settings, load_settings


def open_assistant(
    index: str | Path | None = None,
    *,
    settings: Settings | None = None,
    llm_required: bool = False,
) -> Assistant:
    """`Assistant.open`; what it opens logs its answers where the setting `log` names a file."""
    settings = settings or load_settings()
    return Assistant.open(
        index, settings=settings, llm_required=llm_required, observers=_loggers(settings)
    )


def _loggers(settings: Settings) -> list[Observer]:
    if not settings.log_file:
        return []
    # Most log nothing.
    from entrywise.rag.log.logger import QuestionLogger
    from entrywise.rag.log.questions import QuestionLog

    return [QuestionLogger(QuestionLog(settings.log_file))]
