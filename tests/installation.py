"""Installs the distributions of `tests/distributions`, each of which adds a tenant to a door."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from paths import ROOT

DISTRIBUTIONS = ROOT / "tests" / "distributions"

Install = Callable[[str], Path]
"""Installs a distribution by the name of its folder: the folder of packages that it is in."""


def install(name: str, work: Path) -> Path:
    """Install a distribution below a fresh folder as pip does it, without a network; a second."""
    # Building leaves files beside the sources.
    source = shutil.copytree(DISTRIBUTIONS / name, work / "source")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    target = ["--no-build-isolation", "--target", str(work / "site"), str(source)]
    subprocess.run([*pip, *target], capture_output=True, check=True)
    return work / "site"


def environment_with(*sites: Path) -> dict[str, str]:
    """The environment of a process that imports Entrywise from this checkout, and has what is
    installed in some folders."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", *sites)))}
