from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.dockerfile import parse
from deploy.pins import EXTRAS, PINS, ROOT, needs, project_requirements, read, read_hashes, write

REMEDY = "write the pins anew: PYTHONPATH=src:tests python -m deploy.pins"
PINNED = read(PINS)
HASHES = read_hashes(PINS)


def unmet(requirement: Requirement) -> bool:
    version = PINNED.get(canonicalize_name(requirement.name))
    return version is None or version not in requirement.specifier


def test_the_pins_are_what_the_project_asks_for() -> None:
    asked = project_requirements(*EXTRAS)
    assert len(asked) > 20
    assert [str(one) for one in asked if unmet(one)] == [], REMEDY


def test_the_pins_are_complete() -> None:
    """Held against the packages of this environment that are of the pinned versions."""
    same = [name for name, version in PINNED.items() if installed(name) == str(version)]
    assert len(same) > len(PINNED) / 2, REMEDY
    asked = project_requirements(*EXTRAS)
    extras = {str(canonicalize_name(one.name)): one.extras for one in asked}
    missing = {
        f"{name}: {one}"
        for name in same
        for one in needs(name, extras.get(name, set()))
        if unmet(one)
    }
    assert missing == set(), REMEDY


def installed(name: str) -> str:
    try:
        return distribution(name).version.partition("+")[0]
    except PackageNotFoundError:
        return ""


def test_pins_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    write(path, PINNED, HASHES)
    assert (read(path), read_hashes(path)) == (PINNED, HASHES)
    assert path.read_text("utf-8") == PINS.read_text("utf-8")


def test_every_pin_carries_hashes_and_no_host_is_named() -> None:
    assert HASHES.keys() == PINNED.keys()
    assert [name for name, hashes in HASHES.items() if not hashes] == [], REMEDY
    text = PINS.read_text("utf-8")
    assert "//" not in text
    assert "--index" not in text


def test_pip_takes_no_file_without_its_hash() -> None:
    """pip reads the file as the container's install does: it stops before it asks for anything
    where a pin has no hash."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--no-index"]
    with_hashes = [*command, "--require-hashes", "--requirement", str(PINS)]
    done = subprocess.run(with_hashes, capture_output=True, text=True)
    assert "Hashes are required" not in done.stderr
    (run,) = parse((ROOT / "Dockerfile").read_text("utf-8"))[0].instructions
    assert "--require-hashes --requirement /deploy/requirements.txt" in run.arguments
