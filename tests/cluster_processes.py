"""Processes that tests start and Ray starts for them, told by a mark in their environment."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

_VARIABLE = "MARK_OF_THIS_TEST"


def marked_environment() -> dict[str, str]:
    """An environment that only what is started with it has; what that starts has it, too."""
    return os.environ | {_VARIABLE: uuid.uuid4().hex, "RAY_AUTH_MODE": "disabled"}


def marked(environment: dict[str, str], named: str = "") -> list[int]:
    """The processes that run with an environment, or those of them whose command begins so."""
    mark = f"{_VARIABLE}={environment[_VARIABLE]}".encode()
    return [pid for pid, command in _with(mark) if command.startswith(named.encode())]


def _with(mark: bytes) -> Iterator[tuple[int, bytes]]:
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and mark in (process / "environ").read_bytes():
                yield int(process.name), (process / "cmdline").read_bytes()
        except OSError:
            continue
