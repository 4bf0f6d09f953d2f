from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
ROOMS = ("data", "index", "rag", "web")
CACHES = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")

MEGABYTE = 1_000_000
UNITS = {"bytes": 1, "kB": 1_000, "MB": MEGABYTE}
# What pip says of a package that it fetched, or has in its cache, and of one that it made.
FETCHED = re.compile(r"(?:Downloading|Using cached) (\S+) \(([\d.]+) (bytes|kB|MB)\)")
MADE = re.compile(r"Created wheel for \S+: filename=(\S+) size=(\d+)")
# On Linux and x86-64 the wheel of Entrywise is 30 of them, and of what is installed the empty
# environment 26.
MOST_FETCHED = 130 * MEGABYTE
MOST_INSTALLED = 450 * MEGABYTE


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what wheel and sdist are made of."""
    copy = tmp_path_factory.mktemp("checkout")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=CACHES)
    shutil.copytree(ROOT / "src", copy / "src", symlinks=True, ignore=CACHES)
    for name in ("pyproject.toml", "README.md", "LICENSE", "setup.py"):
        shutil.copy(ROOT / name, copy)
    (copy / "tests").mkdir()
    (copy / "tests" / "test_nothing.py").touch()
    return copy


@pytest.fixture(scope="module")
def built(checkout: Path) -> Path:
    """A folder with the wheel and the sdist."""
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist"]
    subprocess.run([*build, "--outdir", "dist"], cwd=checkout, capture_output=True, check=True)
    return checkout / "dist"


def expected() -> set[str]:
    """Every file of the package, as it is called in it."""
    files = {
        f"entrywise/{path.relative_to(ROOT).as_posix()}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    above = ("__init__.py", "__main__.py", "start.py", "py.typed")
    return files | {f"entrywise/{name}" for name in above}


def test_the_wheel_holds_the_whole_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert sorted(expected() - names) == []
    assert sorted(names - expected()) == []


def test_the_sdist_holds_the_whole_package_and_no_caches(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert sorted({f"src/{name}" for name in expected()} - names) == []
    assert {"pyproject.toml", "README.md", "LICENSE"} <= names
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_has_both_commands(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        (entry_points,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        text = archive.read(entry_points).decode()

    assert "ask = entrywise.start:ask" in text
    assert "entrywise = entrywise.start:entrywise" in text


def test_a_wheel_with_its_index_answers_at_once(checkout: Path, tmp_path: Path) -> None:
    """And is no larger than 62 MB, 2 of which find questions as one types. It writes nothing but
    what it remembers of its files' states."""
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(tmp_path)]
    environment = os.environ | {"ENTRYWISE_WITH_INDEX": "1", "PYTHONDONTWRITEBYTECODE": ""}
    # What setuptools leaves in `build` would be in the next wheel too.
    own = shutil.copytree(checkout, tmp_path / "checkout", symlinks=True)
    subprocess.run(build, cwd=own, capture_output=True, check=True, env=environment)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size < 62_000_000

    with ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".pyc")]
        archive.extractall(tmp_path / "installed")
    apart = {"PYTHONPATH": str(tmp_path / "installed"), "ENTRYWISE_CACHE": str(tmp_path / "cache")}
    ask = [sys.executable, "-m", "entrywise.rag.commands.ask", "difference between GQA and MLA"]
    done = subprocess.run(ask, capture_output=True, text=True, env=os.environ | apart)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Grouped Query Attention is" in done.stdout
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["glossary.sha256.json"]


class Installation(NamedTuple):
    environment: Path
    output: str
    """What pip said, and the answer."""
    variables: dict[str, str]


@pytest.fixture(scope="module")
def installation(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """What the first command of the README does in a clone."""
    probe = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "shtab"]
    found = subprocess.run([*probe, "--dest", tmp_path_factory.mktemp("probe")])
    if found.returncode:
        pytest.skip("pip finds no package index here")
    clone = shutil.copytree(checkout, tmp_path_factory.mktemp("clone") / "entrywise", symlinks=True)
    # Only the installed package is imported.
    apart = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    apart |= {"ENTRYWISE_CACHE": str(clone / "cache"), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        ["bash", "-c", first_command()], cwd=clone, env=apart, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return Installation(clone / ".venv", done.stdout, apart)


def first_command() -> str:
    """The first command of the README."""
    command = (ROOT / "README.md").read_text().partition("\n```\n")[2].partition("\n")[0]
    assert ".venv/bin/ask" in command
    return command


@pytest.mark.longest
def test_the_first_command_of_the_readme_makes_a_small_installation_that_answers(
    installation: Installation,
) -> None:
    """One without torch. It is made once, for all that is asked of it."""
    assert "Grouped Query Attention is" in installation.output

    verify = [installation.environment / "bin" / "entrywise", "index", "verify"]
    verified = subprocess.run(verify, env=installation.variables, capture_output=True)
    assert (verified.returncode, verified.stderr) == (0, b"")

    fetched = {
        name: float(size) * UNITS[unit]
        for name, size, unit in FETCHED.findall(installation.output)
        if not name.endswith(".metadata")
    }
    fetched |= {name: int(size) for name, size in MADE.findall(installation.output)}
    assert {"faiss", "entrywise"} <= {re.split("[-_]", name)[0] for name in fetched}
    assert sum(fetched.values()) <= MOST_FETCHED, largest(fetched)

    (packages,) = installation.environment.glob("lib/python*/site-packages")
    assert not (packages / "torch").exists()
    assert on_disk(installation.environment) <= MOST_INSTALLED, largest(
        {path.name: on_disk(path) for path in packages.iterdir()}
    )


def on_disk(path: Path) -> int:
    """Bytes that a file or a folder takes."""
    counted = subprocess.run(["du", "-sk", path], capture_output=True, text=True, check=True)
    return int(counted.stdout.split()[0]) * 1024


def largest(sizes: Mapping[str, float]) -> str:
    first = sorted(sizes.items(), key=lambda item: -item[1])[:10]
    return ", ".join(f"{name} {size / MEGABYTE:.0f} MB" for name, size in first)
