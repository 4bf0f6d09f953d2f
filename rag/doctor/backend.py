"""The LLM that may write, if one is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from time import monotonic

from entrywise.rag.doctor.finding import Finding
from entrywise.rag.llm.backends.registry import open_backend
from entrywise.rag.settings import Settings

_SHORT = "Reply with the one word: yes"


def writer(settings: Settings) -> Iterator[Finding]:
    """Whether the LLM replies, and how fast.

    Raises:
        BackendError: it does not.
    """
    if not settings.llm:
        yield Finding("backend", "fine", "none is set, and none is needed")
        return
    began = monotonic()
    with closing(open_backend(settings.llm, settings)) as backend:
        pieces = backend.stream([{"role": "user", "content": _SHORT}], seconds=settings.llm_timeout)
        with closing(pieces):
            replied = next((piece for piece in pieces if isinstance(piece, str) and piece), "")
    seconds = f"{monotonic() - began:.1f} s"
    if replied:
        yield Finding("backend", "fine", f"{settings.llm} replies, within {seconds}")
    else:
        yield Finding("backend", "fault", f"{settings.llm} replied with nothing; try another model")
