"""What a fuzzer is: cases, and what has to hold of each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any, Protocol

from hypothesis.strategies import SearchStrategy

Case = Any
"""One input, of what JSON can hold; bytes are text in Latin-1."""


class Fault(AssertionError):
    """Something that has to hold of every case does not hold of this one."""


class Target(Protocol):
    """A part of the program that takes inputs."""

    name: str
    strategy: SearchStrategy[Case]

    def check(self, case: Case) -> None:
        """Put one case in.

        Raises:
            Exception: whatever was not foreseen; a Fault where an outcome is wrong.
        """
        ...


def insist(holds: object, what: str) -> None:
    """Raise a Fault unless something holds."""
    if not holds:
        raise Fault(what)


def insist_on_one_line(error: Exception) -> None:
    """An error that people read is one line, and can be written."""
    text = str(error)
    insist(text.strip(), "the error says nothing")
    insist("\n" not in text and "Traceback" not in text, f"the error is no line: {text[:300]!r}")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Insist on an end after some seconds of processor time."""
    start = process_time()
    yield
    spent = process_time() - start
    insist(spent <= seconds, f"took {spent:.1f} s of processor time, {seconds:.1f} are allowed")


def as_bytes(text: str) -> bytes:
    """The bytes that a case holds as text."""
    return text.encode("latin-1")
