from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from entrywise.data.errors import EntrywiseError
from entrywise.rag.log import wishes as wishes_module
from entrywise.rag.log.questions import LoggedQuestion, QuestionLog
from entrywise.rag.log.wishes import Wishes, WishesUnwritable

TODAY = datetime.now(UTC).date()


def question(text: str, asked_at: str = "2026-03-01T12:00:00+00:00") -> LoggedQuestion:
    return LoggedQuestion(asked_at, text, text, "abstained", 0.1, "other", (), ())


def test_wishes_share_the_file_of_the_log_and_neither_sees_the_other(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log, wishes = QuestionLog(path), Wishes(path)
    log.add(question("what is A?"))
    wishes.add("what is B?", "An example.")
    wishes.add("what is B?", "")
    assert [(one.question, one.comment) for one in wishes.read()] == [
        ("what is B?", "An example."),
        ("what is B?", ""),
    ]
    assert [one.question for one in log.read()] == ["what is A?"]
    log.close()


def test_there_are_none_before_the_first(tmp_path: Path) -> None:
    assert Wishes(tmp_path / "log").read() == []
    assert not (tmp_path / "log").exists()


def test_only_those_of_some_days_are_read(tmp_path: Path) -> None:
    wishes = Wishes(tmp_path / "log")
    wishes.add("what is B?", "")
    assert wishes.read(TODAY + timedelta(days=2)) == []
    assert len(wishes.read(TODAY - timedelta(days=1))) == 1


def test_what_is_forgotten_of_the_log_is_forgotten_of_the_wishes(tmp_path: Path) -> None:
    wishes = Wishes(tmp_path / "log")
    wishes.add("what is B?", "My name is Bond.")
    assert QuestionLog(tmp_path / "log").forget_before(date(2020, 1, 1)) == 0
    assert len(wishes.read()) == 1
    QuestionLog(tmp_path / "log").forget_before(TODAY + timedelta(days=2))
    assert wishes.read() == []
    assert b"Bond" not in (tmp_path / "log").read_bytes()


def test_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes_module, "MOST", 2)
    wishes = Wishes(tmp_path / "log")
    for text in ("a", "b", "c"):
        wishes.add(text, "")
    assert [one.question for one in wishes.read()] == ["b", "c"]


def test_the_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(WishesUnwritable):
        Wishes(path).add("what is B?", "")
    with pytest.raises(EntrywiseError):
        Wishes(path).read()
    assert path.read_bytes() == before
