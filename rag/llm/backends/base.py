"""The protocol of a backend: an LLM that writes a reply, piece by piece. Another backend is one
class.

A package registers its own with an entry point, and `--llm gateway:MODEL` then uses it:

    [project.entry-points."entrywise.backends"]
    gateway = "my_package:open_gateway"        # (model: str, settings: Settings) -> Backend
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Protocol, TypedDict

from entrywise.data.errors import BackendError
from entrywise.rag.answer import Usage


class Message(TypedDict):
    """A message of a conversation; `role` is "system" or "user"."""

    role: str
    content: str


class Backend(Protocol):
    """An LLM that can be asked. It may be shared between threads."""

    @property
    def name(self) -> str:
        """What an answer calls it, e.g. "gemma3:4b"."""
        ...

    def stream(
        self, messages: Sequence[Message], *, seconds: float
    ) -> Generator[str | Usage, None, None]:
        """The pieces of a reply as they come; an empty piece while there is nothing new, so that
        who waits can leave. What the reply cost may come last, as `Usage`.

        When the generator is closed, the reply is no longer wanted, and is to be broken off.

        Raises:
            BackendError: the reply fails, breaks off, or takes longer than `seconds`.
        """
        ...

    def close(self) -> None:
        """Release what it holds."""


def too_slow(model: str, seconds: float) -> BackendError:
    """The error of a reply that takes longer than it may."""
    return BackendError(f"{model} did not finish within {seconds:g} s")


def missing(error: ImportError) -> BackendError:
    """The error where a package that an LLM needs is not installed."""
    return BackendError(f"an LLM needs the package {error.name!r}; pip install 'entrywise[llm]'")
