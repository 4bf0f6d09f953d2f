"""Observers: objects that are told of every answer of an assistant, however it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from entrywise.data.errors import ArgumentTypeError
from entrywise.rag.render.answer import Answer


class Observer(Protocol):
    """Is told of answers by the threads that give them, at the same time where several ask."""

    def observe(self, answer: Answer, history: Sequence[str]) -> None:
        """Called with each complete answer, before the caller gets it.

        Args:
            history: the questions that were asked before it, as they were given.
        """

    def close(self) -> None:
        """Release what it holds: the assistant is closed."""


def checked_observers(observers: Iterable[Observer]) -> tuple[Observer, ...]:
    """Observers, checked to be some.

    Raises:
        ArgumentTypeError: they are no list, or hold what observes nothing.
    """
    if not isinstance(observers, Iterable):
        kind = type(observers).__name__
        raise ArgumentTypeError(f"observers is of type {kind}; give a list of observers")
    found = tuple(observers)
    for one in found:
        if not (hasattr(one, "observe") and hasattr(one, "close")):
            kind = type(one).__name__
            raise ArgumentTypeError(
                f"observers holds something of type {kind}, without `observe` or `close`"
            )
    return found
