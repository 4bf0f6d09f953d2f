"""Follows a source: when a file of it changes, its index is updated.

source ─ a file changes ─▶ update its index ─▶ the server takes it up (`served/reload.py`)
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from entrywise.data.readers.walk import Walk
from entrywise.index.generations.file_states import State, state

_SECONDS = 1.0
"""Between two looks at the files."""

_log = logging.getLogger(__name__)


@contextmanager
def watch(
    source: Path, update: Callable[[], object], *, seconds: float = _SECONDS
) -> Iterator[None]:
    """Update an index after each change of its source, in a thread, until this ends.

    Args:
        source: a file or a folder.
        update: updates its index; one that fails waits for the next change.
        seconds: between two looks at the source.
    """
    seen, ended = _states(source), Event()

    def look() -> None:
        nonlocal seen
        while not ended.wait(seconds):
            try:
                now = _states(source)
                if now != seen:
                    seen = now
                    update()
            # It has to look again, whatever this was.
            except Exception:
                _log.exception("the source could not be followed; looking again")

    Thread(target=look, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _states(source: Path) -> dict[str, State]:
    """{file: its state}, of the files that are read of a source; what cannot be looked at is not
    there."""
    found = {}
    for path in [source] if source.is_file() else Walk(source).files():
        with suppress(OSError):
            found[str(path)] = state(path)
    return found
