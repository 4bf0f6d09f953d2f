from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from paths import ROOT

from entrywise.data.errors import EntrywiseError
from entrywise.rag.log.questions import LoggedQuestion, QuestionLog

QUESTION = LoggedQuestion(
    asked_at="2026-03-01T12:00:00+00:00",
    question="and Écu?",
    completed="what is Écu?",
    status="abstained",
    confidence=0.25,
    intent="definition",
    unknown=("Écu",),
    nearest=("gqa", "mla"),
)
WRITER = """
import sys
from pathlib import Path
from entrywise.rag.log.questions import LoggedQuestion, QuestionLog

log = QuestionLog(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    log.add(LoggedQuestion("2026-01-01", f"q{number}", "q", "answered", 1.0, "other", (), ()))
"""


def at(day: str, text: str = "what is Écu?") -> LoggedQuestion:
    return replace(QUESTION, asked_at=f"{day}T12:00:00+00:00", question=text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "questions.sqlite"


def filled(path: Path, *questions: LoggedQuestion) -> QuestionLog:
    log = QuestionLog(path)
    for question in questions:
        log.add(question)
    log.close()
    return log


def test_what_is_added_is_read(path: Path) -> None:
    log = QuestionLog(path)
    log.add(QUESTION)
    assert log.read() == [QUESTION]
    log.close()
    log.add(QUESTION)
    assert QuestionLog(path).read() == [QUESTION] * 2
    log.close()
    log.close()


def test_nothing_is_made_before_the_first_question(path: Path) -> None:
    QuestionLog(path).close()
    assert not path.parent.exists()


def test_the_file_is_for_its_owners_eyes_only(path: Path) -> None:
    filled(path, QUESTION)
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_file_says_whose_it_is_and_of_which_version(path: Path) -> None:
    filled(path, QUESTION)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("PRAGMA application_id").fetchone() == (0x4557716C,)
    connection.close()


def test_a_log_is_read_from_a_day_on_in_the_order_of_asking(path: Path) -> None:
    log = filled(path, at("2026-03-02"), at("2026-01-31"), at("2026-02-01"))

    assert log.read(date(2026, 2, 1)) == [at("2026-02-01"), at("2026-03-02")]
    assert len(log.read()) == 3


def test_what_is_forgotten_is_gone_from_the_disk_too(path: Path) -> None:
    log = filled(path, at("2026-01-31", "my secret"), at("2026-02-01", "kept"))
    log.add(at("2026-01-01", "another secret"))

    assert log.forget_before(date(2026, 2, 1)) == 2

    on_disk = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert (b"secret" in on_disk, b"kept" in on_disk) == (False, True)
    assert log.read() == [at("2026-02-01", "kept")]
    log.close()


def test_threads_share_a_log(path: Path) -> None:
    # On a busy machine eight of them may wait longer for a disk than a reader would.
    log = QuestionLog(path, patience=60)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(log.add, [QUESTION] * 200))
    assert len(log.read()) == 200
    log.close()


def writing(path: Path, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(path), str(count)]
    source = str(ROOT / "src")
    return subprocess.Popen(command, env={"PYTHONPATH": source}, stderr=subprocess.PIPE)


def test_processes_share_a_file(path: Path) -> None:
    writers = [writing(path, 50) for _ in range(3)]
    assert [writer.communicate() for writer in writers] == [(None, b"")] * 3
    assert len(QuestionLog(path).read()) == 150


def test_a_killed_process_leaves_the_file_sound(path: Path) -> None:
    with writing(path, 10**9) as writer:
        while not path.exists() or not rows(path):
            assert writer.poll() is None
        writer.send_signal(signal.SIGKILL)
    kept = rows(path)
    filled(path, QUESTION)
    assert len(QuestionLog(path).read()) == kept + 1


def rows(path: Path) -> int:
    try:
        return len(QuestionLog(path).read())
    except EntrywiseError:
        return 0  # The writer is not that far yet.


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def newer(path: Path) -> None:
    filled(path, QUESTION)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()


def rubbish(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


SPOILT: dict[str, Callable[[Path], None]] = {
    "is no question log; name another file": foreign,
    "is of version 2, this program reads 1; update Entrywise": newer,
    "file is not a database": rubbish,
}


@pytest.mark.parametrize("reason", SPOILT)
def test_a_file_that_is_no_log_is_refused_and_left_as_it_is(path: Path, reason: str) -> None:
    path.parent.mkdir()
    SPOILT[reason](path)
    content = path.read_bytes()
    log = QuestionLog(path)

    for use in (log.read, lambda: log.forget_before(date(2026, 1, 1))):
        with pytest.raises(EntrywiseError, match=reason) as caught:
            use()
        assert "\n" not in str(caught.value)
    log.add(QUESTION)
    assert path.read_bytes() == content


def test_a_log_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(EntrywiseError, match=r"no question log at .*questions\.sqlite"):
        QuestionLog(path).read()
    assert not path.parent.exists()


def test_a_row_that_was_tampered_with_is_damage(path: Path) -> None:
    log = filled(path, QUESTION)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE questions SET unknown = 'no JSON'")
    connection.close()
    with pytest.raises(EntrywiseError, match="cannot be used"):
        log.read()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file/questions.sqlite", "cannot be written (File exists)"),
        ("", "cannot be written (unable to open database file); it is a folder"),
        ("full", "cannot be written (database or disk is full); free space on its disk"),
        ("foreign", "is no question log; name another file"),
    ],
)
def test_a_log_that_cannot_be_written_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "full").symlink_to("/dev/full")
    foreign(tmp_path / "foreign")

    filled(tmp_path / place, QUESTION, QUESTION)

    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("entrywise: questions are answered, but not logged: ")
    assert reason in err


def test_a_log_that_another_program_holds_is_not_waited_for_long(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = filled(path, QUESTION)
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(log.add, [QUESTION] * 3))
    other.close()

    assert capsys.readouterr().err.count("\n") == 1
    log.add(QUESTION)
    assert len(log.read()) == 2
    log.close()
