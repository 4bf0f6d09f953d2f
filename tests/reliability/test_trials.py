"""The trials of this folder, a few of each; `-m slow` takes more, `python -m reliability` all."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from paths import ROOT


def tried(*arguments: object) -> str:
    """What the trials report, in a process that has started nothing before; none found a fault."""
    done = subprocess.run(
        [sys.executable, "-m", "reliability", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, done.stdout), done.stderr
    return done.stdout


def count(name: str, report: str) -> int:
    """How often something came of a trial."""
    return sum(map(int, re.findall(rf"(\d+) {name}", report)))


def test_some_flips() -> None:
    assert count("damaged", tried("--only", "flips", "--times", 12)) > 0


def test_a_full_disk_now_and_then() -> None:
    assert count("none yet", tried("--only", "disk", "--writing", "build", "--times", 1)) > 0


@pytest.mark.slow
def test_kills_of_an_update_before_every_second_file_event() -> None:
    report = tried("--only", "events", "--writing", "update", "--every", 2)
    assert count("times", report) > 15
    assert min(count(name, report) for name in ("old", "new")) > 0


@pytest.mark.slow
@pytest.mark.parametrize("writing", ["build", "first use"])
def test_kills_of_others_before_every_fourth(writing: str) -> None:
    report = tried("--only", "events", "--writing", writing, "--every", 4)
    assert count("times", report) > 9
    assert min(count(name, report) for name in ("none yet", "new")) > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("writing", "before"), [("build", "none yet"), ("update", "old"), ("first use", "none yet")]
)
def test_kills_at_random_moments(writing: str, before: str) -> None:
    report = tried("--only", "moments", "--writing", writing, "--times", 12)
    assert count("times", report) == 12
    assert min(count(name, report) for name in (before, "new")) > 0


@pytest.mark.slow
def test_swaps_before_every_third_opening() -> None:
    assert count("times", tried("--only", "swaps", "--every", 3)) > 20


@pytest.mark.slow
def test_many_flips() -> None:
    assert count("times", tried("--only", "flips", "--times", 80, "--seed", 1)) == 80


@pytest.mark.slow
def test_full_disks() -> None:
    assert count("times", tried("--only", "disk", "--times", 4)) == 12
