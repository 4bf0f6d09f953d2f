from __future__ import annotations

import os
from pathlib import Path

import pytest

from entrywise.index import states


def test_a_state_changes_with_the_content_and_not_with_a_reading(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("one")
    before = states.state(path)
    assert path.read_text() == "one"
    assert states.state(path) == before
    path.write_text("three")
    assert states.state(path) != before


def test_a_date_that_was_set_back_is_another_state(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("one")
    before, found = states.state(path), path.stat()
    other = tmp_path / "other"
    other.write_text("two")
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    other.replace(path)
    assert states.state(path) != before


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
