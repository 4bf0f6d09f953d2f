"""File events: what a process asks the system to do with files below a folder, as Python tells it.

Python audits every opening, renaming, deletion and lock (PEP 578). A library that writes a file by
itself is seen at the next event; between two of them, moments are drawn (`kills.py`).
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = (
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.utime",
    "sqlite3.connect",
)


class Events:
    """Counts what this process does to files below a folder, and kills it before one of them."""

    def __init__(self, folder: Path, fatal: int | None = None) -> None:
        """
        Args:
            fatal: the event, from 0, before which the process is killed; None for none.
        """
        self.count = 0
        self._folder = str(folder)
        self._fatal = fatal
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._is_change(event, arguments):
            return
        if self.count == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def _is_change(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            path, _, flags = arguments
            return bool(flags & _WRITING) and self._is_below(path)
        if event == "fcntl.flock":
            return True
        return event in _CHANGES and self._is_below(arguments[0])

    def _is_below(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and self._folder in os.fspath(path)
