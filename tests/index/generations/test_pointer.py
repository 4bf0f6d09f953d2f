from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.data.errors import IndexDamaged
from entrywise.index.generations.pointer import generation_of, read_pointer, write_pointer

NAME = "0123456789abcdef"


def test_a_pointer_comes_back_and_is_replaced(tmp_path: Path) -> None:
    assert read_pointer(tmp_path) is None
    for name in (NAME, f"{NAME}.1"):
        write_pointer(tmp_path, name)
        assert read_pointer(tmp_path) == name
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", NAME.encode(), NAME.encode() + b"\n\n", b"../x\n", b"\xff\xfe\n", b"0" * 2**20],
)
def test_a_pointer_that_names_no_generation_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(IndexDamaged, match="current names no generation; build it again"):
        read_pointer(tmp_path)


def test_no_byte_of_a_pointer_may_be_another(tmp_path: Path) -> None:
    """It names no generation then, or another one: none that is there."""
    write_pointer(tmp_path, NAME)
    content = (tmp_path / "current").read_bytes()
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 1
        (tmp_path / "current").write_bytes(flipped)
        try:
            assert read_pointer(tmp_path) != NAME
        except IndexDamaged:
            continue


def test_a_pointer_that_cannot_be_written_stays(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(OSError, match="current"):
        write_pointer(tmp_path, NAME)
    assert [path.name for path in tmp_path.iterdir()] == ["current"]
    with pytest.raises(IndexDamaged, match="cannot be read"):
        read_pointer(tmp_path)


def test_the_generation_of_a_folder_is_in_its_name() -> None:
    assert generation_of(NAME) == generation_of(f"{NAME}.12") == NAME
    for name in ("", "current", NAME[1:], f"{NAME}0", f"{NAME}.", NAME.upper(), f".{NAME}"):
        assert generation_of(name) is None
