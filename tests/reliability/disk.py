"""Fills the disk: no file of the writer may grow beyond so many bytes, which are drawn."""

from __future__ import annotations

import random
import resource
from collections.abc import Callable
from pathlib import Path

from entrywise.data.errors import IndexMissing
from reliability.children import in_child
from reliability.folders import trial_folder
from reliability.kills import Known, Writing, known_of, look, rubbish
from reliability.knowledge import fingerprint
from reliability.report import Report

_LARGEST = 40_000_000
"""Bytes: more than the largest file of an index has."""


def fill(
    writing: type[Writing], times: int, seed: int, told: Callable[[int], None] = print
) -> Report:
    """Write with a disk that is full after a number of bytes, small numbers as often as large."""
    drawn = random.Random(f"{seed} {writing.kind}")
    report = Report(f"{writing.kind}, on a full disk")
    known, _ = known_of(writing)
    for number in range(times):
        _fill_once(int(_LARGEST ** drawn.random()), writing, known, report)
        told(number)
    return report


def _fill_once(size: int, writing: type[Writing], known: Known, report: Report) -> None:
    with trial_folder() as name:
        trial = writing(Path(name))
        trial.prepare()
        said = in_child(lambda: _write_within(size, trial))
        if said is not None and ("\n" in said or "cannot be written" not in said):
            report.faults.append(f"{size} bytes: {said!r} is no remedy")
        look(trial, report, known)
        in_child(trial.write)
        if in_child(lambda: fingerprint(trial.root)) != known.new:
            report.faults.append(f"{size} bytes: the next one did not write what it should")
        report.faults += rubbish(trial)


def _write_within(size: int, trial: Writing) -> str | None:
    """What is said where it cannot be written."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        trial.write()
    except IndexMissing as error:
        return str(error)
    return None
