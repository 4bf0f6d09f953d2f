"""What several tests of the index need: copies to change, a full disk, other processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from indexes import copy_index
from paths import ROOT

from entrywise.index.generations.lease import current
from entrywise.index.generations.pointer import write_pointer
from entrywise.index.layout import Layout, file_record, read_manifest

SOURCES = ROOT / "src"


@pytest.fixture
def copied(small_root: Path, tmp_path: Path) -> Path:
    """A copy of the small index whose files may be replaced, but not written into."""
    return copy_index(small_root, tmp_path / "copied")


@pytest.fixture
def generation(copied: Path) -> Path:
    """The folder of its one generation."""
    return current(copied)


@pytest.fixture
def put(copied: Path) -> Callable[[str, bytes], None]:
    """Replace one file of `copied`, and record it in the manifest as if it belonged there."""

    def putter(name: str, content: bytes) -> None:
        folder = current(copied)
        path = folder / name
        path.unlink()
        path.write_bytes(content)
        manifest = read_manifest(folder)
        Layout(folder).manifest.unlink()
        files = manifest.files | {name: file_record(path)}
        written = replace(manifest, files=files).write(Layout(folder))
        folder.rename(copied / written.generation)
        write_pointer(copied, written.generation)

    return putter


@pytest.fixture
def full_disk() -> Callable[[int], AbstractContextManager[None]]:
    """A context in which no file grows beyond so many bytes: writing fails for real."""

    @contextmanager
    def limit(size: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limit


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a Python program with arguments in a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def starter(program: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
        )
        started.append(process)
        return process

    yield starter
    for process in started:
        process.kill()
        process.communicate()
