"""Reports of unforeseen faults: a file for each, for who mends the program.

    ask ─ a fault ─▶ one line on stderr, which names ~/.local/state/entrywise/faults/….txt

A report may hold what was asked, so it is for its owner's eyes only, it says so itself, and there
is none where the setting `history` is `none`. Nothing depends on it: what cannot be written is not
kept. The newest few are kept.
"""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from entrywise import __version__
from entrywise.rag.log.state_folder import state_folder

KEPT = 5
"""Reports that are kept, the newest."""
_FOLDER = "faults"
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_HEAD = """\
An unforeseen fault of Entrywise. It may hold questions, texts and paths of yours:
read it before you give it to anybody.
"""


def keep_report(error: BaseException, command: Sequence[str]) -> Path | None:
    """Keep a report of a fault.

    Args:
        command: the program and its arguments.

    Returns:
        the file; None where none may be kept, or none can be written.
    """
    try:
        folder = state_folder()
        if folder is None or not _are_kept():
            return None
        return _written(folder / _FOLDER, _report(error, command))
    # A fault is being told: whatever goes wrong now may not take its place.
    except Exception:
        return None


def _are_kept() -> bool:
    """Whether the user lets the state folder keep anything."""
    from entrywise.rag.settings import load_settings

    try:
        return load_settings().history != "none"
    # The settings may be what is at fault.
    except Exception:
        return os.environ.get("ENTRYWISE_HISTORY") != "none"


def _report(error: BaseException, command: Sequence[str]) -> str:
    told = traceback.format_exception(error)
    system = f"{platform.python_implementation()} {sys.version.split()[0]}, {platform.platform()}"
    return (
        f"{_HEAD}\nEntrywise {__version__}, {system}\n"
        f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{list(command)}\n\n{''.join(told)}"
    )


def _written(folder: Path, text: str) -> Path:
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    # The names sort by time; two faults at the same moment have different ones.
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    path = folder / f"{now}-{os.urandom(2).hex()}.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    for old in sorted(folder.glob("*.txt"))[:-KEPT]:
        # Another process may have removed it.
        with suppress(OSError):
            old.unlink()
    return path
