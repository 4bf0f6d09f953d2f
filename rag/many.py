"""Many questions at once, with a bar: for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.errors import QuestionError
from entrywise.index.store import Index
from entrywise.rag.answer import Answer
from entrywise.rag.cleaning import cleaned
from entrywise.rag.workers import in_order

if TYPE_CHECKING:
    from entrywise.rag.assistant import Assistant


def ask_many(
    assistant: Assistant,
    questions: Iterable[str],
    *,
    top: int,
    llm: bool,
    processes: int,
    progress: bool,
) -> list[Answer]:
    """`Assistant.ask_many`."""
    from tqdm.auto import tqdm

    asked = [_checked(number, text) for number, text in enumerate(questions, start=1)]
    writes = llm and assistant.writer is not None
    opening = partial(_opened, assistant.index.root, assistant.threshold, top)
    outcomes = in_order(
        asked,
        partial(assistant.ask, top=top, llm=llm),
        None if writes else opening,
        processes,
    )
    shown = tqdm(outcomes, total=len(asked), unit=" questions", disable=not progress)
    return [outcome.result() for outcome in shown]


def _checked(number: int, text: str) -> str:
    try:
        cleaned(text)
    except QuestionError as error:
        raise QuestionError(f"question {number}: {error}") from error
    return text


def _opened(root: Path, threshold: float, top: int) -> Callable[[str], Answer]:
    """The same assistant in another process."""
    from entrywise.rag.assistant import Assistant

    return partial(Assistant(Index(root), threshold=threshold).ask, top=top)
