"""Follows a source: when a file of it changes, its index is updated and served anew.

source ─ a file changes ─▶ update its index ─▶ the server ends ─▶ another one begins
                                                    the socket stays, and requests wait in it
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from entrywise.index.generations.file_states import State, state

if TYPE_CHECKING:
    import uvicorn

_SECONDS = 1.0
"""Between two looks at the files."""


class Watcher:
    """Looks at the files of a source until it is stopped."""

    def __init__(
        self, source: Path, update: Callable[[], bool], *, seconds: float = _SECONDS
    ) -> None:
        """
        Args:
            source: a file or a folder.
            update: updates its index, and says whether it could.
            seconds: between two looks at it.
        """
        self._source = source
        self._update = update
        self._seconds = seconds
        self._seen = _states(source)
        self._stopped = Event()

    def wait(self) -> bool:
        """Wait until files have changed and the index was updated; False when it is stopped."""
        while not self._stopped.wait(self._seconds):
            now = _states(self._source)
            if now != self._seen:
                self._seen = now
                if self._update():
                    return True
        return False

    def stop(self) -> None:
        """Wait no longer."""
        self._stopped.set()


def serve_again(server: Callable[[], uvicorn.Server], watcher: Watcher) -> None:
    """Run a server until it is ended; after each update another one takes its place. Requests that
    are being answered are answered, and connections that come in between wait; one that is open,
    but asks nothing at the time, is closed.

    Args:
        server: makes one.
    """
    first = server()
    listening = first.config.bind_socket()
    try:
        running: uvicorn.Server | None = first
        while running:
            running = _run(running, listening, server, watcher)
    finally:
        listening.close()


def _run(
    running: uvicorn.Server,
    listening: socket.socket,
    server: Callable[[], uvicorn.Server],
    watcher: Watcher,
) -> uvicorn.Server | None:
    """Run a server to its end; the next one, where an update ended it."""
    updated = Event()

    def follow() -> None:
        if watcher.wait():
            updated.set()
            running.should_exit = True

    following = Thread(target=follow, daemon=True)
    following.start()
    # It closes what it is given.
    running.run(sockets=[listening.dup()])
    if not updated.is_set():
        watcher.stop()
        return None
    return server()


def _states(source: Path) -> dict[str, State]:
    """{file: its state}; what cannot be looked at is not there."""
    found = {}
    for path in [source] if source.is_file() else source.rglob("*"):
        try:
            if path.is_file():
                found[str(path)] = state(path)
        except OSError:
            continue
    return found
