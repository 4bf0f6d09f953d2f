"""Many questions at once, with a bar: for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from entrywise.data.errors import ArgumentTypeError, QuestionError
from entrywise.rag.parallel.workers import in_order
from entrywise.rag.render.answer import Answer
from entrywise.rag.understand.input import check_count, cleaned

Ask = Callable[[str], Answer]


def answers(
    questions: Iterable[str],
    ask: Ask,
    opening: Callable[[], Ask] | None,
    *,
    processes: int,
    progress: bool,
) -> list[Answer]:
    """The answers to questions, in order; see `Assistant.ask_many`.

    Args:
        opening: opens `ask` in other processes, if they may answer.
    """
    from tqdm.auto import tqdm

    if isinstance(questions, str | bytes) or not isinstance(questions, Iterable):
        kind = type(questions).__name__
        raise ArgumentTypeError(f"questions is of type {kind}; give a list of texts, or use ask")
    check_count("processes", processes)
    asked = [_checked(number, text) for number, text in enumerate(questions, start=1)]
    outcomes = in_order(asked, ask, opening, processes)
    shown = tqdm(outcomes, total=len(asked), unit=" questions", disable=not progress)
    return [outcome.result() for outcome in shown]


def _checked(number: int, text: str) -> str:
    try:
        cleaned(text)
    except QuestionError as error:
        raise QuestionError(f"question {number}: {error}") from error
    return text
