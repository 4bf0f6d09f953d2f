from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from entrywise.rag.log.database import FileFormat, ForeignFile

NOTES = FileFormat("file of notes", "NOTES", 0x4E6F7465, 3, "CREATE TABLE notes (text TEXT)")
NEWER = FileFormat("file of notes", "NOTES", 0x4E6F7465, 4, "CREATE TABLE notes (text TEXT)")
VISITS = FileFormat("file of visits", "VISITS", 0x56697369, 3, "CREATE TABLE visits (day TEXT)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "notes.sqlite"


def add(path: Path, text: str) -> None:
    with closing(NOTES.open(path, 60)) as connection:
        connection.execute("INSERT INTO notes VALUES (?)", (text,))


def read(path: Path) -> list[str]:
    with closing(NOTES.open_existing(path, 0)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY text")]


def test_what_is_written_is_there_for_the_next_one(path: Path) -> None:
    add(path, "one")
    add(path, "two")
    assert read(path) == ["one", "two"]


def test_a_file_is_made_for_its_owner_with_its_header_and_written_ahead(path: Path) -> None:
    add(path, "one")
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path)) as connection:
        header = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode")
        ]
    assert header == [0x4E6F7465, 3, "wal"]


def test_several_may_be_the_first_to_write(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add(path, f"{number:02}"), range(40)))
    assert read(path) == [f"{number:02}" for number in range(40)]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (VISITS, "is no file of visits; name another file with VISITS"),
        (NEWER, "is of version 3, this program reads 4; update Entrywise, or name another"),
    ],
)
def test_the_file_of_others_is_refused_and_left_as_it_is(
    path: Path, other: FileFormat, reason: str
) -> None:
    add(path, "one")
    content = path.read_bytes()
    for opening in (other.open, other.open_existing):
        with pytest.raises(ForeignFile, match=reason) as caught:
            opening(path, 0)
        assert repr(str(path)) in str(caught.value)
    assert path.read_bytes() == content


def test_a_file_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        NOTES.open_existing(path, 0)
    assert not path.parent.exists()


def test_a_writer_waits_for_another_as_long_as_it_may(path: Path) -> None:
    add(path, "one")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            NOTES.open(path, 0.01)


def test_why_a_file_cannot_be_written_comes_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError) as caught:
        NOTES.open(tmp_path / "file" / "notes", 0)
    assert NOTES.unwritable(tmp_path, caught.value) == (
        f"{tmp_path}: cannot be written (File exists); a file is where a folder has to be; move it "
        "away, or name another file with NOTES"
    )
