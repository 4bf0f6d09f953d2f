"""Kills a build, an update and a first use: before every file event, and at moments that are drawn.

Beside an update a reader opens the index all the time, one holds the old one, and another writer
waits. Whatever is killed, what is opened next is the old index or the new one; the next build makes
the new one, and leaves nothing else behind.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from indexes import files_of

from entrywise.index.build import build_index
from entrywise.index.cache import open_or_build
from entrywise.index.generations.pointer import generation_of
from entrywise.index.index import Index
from reliability.children import KILLED, Child, encoder_at_hand, in_child
from reliability.events import Events
from reliability.folders import trial_folder
from reliability.knowledge import NONE, fingerprint, knowledge_base
from reliability.report import Report

_PAUSE = 0.1
"""Seconds between two openings beside a writer."""


class Writing:
    """A way of writing an index, in a folder of its own."""

    kind = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "index"

    def prepare(self) -> None:
        """Make what is there before."""

    def write(self) -> None:
        """Write the index of the second version."""
        with encoder_at_hand():
            build_index(knowledge_base(2), self.root)


@cache
def _first_version() -> TemporaryDirectory[str]:
    """An index of the first version, of which each update has a copy; it is there until the end."""
    folder = trial_folder()
    in_child(lambda: build_index(knowledge_base(1), Path(folder.name)))
    return folder


class Build(Writing):
    """Of an index where none is."""

    kind = "build"


class Update(Writing):
    """Of an index that is there."""

    kind = "update"

    def prepare(self) -> None:
        shutil.copytree(_first_version().name, self.root)


class FirstUse(Writing):
    """Of an index in a cache, by the first who asks."""

    kind = "first use"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.root = folder / "glossary-1"

    def write(self) -> None:
        with encoder_at_hand():
            open_or_build(self.root, lambda root: build_index(knowledge_base(2), root)).close()


WRITINGS: tuple[type[Writing], ...] = (Build, Update, FirstUse)


@dataclass(frozen=True)
class Known:
    """What an index of each version is known by."""

    old: str
    new: str


def kill_before_every_event(
    writing: type[Writing], told: Callable[[int], None] = print, every: int = 1, first: int = 0
) -> Report:
    """Kill a writing before its first file event, its second one, and so on.

    Args:
        told: called with the number of the event.
        every: take one event of so many, from the `first` on.
    """
    report, event = Report(f"{writing.kind}, before file events"), first
    known = known_of(writing)[0]
    while _try(writing, known, report, _before(event)):
        told(event)
        event += every
    return report


def kill_at_random(
    writing: type[Writing], times: int, seed: int, told: Callable[[int], None] = print
) -> Report:
    """Kill a writing at moments that are drawn, from its beginning to some time after its end."""
    report = Report(f"{writing.kind}, at random moments")
    known, takes = known_of(writing)
    moments = Moments(random.Random(f"{seed} {writing.kind}"), takes)
    for number in range(times):
        moments.note(_try(writing, known, report, _after(moments.draw())))
        told(number)
    return report


class Moments:
    """Seconds after which a writing is killed, two of three before its end.

    The machine becomes slower and faster as others use it, and how long a writing takes with it:
    what is drawn follows.
    """

    def __init__(self, drawn: random.Random, takes: float) -> None:
        """
        Args:
            takes: seconds that one writing took.
        """
        self._drawn = drawn
        self._takes = takes

    def draw(self) -> float:
        """The next one, from the beginning to some time after the end."""
        return self._drawn.uniform(0.0, 1.5) * self._takes

    def note(self, killed: bool) -> None:
        """Whether the writing was killed at the last one; else it had ended."""
        self._takes *= 1.25 if killed else 0.64


def known_of(writing: type[Writing]) -> tuple[Known, float]:
    """What may be found, and how many seconds it takes to write."""
    with trial_folder() as name:
        trial = writing(Path(name))
        trial.prepare()
        old = in_child(lambda: fingerprint(trial.root))
        began = time.monotonic()
        in_child(trial.write)
        takes = time.monotonic() - began
        return Known(old, in_child(lambda: fingerprint(trial.root))), takes


Kill = Callable[[Writing], int]
"""Writes in a child that is killed, or ends before; its exit code."""


def _before(event: int) -> Kill:
    def kill(trial: Writing) -> int:
        def write() -> None:
            Events(trial.folder, event)
            trial.write()

        return Child(write).wait()[0]

    return kill


def _after(seconds: float) -> Kill:
    def kill(trial: Writing) -> int:
        child = Child(trial.write)
        time.sleep(seconds)
        child.kill()
        return child.wait()[0]

    return kill


def _try(writing: type[Writing], known: Known, report: Report, kill: Kill) -> bool:
    """Kill once; whether there was something left to kill."""
    with trial_folder() as name:
        trial = writing(Path(name))
        trial.prepare()
        # The other writer begins before this one, or while it writes, in turn.
        later = 0.3 * (report.times % 2)
        beside = Beside(trial, known, later) if known.old != NONE else None
        code = kill(trial)
        if code not in (0, KILLED):
            report.faults.append(f"the writer ended with {code}")
        look(trial, report, known)
        if beside:
            beside.end(report)
        in_child(trial.write)
        if in_child(lambda: fingerprint(trial.root)) != known.new:
            report.faults.append("the next one did not write what it should")
        report.faults += rubbish(trial)
    return code == KILLED


def look(trial: Writing, report: Report, known: Known) -> None:
    try:
        found = in_child(lambda: fingerprint(trial.root))
    except RuntimeError:
        report.faults.append("what is there cannot be opened")
        return
    if found == known.new:
        report.outcomes["new"] += 1
    elif found == known.old:
        report.outcomes["none yet" if found == NONE else "old"] += 1
    else:
        report.faults.append(f"neither old nor new: {found}")


def rubbish(trial: Writing) -> list[str]:
    """What is left in the folder of an index, or beside it, that should not be there."""
    beside = {path.name for path in trial.folder.iterdir()} - {
        trial.root.name,
        f"{trial.root.name}.lock",
    }
    within = {path.name for path in trial.root.iterdir()} - {"current", "lock"}
    left = [*beside, *(name for name in within if not generation_of(name))]
    if len(within) - len(left) + len(beside) != 1:
        left += within
    return [f"left behind: {sorted(left)}"] if left else []


class Beside:
    """One who opens the index all the time, one who holds the old one, and another writer."""

    def __init__(self, trial: Writing, known: Known, later: float) -> None:
        """
        Args:
            later: seconds after which the other writer begins.
        """
        self._known = known
        self._folder = trial_folder()
        self._over = Path(self._folder.name, "over")
        self._holding = Child(lambda: self._hold(trial.root))
        # It holds the old one before anybody writes.
        while not Path(self._folder.name, "held").exists():
            time.sleep(0.005)
        self._opening = Child(lambda: self._open(trial.root))
        self._writing = Child(lambda: self._write(trial, later))

    def _write(self, trial: Writing, later: float) -> None:
        time.sleep(later)
        trial.write()

    def _open(self, root: Path) -> tuple[int, set[str]]:
        seen, number = {fingerprint(root)}, 1
        while not self._over.exists():
            # Who opens without a pause takes what the writers need.
            time.sleep(_PAUSE)
            seen.add(fingerprint(root))
            number += 1
        return number, seen

    def _hold(self, root: Path) -> bool:
        with closing(Index(root)) as index:
            self._over.with_name("held").touch()
            while not self._over.exists():
                time.sleep(0.005)
            # What it opens only now is there yet, and of the same generation.
            with closing(Index(files_of(index).root)) as again:
                return [*again.entries] == [*knowledge_base(1).entries]

    def end(self, report: Report) -> None:
        """Wait for the writer, and end the readers."""
        written, _ = self._writing.wait()
        self._over.touch()
        opened, found = self._opening.wait()
        held, is_whole = self._holding.wait()
        self._folder.cleanup()
        if (written, opened, held) != (0, 0, 0):
            report.faults.append(f"beside: writer {written}, opening {opened}, holding {held}")
            return
        number, seen = found
        report.readings += number
        if strange := seen - {self._known.old, self._known.new}:
            report.faults.append(f"beside: opened {sorted(strange)}")
        if not is_whole:
            report.faults.append("beside: who held the old one does not have it any more")
