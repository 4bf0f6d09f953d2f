"""Writes the pins of the container: `PYTHONPATH=src:tests python -m deploy.pins`.

They are in `deploy/requirements.txt`, and follow from pyproject.toml and the packages that are
installed, which are those that the tests were run with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
PINS = ROOT / "deploy" / "requirements.txt"
EXTRAS = ("llm",)

Pins = dict[str, Version]


def project_requirements(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, in the order of its lists."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][one] for one in extras)]
    return [Requirement(text) for one in lists for text in one]


def needs(name: str, extras: Iterable[str] = ()) -> Iterator[Requirement]:
    """What an installed package asks for on this machine."""
    for text in distribution(name).requires or ():
        needed = Requirement(text)
        marker = needed.marker
        if marker is None or any(marker.evaluate({"extra": one}) for one in ("", *extras)):
            yield needed


def closure(requirements: Iterable[Requirement]) -> Pins:
    """The installed versions of these packages and of all that they need."""
    waiting, seen, found = list(requirements), set[str](), Pins()
    while waiting:
        needed = waiting.pop()
        name = canonicalize_name(needed.name)
        wanted = f"{name} {sorted(needed.extras)}"
        if wanted in seen:
            continue
        seen.add(wanted)
        found[name] = Version(Version(distribution(name).version).public)
        waiting += needs(name, needed.extras)
    return dict(sorted(found.items()))


def read(path: Path) -> Pins:
    """The pins of a file."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {name: Version(version) for name, _, version in (line.partition("==") for line in lines)}


def write(path: Path, pins: Pins) -> None:
    """Write pins to a file, one a line."""
    head = "# What the container has.\n# Written by `PYTHONPATH=src:tests python -m deploy.pins`.\n"
    lines = (f"{name}=={version}\n" for name, version in pins.items())
    path.write_text(head + "".join(lines), encoding="utf-8")


def main() -> None:
    """Write the file anew."""
    write(PINS, closure(project_requirements(*EXTRAS)))


if __name__ == "__main__":
    main()
