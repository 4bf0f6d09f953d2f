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


_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + bytes(
    [0, 0, 0, 30, 0, 0, 0, 20, 8, 6, 0, 0, 0] + [0] * 8
)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (_PNG, (30, 20)),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"/>', (40, 10)),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"/>', None),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="9999999" height="10"/>', None),
        (_PNG[:14], None),
        (b"no picture", None),
        (b"", None),
    ],
)
def test_a_picture_tells_its_size_or_none(
    tmp_path: Path, content: bytes, size: tuple[int, int] | None
) -> None:
    (tmp_path / "a.png").write_bytes(content)
    write_pictures(tmp_path / "1.zip", {"a.png": tmp_path / "a.png"})
    assert Pictures(tmp_path / "1.zip").size("a.png") == size


def test_a_damaged_picture_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_PNG)
    write_pictures(tmp_path / "1.zip", {"a.png": tmp_path / "a.png"})
    archive = (tmp_path / "1.zip").read_bytes()
    (tmp_path / "1.zip").write_bytes(archive.replace(_PNG, _PNG[:-1] + b"x"))
    assert Pictures(tmp_path / "1.zip").size("a.png") is None
