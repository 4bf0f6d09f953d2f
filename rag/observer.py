"""Observers: who is told of the answers of an assistant, whatever way they were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from entrywise.rag.render.answer import Answer


class Observer(Protocol):
    """Is told of answers by the threads that give them, several at once where several ask."""

    def observe(self, answer: Answer, history: Sequence[str]) -> None:
        """Be told of an answer that is complete, before who asked has it.

        Args:
            history: the questions that were asked before it, as they were given.
        """

    def close(self) -> None:
        """Release what it holds: the assistant is closed."""
