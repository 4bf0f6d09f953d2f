from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from entrywise.data.errors import IndexDamaged, IndexMissing
from entrywise.data.identity import Identity
from entrywise.index import layout
from entrywise.index.generations.lease import current
from entrywise.index.index import Index
from entrywise.index.layout import (
    FORMAT_VERSION,
    FileRecord,
    Layout,
    Manifest,
    file_record,
    read_manifest,
)

NOT_ALWAYS = {"checked.json", "logo", "pictures.zip", "translations.npy", "versions.npy"}
FILES = sorted(layout.FILES - {"manifest.json"} - NOT_ALWAYS)


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
    folder = current(small_root)
    assert sorted(read_manifest(folder).files) == FILES
    names = {path.name for path in folder.iterdir()} - {"checked.json"}
    assert sorted(names) == sorted([*FILES, "manifest.json"])


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_damage(name: str, generation: Path) -> None:
    content = (generation / name).read_bytes()
    (generation / name).unlink()
    (generation / name).write_bytes(content[:-1])
    message = refused(generation, IndexDamaged)
    assert f"{name} has {len(content) - 1} bytes instead of {len(content)}" in message
    assert message.endswith("; build it again")


@pytest.mark.parametrize("name", FILES)
def test_one_altered_byte_is_damage(name: str, generation: Path) -> None:
    content = bytearray((generation / name).read_bytes())
    content[len(content) // 2] ^= 1
    (generation / name).unlink()
    (generation / name).write_bytes(content)
    assert f"{name} is not what was written; build it again" in refused(generation, IndexDamaged)


@pytest.mark.parametrize("name", FILES)
def test_a_deleted_file_is_damage(name: str, generation: Path) -> None:
    (generation / name).unlink()
    message = refused(generation, IndexDamaged)
    assert f"{name} cannot be read (No such file or directory); build it again" in message


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '"text"', "{}", f'{{"format_version": {FORMAT_VERSION}}}', "\udce9"],
)
def test_a_manifest_that_is_none_is_damage(content: str, generation: Path) -> None:
    Layout(generation).manifest.unlink()
    Layout(generation).manifest.write_bytes(content.encode(errors="surrogateescape"))
    assert "manifest.json cannot be read" in refused(generation, IndexDamaged)


@pytest.mark.parametrize(
    "changes", [{"counts": None}, {"files": {"words.sqlite": {"size": 1}}}, {"surplus": 1}]
)
def test_a_manifest_with_other_fields_is_damage(changes: dict[str, Any], generation: Path) -> None:
    change(generation, **changes)
    assert "manifest.json cannot be read" in refused(generation, IndexDamaged)


@pytest.mark.parametrize("version", [0, 1, "2"])
def test_another_format_version_is_named(version: object, generation: Path) -> None:
    change(generation, format_version=version)
    expected = f"its format is {version!r}, this program's is {FORMAT_VERSION}; build it again"
    assert expected in refused(generation, IndexDamaged)


def test_where_there_is_no_manifest_there_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for name in ("missing", "file", "folder"):
        message = refused(tmp_path / name, IndexMissing)
        assert "build one with `entrywise index build SOURCE --out DIR`" in message


def test_an_added_file_does_no_harm(copied: Path, generation: Path) -> None:
    (generation / "notes.txt").write_text("mine")
    Index(copied).close()
