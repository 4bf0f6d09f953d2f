from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from indexes import copy_index, home_of
from waiting import until

from entrywise.data import source as read
from entrywise.data.errors import IndexMissing
from entrywise.data.glossary.files import Source
from entrywise.index import cache
from entrywise.index.cache import index_name, open_or_build, open_shipped, shipped_index
from entrywise.index.generations.lease import current
from entrywise.index.index import Index
from entrywise.rag import build as rag_build
from entrywise.rag.build import build_shipped_index

Start = Callable[..., "subprocess.Popen[str]"]

# Waits for a signal to go on, as a slow build would, and notes each build in a log.
OPEN_OR_BUILD = """
import shutil, sys, time
from pathlib import Path
from entrywise.index.cache import open_or_build

root, ready, log = map(Path, sys.argv[1:])

def build(out):
    with log.open("a") as stream:
        stream.write("built\\n")
    while not (log.parent / "go").exists():
        time.sleep(0.01)
    shutil.copytree(ready, out)

print(len(open_or_build(root, build).entries))
"""

# A real build, stopped in the middle: its temporary folder is there, its lock is held.
BUILD_FOREVER = """
import sys, time
from pathlib import Path
from entrywise.data.source import shipped
from entrywise.index.build import build_index
from entrywise.index.cache import open_or_build

def sleep(done, total):
    Path(sys.argv[2]).touch()
    time.sleep(600)

open_or_build(Path(sys.argv[1]), lambda out: build_index(shipped(), out, progress=sleep))
"""


class Build:
    """Puts a copy of a ready index in place, and counts how often."""

    def __init__(self, ready: Path) -> None:
        self.ready = ready
        self.built: list[Path] = []

    def __call__(self, root: Path) -> None:
        self.built.append(root)
        shutil.rmtree(root, ignore_errors=True)
        copy_index(self.ready, root)


@pytest.fixture
def build(small_root: Path) -> Build:
    return Build(small_root)


@pytest.fixture
def tiny_glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two entries in the place of the shipped glossary."""
    entry = {"expansion": "", "category": "c", "oneliner": "One.", "explanation": "Two.",
             "related": [], "seen_in": ["model-config"], "confidence": "high",
             "verified_date": "2026-04-10"}  # fmt: skip
    glossary = {
        "categories": [{"id": "c", "label": "C", "order": 0, "entries": ["a", "b"]}],
        "entries": {key: entry | {"id": key, "name": key.upper()} for key in ("a", "b")},
    }
    source = Source(tmp_path / "glossary.json", tmp_path / "ways.json")
    source.entries.write_text(json.dumps(glossary))
    (tmp_path / "ways.json").write_text('{"a": {"questions": ["what is a"]}}')
    monkeypatch.setattr(read, "SHIPPED", source)
    monkeypatch.setattr(rag_build, "SHIPPED", source)
    monkeypatch.setattr(cache, "SHIPPED", source)
    return source.entries


def test_the_first_use_builds_and_the_second_opens(
    tiny_glossary: Path, build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def build_shipped(root: Path) -> None:
        # Over another index, which needs no PyTorch.
        build(root)
        build_shipped_index(root)

    first = open_shipped(tmp_path / "cache", build_shipped)
    printed, said = capsys.readouterr()
    assert [entry.id for entry in first.entries] == ["a", "b"]
    assert home_of(first) == shipped_index(tmp_path / "cache")
    assert printed == ""
    assert "building the index of Glossary, once, in seconds …" in said
    second = open_shipped(tmp_path / "cache", build_shipped)
    assert len(build.built) == 1
    assert tuple(second.entries) == tuple(first.entries)
    assert capsys.readouterr() == ("", "")


def test_a_changed_identity_gives_another_folder(
    tiny_glossary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = tmp_path / "entrywise.toml"
    monkeypatch.setattr(cache, "SHIPPED", Source(tiny_glossary, identity=identity))
    identity.write_text('title = "One"')
    before = index_name()
    identity.write_text('title = "Two"')
    assert index_name() != before


def test_a_changed_source_encoder_or_format_gives_another_folder(
    tiny_glossary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shipped_index(tmp_path)
    assert shipped_index(tmp_path) == before
    tiny_glossary.write_text(tiny_glossary.read_text().replace("One.", "The one."))
    changed = shipped_index(tmp_path)
    monkeypatch.setattr(cache, "DEFAULT_SHA256", "another")
    encoded = shipped_index(tmp_path)
    monkeypatch.setattr(cache, "FORMAT_VERSION", 1_000)
    assert len({before, changed, encoded, shipped_index(tmp_path)}) == 4
    assert changed.parent == tmp_path


def test_files_that_have_not_changed_are_not_hashed_again(
    tiny_glossary: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    hashed = shipped_index(folder)
    [kept] = folder.iterdir()
    remembered = json.loads(kept.read_text())
    (of_this_installation,) = remembered.values()
    of_this_installation["sha256"] = "0" * 64
    kept.write_text(json.dumps(remembered))
    assert shipped_index(folder).name.endswith("-0000000000000000")
    tiny_glossary.touch()
    assert shipped_index(folder) == hashed


@pytest.mark.parametrize("damaged", ["", "[]", "{", "sha256", "files"])
def test_a_damaged_memory_of_hashes_is_written_again(
    tiny_glossary: Path, tmp_path: Path, damaged: str
) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    hashed = shipped_index(folder)
    [kept] = folder.iterdir()
    right = kept.read_text()
    remembered = json.loads(right)
    for record in remembered.values():
        record[damaged] = "../../x"
    kept.write_text(json.dumps(remembered) if damaged in ("sha256", "files") else damaged)
    assert shipped_index(folder) == hashed
    assert kept.read_text() == right


def test_installations_that_share_a_cache_are_remembered_beside_each_other(
    tiny_glossary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    one = shipped_index(folder)
    other = Source(tmp_path / "other.json")
    shutil.copy(tiny_glossary, other.entries)
    with monkeypatch.context() as patched:
        patched.setattr(cache, "SHIPPED", other)
        shipped_index(folder)
    [kept] = folder.iterdir()
    # Reading it changes the time of the last reading alone.
    before = kept.stat()
    assert shipped_index(folder) == one
    after = kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_damaged_index_is_built_again(
    build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "glossary-1"
    open_or_build(root, build).close()
    (current(root) / "words.sqlite").unlink()
    assert open_or_build(root, build).entry("gqa").id == "gqa"
    assert len(build.built) == 2
    assert "words.sqlite cannot be read" in capsys.readouterr().err


def test_what_is_no_index_is_built_over(build: Build, tmp_path: Path) -> None:
    root = tmp_path / "glossary-1"
    root.mkdir()
    (root / "half").write_text("")
    open_or_build(root, build).close()
    assert not (root / "half").exists()


@pytest.mark.parametrize("place", ["file", "file/deep", "/proc/cache"])
def test_a_cache_that_cannot_be_written_is_named(place: str, build: Build, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexMissing, match="or name another one with ENTRYWISE_CACHE") as caught:
        open_or_build(tmp_path / place / "glossary-1", build)
    assert "the cache folder" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_index_in_a_cache_that_cannot_be_written_is_opened(
    build: Build, small_root: Path, tmp_path: Path
) -> None:
    """The lock file is a link into a missing folder: it can be neither made nor dated."""
    (tmp_path / "glossary-1").symlink_to(small_root)
    (tmp_path / "glossary-1.lock").symlink_to(tmp_path / "missing" / "lock")
    assert open_or_build(tmp_path / "glossary-1", build).entry("gqa").id == "gqa"
    assert build.built == []


def test_a_build_that_fails_leaves_the_lock_free(build: Build, tmp_path: Path) -> None:
    def fail(root: Path) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        open_or_build(tmp_path / "glossary-1", fail)
    open_or_build(tmp_path / "glossary-1", build).close()
    assert len(build.built) == 1


def test_of_two_processes_one_builds_and_the_other_waits(
    small_root: Path, tmp_path: Path, start: Start
) -> None:
    root, log = tmp_path / "cache" / "glossary-1", tmp_path / "log"
    first = start(OPEN_OR_BUILD, root, small_root, log)
    until(log.exists)
    second = start(OPEN_OR_BUILD, root, small_root, log)
    assert second.stderr is not None
    assert second.stderr.readline() == ("another process is building the index; waiting for it …\n")
    (tmp_path / "go").touch()
    assert [process.communicate(timeout=60) for process in (first, second)] == [("6\n", "")] * 2
    assert log.read_text() == "built\n"


def test_a_killed_build_leaves_no_half_index(build: Build, tmp_path: Path, start: Start) -> None:
    root = tmp_path / "cache" / "glossary-1"
    process = start(BUILD_FOREVER, root, tmp_path / "embedding")
    until((tmp_path / "embedding").exists)
    process.kill()
    process.wait()
    assert sorted(path.name[:7] for path in root.iterdir()) == [".build-", "lock"]
    assert open_or_build(root, build).entry("gqa").id == "gqa"
    assert sorted(path.name for path in root.parent.iterdir()) == ["glossary-1", "glossary-1.lock"]


def opened_one_after_another(names: list[str], folder: Path, build: Build) -> None:
    for name in names:
        open_or_build(folder / name, build).close()
        number = int(name[-1])
        os.utime(folder / f"{name}.lock", (number, number))


def indexes(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_the_three_indexes_that_were_opened_last_are_kept(build: Build, tmp_path: Path) -> None:
    opened_one_after_another(["glossary-1", "glossary-2", "glossary-3"], tmp_path, build)
    open_or_build(tmp_path / "glossary-1", build).close()
    open_or_build(tmp_path / "glossary-4", build).close()
    assert indexes(tmp_path) == ["glossary-1", "glossary-3", "glossary-4"]


def test_an_index_is_not_forgotten_while_somebody_reads_it(build: Build, tmp_path: Path) -> None:
    reader = open_or_build(tmp_path / "glossary-0", build)
    os.utime(tmp_path / "glossary-0.lock", (0, 0))
    opened_one_after_another(["glossary-1", "glossary-2", "glossary-3"], tmp_path, build)
    assert reader.entry("lora").name == "LoRA"
    assert reader.words.scores("frozen").nonzero()[0].tolist() == [2]
    reader.close()
    opened_one_after_another(["glossary-4"], tmp_path, build)
    assert not (tmp_path / "glossary-0").exists()


def test_a_build_in_progress_is_not_disturbed(build: Build, tmp_path: Path) -> None:
    opened_one_after_another(["glossary-1", "glossary-2"], tmp_path, build)
    with FileLock(tmp_path / "glossary-1.lock"):
        opened_one_after_another(["glossary-3", "glossary-4", "glossary-5"], tmp_path, build)
    assert indexes(tmp_path) == ["glossary-1", "glossary-3", "glossary-4", "glossary-5"]


def test_other_things_in_the_cache_are_left_alone(build: Build, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "glossary-placed-by-hand").mkdir()
    names = [f"glossary-{number}" for number in range(5)]
    opened_one_after_another(names, tmp_path, build)
    assert {"mine", "glossary-placed-by-hand"} < set(indexes(tmp_path))


def test_the_index_of_this_checkout_is_the_shipped_glossary_s(glossary_index: Index) -> None:
    folder = Path(os.environ["ENTRYWISE_CACHE"])
    assert home_of(glossary_index) == shipped_index(folder)
    assert tuple(glossary_index.entries) == read.shipped().entries


@pytest.fixture
def packaged(small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index in the package, as a wheel may bring it: here a copy of a small one."""
    monkeypatch.setattr(cache, "PACKAGED", tmp_path / "packaged")
    root = tmp_path / "packaged" / index_name()
    shutil.copytree(small_root, root)
    return root


def test_the_index_of_the_package_is_used_and_nothing_is_built(
    packaged: Path, tmp_path: Path
) -> None:
    build = Build(packaged)
    index = open_shipped(tmp_path / "cache", build)
    assert (home_of(index), build.built) == (packaged, [])
    assert shipped_index(tmp_path / "cache") == packaged
    index.close()


def test_a_damaged_index_of_the_package_is_left_and_another_built_in_the_cache(
    packaged: Path, small_root: Path, tmp_path: Path
) -> None:
    words = current(packaged) / "words.sqlite"
    words.unlink()
    words.write_bytes(b"rot")
    build = Build(small_root)
    index = open_shipped(tmp_path / "cache", build)
    assert home_of(index) == tmp_path / "cache" / packaged.name
    assert build.built == [home_of(index)]
    assert words.read_bytes() == b"rot"
    index.close()
