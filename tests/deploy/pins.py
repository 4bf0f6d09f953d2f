"""Writes the pins of the container: `PYTHONPATH=src:tests python -m deploy.pins`.

They are in `deploy/requirements.txt`, and follow from pyproject.toml and the packages that are
installed, which are those that the tests were run with. Each pin carries the hashes of all files of
its release, as the package index that pip is set up with tells them: pip takes no other file.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
PINS = ROOT / "deploy" / "requirements.txt"
EXTRAS = ("llm",)

Pins = dict[str, Version]
Hashes = dict[str, list[str]]

_PIN = re.compile(r"^([a-z0-9.-]+)==([^\s\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


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
    return {name: Version(version) for name, version in _PIN.findall(path.read_text("utf-8"))}


def read_hashes(path: Path) -> Hashes:
    """The hashes of each pin of a file."""
    parts = _PIN.split(path.read_text("utf-8"))[1:]
    return {
        name: _HASH.findall(behind) for name, behind in zip(parts[::3], parts[2::3], strict=True)
    }


def write(path: Path, pins: Pins, hashes: Hashes) -> None:
    """Write pins to a file, each with its hashes."""
    head = "# What the container has.\n# Written by `PYTHONPATH=src:tests python -m deploy.pins`.\n"
    lines = (
        " \\\n    ".join([f"{name}=={version}", *(f"--hash={one}" for one in hashes[name])])
        for name, version in pins.items()
    )
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def hashes_of(pins: Pins) -> Hashes:
    """The hashes of all files of each release, for every system and version of Python."""
    with TemporaryDirectory() as folder:
        asked, told = Path(folder) / "pins.in", Path(folder) / "pins.txt"
        asked.write_text("\n".join(f"{name}=={one}" for name, one in pins.items()), "utf-8")
        command = [sys.executable, "-m", "piptools", "compile", "--generate-hashes", "--quiet"]
        command += ["--allow-unsafe", "--no-annotate", "--no-header"]
        command += ["--no-emit-options", "--strip-extras"]
        subprocess.run([*command, f"--output-file={told}", str(asked)], check=True, cwd=folder)
        return read_hashes(told)


def main() -> None:
    """Write the file anew."""
    pins = closure(project_requirements(*EXTRAS))
    write(PINS, pins, hashes_of(pins))


if __name__ == "__main__":
    main()
