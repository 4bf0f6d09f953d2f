"""Locks of the system on files (`flock`): they end with the process, however it ends.

Where the system or a file system has none (Windows, some network drives), a reader goes on without,
nothing is swept, and two builds in one folder at once are up to who starts them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

try:
    import fcntl
except ImportError:
    # mypy knows the module on the system that it checks for, and no None.
    fcntl = None  # type: ignore[assignment]

_HELD = (errno.EAGAIN, errno.EACCES)


def shared(path: Path) -> int | None:
    """Lock a file together with others.

    Returns:
        a descriptor, whose closing ends it; None where the file is gone, or another one has it.

    Raises:
        OSError: it cannot be opened.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    # Between the opening and the lock it may have been deleted: now another one is there, or none.
    if _flock(descriptor, is_shared=True, waits=False) is not False and _is_at(path, descriptor):
        return descriptor
    os.close(descriptor)
    return None


def alone(path: Path) -> int | None:
    """Lock a file for oneself, if nobody has it; arguments and errors are those of `shared`."""
    descriptor = os.open(path, os.O_RDONLY)
    if _flock(descriptor, is_shared=False, waits=False):
        return descriptor
    os.close(descriptor)
    return None


def awaited(path: Path, told: Callable[[], None]) -> int:
    """Lock a file for oneself, which is made where it is missing; wait for who has it.

    Args:
        told: called before there is a wait.

    Returns:
        a descriptor, whose closing ends it.

    Raises:
        OSError: it cannot be made.
    """
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if _flock(descriptor, is_shared=False, waits=False) is False:
            told()
            _flock(descriptor, is_shared=False, waits=True)
        # Who had it may have deleted it.
        if _is_at(path, descriptor):
            return descriptor
        os.close(descriptor)


def _flock(descriptor: int, *, is_shared: bool, waits: bool) -> bool | None:
    """Whether the lock was got; None where there are no locks."""
    if fcntl is None:
        return None
    kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind if waits else kind | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False
