from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.pins import EXTRAS, PINS, needs, project_requirements, read, write

REMEDY = "write the pins anew: PYTHONPATH=src:tests python -m deploy.pins"
PINNED = read(PINS)


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


def test_pins_are_read_as_they_are_written(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("pins") / "requirements.txt"
    write(path, PINNED)
    assert read(path) == PINNED
