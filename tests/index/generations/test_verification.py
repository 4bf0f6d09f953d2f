from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from indexes import copy_index

from entrywise.data.errors import IndexDamaged
from entrywise.data.identity import Identity
from entrywise.index.generations import verification
from entrywise.index.generations.lease import current
from entrywise.index.generations.verification import verify
from entrywise.index.layout import FORMAT_VERSION, FileRecord, Manifest, file_record, read_manifest

WEEK = 7 * 24 * 3600


def manifest_of(**files: FileRecord) -> Manifest:
    return Manifest(FORMAT_VERSION, Identity(), "ab", "model", "cd", {}, {}, (), files)


@pytest.fixture
def big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is too large to be hashed each time."""
    monkeypatch.setattr(verification, "_ALWAYS", 2)
    (tmp_path / "big").write_bytes(b"abc")
    return tmp_path / "big"


def rot(file: Path) -> None:
    """Change a byte and nothing else that can be seen from outside, but for the time of change,
    which the memory of states is told: as a disk may do."""
    before = file.stat()
    content = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    file.chmod(before.st_mode)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    checked = file.with_name("checked.json")
    known = json.loads(checked.read_text())
    known[file.name][2] = file.stat().st_ctime_ns
    checked.write_text(json.dumps(known))


def test_a_large_file_is_hashed_only_on_demand(big: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "HASHED_AT_OPENING", 2)
    manifest = manifest_of(big=file_record(big))
    big.write_bytes(b"abd")
    verify(big.parent, manifest)
    with pytest.raises(IndexDamaged, match="big is not what was written"):
        verify(big.parent, manifest, everything=True)


def test_what_was_hashed_is_hashed_again_when_it_has_changed(big: Path) -> None:
    manifest = manifest_of(big=file_record(big))
    verify(big.parent, manifest)
    big.write_bytes(b"abd")
    with pytest.raises(IndexDamaged, match="big is not what was written"):
        verify(big.parent, manifest)


def test_rot_without_a_trace_is_found_after_a_week(
    big: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = manifest_of(big=file_record(big))
    verify(big.parent, manifest)
    rot(big)
    verify(big.parent, manifest)
    later = time.time() + WEEK
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(IndexDamaged, match="big is not what was written"):
        verify(big.parent, manifest)


def test_a_time_in_the_future_is_none(big: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = manifest_of(big=file_record(big))
    verify(big.parent, manifest)
    rot(big)
    earlier = time.time() - 10
    monkeypatch.setattr(time, "time", lambda: earlier)
    with pytest.raises(IndexDamaged, match="big is not what was written"):
        verify(big.parent, manifest)


def test_what_is_small_is_hashed_each_time(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"abc")
    manifest = manifest_of(small=file_record(tmp_path / "small"))
    verify(tmp_path, manifest)
    rot(tmp_path / "small")
    with pytest.raises(IndexDamaged, match="small is not what was written"):
        verify(tmp_path, manifest)


def test_nothing_is_written_where_nothing_is_new(copied: Path, generation: Path) -> None:
    manifest = read_manifest(generation)
    verify(generation, manifest)
    before = (generation / "checked.json").stat()
    verify(generation, manifest)
    after = (generation / "checked.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("content", ["", "[]", "null", '{"big": 1}', '{"big": [1, 2]}', "\udce9"])
def test_a_damaged_memory_of_states_is_written_again(big: Path, content: str) -> None:
    (big.parent / "checked.json").write_bytes(content.encode(errors="surrogateescape"))
    verify(big.parent, manifest_of(big=file_record(big)))
    assert list(json.loads((big.parent / "checked.json").read_text())) == ["big"]


def test_a_sound_index_is_verified_in_silence(
    small_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = current(small_root)
    verify(folder, read_manifest(folder), everything=True)
    assert capsys.readouterr() == ("", "")


def test_no_byte_of_a_generation_may_be_another(small_root: Path, tmp_path: Path) -> None:
    """Of each file: its first bytes, its last, and some between. Whatever was checked before."""
    root = copy_index(small_root, tmp_path / "copy")
    folder = current(root)
    manifest = read_manifest(folder)
    for name in [*manifest.files, "manifest.json"]:
        path, content = folder / name, (folder / name).read_bytes()
        path.unlink()
        for place in sorted({0, 1, len(content) // 3, len(content) // 2, len(content) - 1}):
            flipped = bytearray(content)
            flipped[place] ^= 4
            path.write_bytes(flipped)
            with pytest.raises(IndexDamaged):
                verify(folder, read_manifest(folder), everything=True)
        path.write_bytes(content)
    verify(folder, read_manifest(folder), everything=True)
