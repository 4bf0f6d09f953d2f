"""Work that other processes can open by name."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from entrywise.data.errors import QuestionError

Squared = tuple[int, int]
"""A square, and the process that worked it out."""


def square(number: int) -> Squared:
    """The square of a number; every hundredth is refused."""
    if number % 100 == 99:
        raise QuestionError(f"{number} is refused")
    return number * number, os.getpid()


def open_square() -> Callable[[int], Squared]:
    """The same, opened."""
    return square


def open_mortal() -> Callable[[int], Squared]:
    """The same, by a process that is killed at 150."""

    def mortal(number: int) -> Squared:
        if number == 150:
            os.kill(os.getpid(), signal.SIGKILL)
        return square(number)

    return mortal


def open_nothing() -> Callable[[int], Squared]:
    """A process that cannot start."""
    raise OSError("no room")
