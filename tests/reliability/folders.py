"""Folders for trials: in memory where the system has a file system there.

Whoever is killed loses nothing of what was written, on a disk or in memory; what a power cut loses
is not tried here. On a disk most of a trial would be waiting for it.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_MEMORY = Path("/dev/shm")
_ROOM = 1 << 30


def trial_folder() -> TemporaryDirectory[str]:
    """An empty folder, which is gone when it is left."""
    return TemporaryDirectory(prefix="entrywise-trial-", dir=_memory())


@cache
def _memory() -> Path | None:
    """Where there is room in memory for trials; None for the usual place."""
    try:
        return _MEMORY if shutil.disk_usage(_MEMORY).free > _ROOM else None
    except OSError:
        return None
