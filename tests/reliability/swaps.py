"""Publishes another generation while a reader is in the middle of opening an index.

The reader is stopped before each file that it opens, one trial for each; meanwhile the index is
built anew, twice, so that what it had found is swept if nobody holds it. What it then has is the
old index or the new one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reliability.children import Child, in_child
from reliability.folders import trial_folder
from reliability.kills import Known, Update, known_of
from reliability.knowledge import fingerprint
from reliability.report import Report


class _Pause:
    """Stops a process before an opening of a file, until it may go on."""

    def __init__(self, folder: Path, opening: int, stopped: int, go_on: int) -> None:
        self._folder, self._left = str(folder), opening
        self._stopped, self._go_on = stopped, go_on
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in ("open", "sqlite3.connect", "fcntl.flock", "mmap.__new__"):
            return
        if event in ("open", "sqlite3.connect") and self._folder not in str(arguments[0]):
            return
        self._left -= 1
        if self._left == -1:
            os.write(self._stopped, b".")
            os.read(self._go_on, 1)


def swap_at_every_opening(told: Callable[[int], None] = print, every: int = 1) -> Report:
    """Swap an index before each file that a reader opens."""
    report, opening = Report("swaps while opening"), 0
    known = known_of(Update)[0]
    while _swap(opening, known, report):
        told(opening)
        opening += every
    return report


def _swap(opening: int, known: Known, report: Report) -> bool:
    """Swap once; whether the reader got so far."""
    with trial_folder() as name:
        trial = Update(Path(name))
        trial.prepare()
        (stopped, stop), (go_on, going) = os.pipe(), os.pipe()

        def read() -> str:
            os.close(stopped)
            _Pause(trial.folder, opening, stop, go_on)
            return fingerprint(trial.root)

        reader = Child(read)
        os.close(stop)
        has_stopped = os.read(stopped, 1) == b"."
        if has_stopped:
            in_child(trial.write)
            in_child(trial.write)
        os.write(going, b".")
        code, found = reader.wait()
        for descriptor in (stopped, go_on, going):
            os.close(descriptor)
        if code:
            report.faults.append(f"opening {opening}: the reader ended with {code}")
        elif found in (known.old, known.new):
            report.outcomes["old" if found == known.old else "new"] += 1
        else:
            report.faults.append(f"opening {opening}: {found}")
        return has_stopped
