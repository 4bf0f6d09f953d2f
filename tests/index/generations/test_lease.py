from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from indexes import files_of, home_of

from entrywise.data.errors import IndexDamaged, IndexMissing
from entrywise.index.generations.lease import current, hold, nobody_else
from entrywise.index.generations.pointer import write_pointer
from entrywise.index.index import Index

NOWHERE = "0" * 16

HOLD = """
import sys
from pathlib import Path
from entrywise.index.generations.lease import hold
lease = hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def is_free(folder: Path) -> bool:
    with nobody_else(folder) as free:
        return free


def test_a_generation_is_held_until_the_last_reader_lets_go(copied: Path, generation: Path) -> None:
    assert is_free(generation)
    first, second = hold(copied), hold(copied)
    assert first.folder == second.folder == generation
    assert not is_free(generation)
    first.release()
    first.release()
    assert not is_free(generation)
    with second:
        pass
    assert is_free(generation)


def test_an_index_holds_its_generation_until_it_is_closed_or_forgotten(
    copied: Path, generation: Path
) -> None:
    index = Index(copied)
    assert (home_of(index), files_of(index).root) == (copied, generation)
    assert not is_free(generation)
    index.close()
    assert is_free(generation)
    index = Index(copied)
    assert not is_free(generation)
    del index
    assert is_free(generation)


def test_an_index_that_cannot_be_opened_holds_nothing(copied: Path, generation: Path) -> None:
    (generation / "words.sqlite").unlink()
    with pytest.raises(IndexDamaged):
        Index(copied)
    assert is_free(generation)


def test_a_process_that_is_killed_holds_nothing(
    copied: Path, generation: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    process = start(HOLD, copied)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    assert not is_free(generation)
    process.kill()
    process.wait()
    assert is_free(generation)


def test_one_generation_is_opened_by_its_folder(copied: Path, generation: Path) -> None:
    """Whatever is current by then: so do processes that belong together."""
    write_pointer(copied, NOWHERE)
    with hold(generation) as lease:
        assert lease.folder == generation


def test_where_nothing_is_there_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("missing", "file", "."):
        with pytest.raises(IndexMissing, match="build one with `entrywise index build SOURCE"):
            hold(tmp_path / name)


def test_a_pointer_to_nothing_is_damage(copied: Path, generation: Path) -> None:
    shutil.rmtree(generation)
    with pytest.raises(IndexDamaged, match=f"current names {generation.name}, which is not there"):
        hold(copied)


def test_a_pointer_that_moves_meanwhile_is_followed_again(
    copied: Path, generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the pointer and holding what it names another generation is published, and
    the first one swept."""
    newer = copied / ("f" * 16)
    from entrywise.index.generations import lease

    def resolve(root: Path) -> Path:
        folder = current(root)
        if folder == generation and generation.exists():
            generation.rename(newer)
            write_pointer(root, newer.name)
        return folder

    monkeypatch.setattr(lease, "current", resolve)
    with hold(copied) as held:
        assert held.folder == newer


def test_who_looks_whether_it_is_held_is_waited_for(copied: Path, generation: Path) -> None:
    looking, opened = threading.Event(), []

    def look() -> None:
        with nobody_else(generation):
            looking.set()
            time.sleep(0.05)
            assert opened == []

    thread = threading.Thread(target=look)
    thread.start()
    looking.wait(10)
    with hold(copied) as lease:
        opened.append(lease.folder)
    thread.join(10)
    assert opened == [generation]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read all")
def test_a_manifest_that_may_not_be_read_is_named(copied: Path, generation: Path) -> None:
    (generation / "manifest.json").chmod(0)
    with pytest.raises(IndexDamaged, match=r"manifest.json cannot be read \(Permission denied\)"):
        hold(copied)
