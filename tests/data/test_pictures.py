from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.pictures import NO_PICTURES, Pictures, write_pictures


def test_what_is_written_is_read_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"a")
    (tmp_path / "b.svg").write_bytes(b"b")
    files = {"img/b.svg": tmp_path / "b.svg", "a.png": tmp_path / "a.png"}
    write_pictures(tmp_path / "1.zip", files)
    write_pictures(tmp_path / "2.zip", dict(reversed(files.items())))
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    pictures = Pictures(tmp_path / "1.zip")
    assert pictures.names == {"img/b.svg", "a.png"}
    assert pictures.read("img/b.svg") == b"b"
    with pytest.raises(KeyError):
        pictures.read("b.svg")


def test_without_an_archive_there_are_none() -> None:
    assert NO_PICTURES.names == frozenset()
    with pytest.raises(KeyError):
        NO_PICTURES.read("a.png")


def test_what_cannot_be_read_any_more_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"gone\.png: cannot be read"):
        write_pictures(tmp_path / "1.zip", {"gone.png": tmp_path / "gone.png"})


def test_a_damaged_archive_is_an_error_of_files(tmp_path: Path) -> None:
    (tmp_path / "1.zip").write_bytes(b"no archive")
    with pytest.raises(OSError, match="damaged"):
        Pictures(tmp_path / "1.zip")
