"""Flips bits in an index, one at a time, and asks it.

Found out: opening or asking says that the index is damaged. To make it hard, the memory of what was
hashed is forged, as if the disk had rotten without a trace: a week may pass before a large file is
hashed again. `verify` finds each flip all the same.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from entrywise.data.errors import IndexUnusable
from entrywise.index.generations.lease import current
from entrywise.index.generations.verification import verify
from entrywise.index.index import Index
from entrywise.index.layout import CHECKED, read_manifest
from entrywise.rag.assistant import Assistant
from reliability.children import Child, in_child
from reliability.folders import trial_folder
from reliability.report import Report

_SECONDS = 120

DAMAGED, UNDETECTED = "damaged", "undetected by verify"


def flip_bits(
    root: Path,
    questions: Sequence[str],
    times: int,
    seed: int,
    told: Callable[[int], None] = print,
) -> Report:
    """Flip bits in a copy of an index: of files and places that are drawn, each file as likely."""
    drawn = random.Random(seed)
    report = Report("flipped bits, forged states")
    with trial_folder() as name:
        copy = current(shutil.copytree(root, Path(name, "index")))
        right = in_child(lambda: _answers(copy, questions))
        names = sorted(path.name for path in copy.iterdir() if path.name != CHECKED)
        for number in range(times):
            path = copy / drawn.choice(names)
            content = path.read_bytes()
            place, bit = drawn.randrange(len(content)), drawn.randrange(8)
            _write(
                path, content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
            )
            code, found = Child(lambda: _asked(copy, questions)).wait()
            if code:
                report.faults.append(f"{path.name}, byte {place}, bit {bit}: ended with {code}")
            elif found is None:
                report.outcomes[DAMAGED] += 1
            elif found == right:
                report.outcomes["same answers"] += 1
            else:
                report.outcomes[f"other answers ({path.name})"] += 1
            if not in_child(lambda: _is_found(copy)):
                report.faults.append(f"{path.name}, byte {place}, bit {bit}: {UNDETECTED}")
            _write(path, content)
            told(number)
    return report


def _write(path: Path, content: bytes) -> None:
    """Write a file, and have the memory of states say that it was checked as it is now."""
    path.chmod(0o644)
    path.write_bytes(content)
    checked = path.with_name(CHECKED)
    known = json.loads(checked.read_text())
    if path.name in known:
        now = path.stat()
        state = [now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino]
        known[path.name] = [*state, known[path.name][-1]]
        checked.write_text(json.dumps(known))


def _asked(root: Path, questions: Sequence[str]) -> list[str] | None:
    """The answers; None where the index is said to be damaged."""
    # What runs on for ever is killed, and is a fault.
    signal.alarm(_SECONDS)
    try:
        return _answers(root, questions)
    except IndexUnusable:
        return None


def _answers(root: Path, questions: Sequence[str]) -> list[str]:
    with closing(Index(root)) as index:
        assistant = Assistant(index)
        return [str(assistant.ask(question)) for question in questions]


def _is_found(root: Path) -> bool:
    try:
        verify(root, read_manifest(root), everything=True)
    except IndexUnusable:
        return True
    return False
