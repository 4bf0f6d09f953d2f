"""The trials find what they are made to find: faults that are put in on purpose."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from entrywise.index.build import build_index
from entrywise.index.generations.lease import current
from reliability.children import KILLED, Child, in_child
from reliability.events import Events
from reliability.kills import Build, Moments, rubbish
from reliability.knowledge import NONE, fingerprint, knowledge_base


def writes(folder: Path, fatal: int | None) -> int:
    events = Events(folder, fatal)
    (folder / "a").write_text("1")
    (folder / "b").write_text("2")
    (folder / "a").rename(folder / "c")
    (folder / "c").read_text()
    return events.count


def test_every_change_of_a_file_is_an_event(tmp_path: Path) -> None:
    assert in_child(lambda: writes(tmp_path, None)) == 3


def test_a_process_is_killed_before_the_event(tmp_path: Path) -> None:
    code, _ = Child(lambda: writes(tmp_path, 2)).wait()
    assert code == KILLED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_versions_and_mixtures_of_them_are_told_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for version, root in enumerate((one, two), start=1):
        build_index(knowledge_base(version), root)
    first, second = fingerprint(one), fingerprint(two)
    assert len({first, second, NONE, fingerprint(tmp_path / "missing")}) == 3
    build_index(knowledge_base(1), two)
    assert fingerprint(two) == first


def test_what_is_left_behind_is_seen(tmp_path: Path) -> None:
    trial = Build(tmp_path)
    trial.write()
    assert rubbish(trial) == []
    shutil.copytree(current(trial.root), trial.root / ("0" * 16))
    (tmp_path / ".index.half").mkdir()
    (trial.root / ".build-1").mkdir()
    (found,) = rubbish(trial)
    for name in ("0" * 16, ".index.half", ".build-1"):
        assert name in found


@pytest.mark.parametrize("takes", [0.1, 1.0, 10.0])
def test_moments_fall_before_an_end_and_after_it_however_long_it_took_once(takes: float) -> None:
    moments = Moments(random.Random(0), takes=1.0)
    killed = 0
    for _ in range(20):
        before = moments.draw() < takes
        moments.note(before)
        killed += before
    assert 0 < killed < 20
