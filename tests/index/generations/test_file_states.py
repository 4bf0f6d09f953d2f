from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from entrywise.index.generations import file_states as states


def test_reading_changes_no_state(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("one")
    before = states.state(path)
    assert path.read_text() == "one"
    assert states.state(path) == before


def test_the_same_number_of_bytes_with_the_old_date_is_another_state(tmp_path: Path) -> None:
    """Only the ctime tells: nobody can set it."""
    path = tmp_path / "file"
    path.write_text("one")
    before, found = states.state(path), path.stat()
    time.sleep(0.05)
    path.write_text("two")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    now = states.state(path)
    assert now != before
    assert [now[0], now[1], now[3]] == [before[0], before[1], before[3]]


def test_another_file_of_the_same_size_is_another_state(tmp_path: Path) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    path.write_text("one")
    other.write_text("two")
    before = states.state(path)
    other.replace(path)
    assert states.state(path)[3] != before[3]


def test_a_missing_file_has_no_state(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        states.state(tmp_path / "file")


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    assert states.read(path) == {}
    states.keep(path, {"a": [1, 2]})
    assert states.read(path) == {"a": [1, 2]}
    assert [found.name for found in tmp_path.iterdir()] == ["kept.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\udcff"])
def test_what_is_damaged_is_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kept.json"
    path.write_text(content, errors="surrogateescape")
    assert states.read(path) == {}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    states.keep(tmp_path / "missing" / "kept.json", {"a": 1})
    assert list(tmp_path.iterdir()) == []
    # A folder stands where the file would.
    (tmp_path / "kept.json").mkdir()
    states.keep(tmp_path / "kept.json", {"a": 1})
    assert [found.name for found in tmp_path.iterdir()] == ["kept.json"]
