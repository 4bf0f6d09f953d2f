from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from entrywise.data.errors import IndexDamaged, IndexMissing
from entrywise.data.identity import Identity
from entrywise.index import layout
from entrywise.index.index import Index
from entrywise.index.layout import (
    FORMAT_VERSION,
    FileRecord,
    Layout,
    Manifest,
    file_record,
    read_manifest,
    verify,
)

FILES = sorted(layout.FILES - {"manifest.json", "checked.json", "logo", "pictures.zip"})


def manifest_of(**files: FileRecord) -> Manifest:
    identity = Identity(title="títle", examples=("why?",))
    libraries, counts = {"numpy": "2"}, {"n": 1}
    return Manifest(
        FORMAT_VERSION, identity, "ab", "model", "cd", libraries, counts, ("words",), files
    )


def refused(root: Path, kind: type[Exception]) -> str:
    """The message, on one line, with which an index is refused."""
    with pytest.raises(kind) as caught:
        Index(root)
    message = str(caught.value)
    assert "\n" not in message
    assert repr(str(root)) in message
    return message


def change(root: Path, **changes: Any) -> None:
    """Change or (with None) remove fields of the manifest."""
    path = Layout(root).manifest
    record = json.loads(path.read_text(encoding="utf-8")) | changes
    path.unlink()
    kept = {key: value for key, value in record.items() if value is not None}
    path.write_text(json.dumps(kept), encoding="utf-8")


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    manifest = manifest_of(words=FileRecord(3, "ef"))
    written = manifest.write(Layout(tmp_path))
    assert read_manifest(tmp_path) == written == replace(manifest, generation=written.generation)


def test_a_generation_is_that_of_what_the_manifest_says(tmp_path: Path) -> None:
    one = manifest_of(words=FileRecord(3, "ef")).write(Layout(tmp_path))
    other = manifest_of(words=FileRecord(3, "ee")).write(Layout(tmp_path))
    assert len(one.generation) == 16
    assert one.generation != other.generation
    assert one.write(Layout(tmp_path)).generation == one.generation


def test_a_file_record_is_its_size_and_sha256(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file_record(tmp_path / "f") == FileRecord(3, digest)


def test_the_manifest_lists_every_file_of_the_layout(small_root: Path) -> None:
    assert sorted(read_manifest(small_root).files) == FILES
    names = {path.name for path in small_root.iterdir()} - {"checked.json"}
    assert sorted(names) == sorted([*FILES, "manifest.json"])


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_damage(name: str, copied: Path) -> None:
    content = (copied / name).read_bytes()
    (copied / name).unlink()
    (copied / name).write_bytes(content[:-1])
    message = refused(copied, IndexDamaged)
    assert f"{name} has {len(content) - 1} bytes instead of {len(content)}" in message
    assert message.endswith("; build it again")


@pytest.mark.parametrize("name", FILES)
def test_one_altered_byte_is_damage(name: str, copied: Path) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).unlink()
    (copied / name).write_bytes(content)
    assert f"{name} is not what was written; build it again" in refused(copied, IndexDamaged)


@pytest.mark.parametrize("name", FILES)
def test_a_deleted_file_is_damage(name: str, copied: Path) -> None:
    (copied / name).unlink()
    message = refused(copied, IndexDamaged)
    assert f"{name} cannot be read (No such file or directory); build it again" in message


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '"text"', "{}", f'{{"format_version": {FORMAT_VERSION}}}', "\udce9"],
)
def test_a_manifest_that_is_none_is_damage(content: str, copied: Path) -> None:
    Layout(copied).manifest.unlink()
    Layout(copied).manifest.write_bytes(content.encode(errors="surrogateescape"))
    assert "manifest.json cannot be read" in refused(copied, IndexDamaged)


@pytest.mark.parametrize(
    "changes", [{"counts": None}, {"files": {"words.sqlite": {"size": 1}}}, {"surplus": 1}]
)
def test_a_manifest_with_other_fields_is_damage(changes: dict[str, Any], copied: Path) -> None:
    change(copied, **changes)
    assert "manifest.json cannot be read" in refused(copied, IndexDamaged)


@pytest.mark.parametrize("version", [0, 1, "2"])
def test_another_format_version_is_named(version: object, copied: Path) -> None:
    change(copied, format_version=version)
    expected = f"its format is {version!r}, this program's is {FORMAT_VERSION}; build it again"
    assert expected in refused(copied, IndexDamaged)


def test_where_there_is_no_manifest_there_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for name in ("missing", "file", "folder"):
        message = refused(tmp_path / name, IndexMissing)
        assert "build one with `entrywise index build SOURCE --out DIR`" in message


def test_a_large_file_is_hashed_only_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "HASHED_AT_OPENING", 2)
    (tmp_path / "big").write_bytes(b"abc")
    manifest = manifest_of(big=file_record(tmp_path / "big"))
    (tmp_path / "big").write_bytes(b"abd")
    verify(tmp_path, manifest)
    with pytest.raises(IndexDamaged, match="big is not what was written"):
        verify(tmp_path, manifest, everything=True)


def test_a_sound_index_is_verified_in_silence(
    small_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verify(small_root, read_manifest(small_root), everything=True)
    assert capsys.readouterr() == ("", "")


def test_an_added_file_does_no_harm(copied: Path) -> None:
    (copied / "notes.txt").write_text("mine")
    Index(copied).close()
