"""States of files: what tells, without reading a file again, that it is still the same.

What was found out about files (a hash takes a tenth of the time of a cold question) is kept in a
small JSON file with the states that they had. What writes to a file changes its ctime; what writes
as many bytes again, within one tick of the clock (4 ms on older kernels), is not seen.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

State = list[int]
"""Size in bytes, times of change of content and of file in ns, and number of the inode."""


def state(path: Path) -> State:
    """The state of a file.

    Raises:
        OSError: it is missing, or cannot be looked at.
    """
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def read(path: Path) -> dict[str, Any]:
    """What `keep` kept; nothing where the file is missing or damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep(path: Path, found: dict[str, Any]) -> None:
    """Keep a JSON object in a file; where it cannot be written, it is found out each time."""
    # Other threads, and processes with the same number in other containers, may write, too.
    own = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        own.write_text(json.dumps(found), encoding="utf-8")
        own.replace(path)
    except OSError:
        with suppress(OSError):
            own.unlink(missing_ok=True)
