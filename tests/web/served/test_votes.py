from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markup import Page

from entrywise.rag.assistant import Assistant
from entrywise.rag.log.logger import QuestionLogger
from entrywise.rag.log.questions import QuestionLog
from entrywise.web.app import create_app
from entrywise.web.served.votes import FORMAT, Vote, VoteBox, VotesUnwritable


def a_vote(number: int = 0, vote: Any = "up", comment: str = "") -> Vote:
    return Vote(f"vote-{number}", "what is GQA?", vote, comment, "answered", ("gqa",))


def kept(path: Path) -> list[tuple[Any, ...]]:
    """The votes in a file, without their times."""
    query = "SELECT id, question, vote, comment, answer_status, entries FROM votes ORDER BY id"
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "feedback.sqlite"


def test_a_vote_is_kept_with_all_that_it_is_about(path: Path) -> None:
    VoteBox(path).put(a_vote(comment="Clear, even to me: 8× smaller"))
    row = ("vote-0", "what is GQA?", "up", "Clear, even to me: 8× smaller", "answered", '["gqa"]')
    assert kept(path) == [row]


def test_a_vote_that_is_sent_again_replaces_the_first(path: Path) -> None:
    box = VoteBox(path)
    for vote in (a_vote(), a_vote(1), a_vote(0, "down", "It is wrong.")):
        box.put(vote)
    assert [(row[0], row[2], row[3]) for row in kept(path)] == [
        ("vote-0", "down", "It is wrong."),
        ("vote-1", "up", ""),
    ]


def test_only_its_owner_reads_the_file_and_it_has_a_write_ahead_log(path: Path) -> None:
    VoteBox(path).put(a_vote())
    assert path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_votes_given_at_the_same_time_are_all_kept(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: VoteBox(path).put(a_vote(number)), range(40)))
    assert len(kept(path)) == 40


def test_a_place_that_cannot_hold_a_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path, tmp_path / "file" / "feedback.sqlite"):
        with pytest.raises(VotesUnwritable, match="ENTRYWISE_FEEDBACK") as caught:
            VoteBox(place).put(a_vote())
        assert str(place) in str(caught.value)


def test_the_file_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database")
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as connection:
        connection.execute("CREATE TABLE other (a)")
    for name, reason in (("notes.txt", "not a database"), ("other.sqlite", "no file of votes")):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(VotesUnwritable, match=reason):
            VoteBox(tmp_path / name).put(a_vote())
        assert (tmp_path / name).read_bytes() == before


def test_a_file_of_votes_grows_to_a_limit_and_keeps_what_it_has(path: Path) -> None:
    box = VoteBox(path, largest=2**16)
    votes = [a_vote(number, comment="a" * 2_000) for number in range(33)]
    with pytest.raises(VotesUnwritable, match="full"):
        list(map(box.put, votes))
    number_kept = len(kept(path))
    assert 10 < number_kept < 33
    assert path.stat().st_size <= 2**16
    box.put(a_vote(0, "down"))
    assert len(kept(path)) == number_kept


def test_the_log_of_questions_is_no_place_for_votes(tmp_path: Path, assistant: Assistant) -> None:
    logger = QuestionLogger(QuestionLog(tmp_path / "log"))
    assistant.observed_by(logger).ask("what is GQA?")
    with pytest.raises(VotesUnwritable, match="no file of votes"):
        VoteBox(tmp_path / "log").put(a_vote())


BODY = {"question": "what is GQA?", "vote": "down", "answer_status": "answered"}


@pytest.fixture
def voting(
    assistant: Assistant, path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """The application, with its votes in a file of this test."""
    monkeypatch.setenv("ENTRYWISE_FEEDBACK", str(path))
    with TestClient(create_app(assistant)) as client:
        yield client


def test_a_vote_is_taken_over_http(voting: TestClient, path: Path) -> None:
    body = BODY | {"comment": "Too short.", "entries": ["gqa", "mla"], "id": "mine"}
    response = voting.post("/api/feedback", json=body)
    assert (response.status_code, response.content) == (204, b"")
    entries = json.dumps(["gqa", "mla"])
    assert kept(path) == [("mine", "what is GQA?", "down", "Too short.", "answered", entries)]


def test_votes_without_an_id_are_each_kept(voting: TestClient, path: Path) -> None:
    for _ in range(2):
        assert voting.post("/api/feedback", json=BODY).status_code == 204
    assert [row[1:] for row in kept(path)] == [("what is GQA?", "down", "", "answered", "[]")] * 2


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"vote": "maybe"}, "vote: Input should be 'up' or 'down'"),
        ({"comment": "a" * 2_001}, "comment: String should have at most 2000 characters"),
        ({"question": ""}, "question: String should have at least 1 character"),
        ({"answer_status": "fine"}, "answer_status: Input should be 'answered', 'partial' or"),
        ({"entries": ["a"] * 51}, "entries: List should have at most 50 items"),
        ({"entries": ["a" * 1_001]}, "entries.0: String should have at most 1000 characters"),
        ({"who": "me"}, "who: Extra inputs are not permitted"),
    ],
)
def test_a_vote_that_is_wrong_is_refused(
    voting: TestClient, path: Path, change: dict[str, Any], place: str
) -> None:
    response = voting.post("/api/feedback", json=BODY | change)
    assert response.status_code == 422
    assert place in response.json()["detail"]
    assert not path.exists()


def test_a_vote_that_cannot_be_kept_is_said_to_be_lost(
    voting: TestClient, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.mkdir(parents=True)
    response = voting.post("/api/feedback", json=BODY)
    assert response.status_code == response.json()["status"] == 503
    assert "try again later" in response.json()["detail"]
    assert str(path) not in response.text
    assert str(path) in caplog.text


def test_votes_are_read_the_newest_first_and_none_before_the_first(tmp_path: Path) -> None:
    box = VoteBox(tmp_path / "votes")
    assert box.read("") == []
    votes = [Vote(name, "what is A?", "down", "", "answered", ("a", "b")) for name in ("1", "2")]
    for vote in votes:
        box.put(vote)
    assert box.read("") == votes[::-1]


def test_the_votes_on_other_knowledge_bases_are_theirs(tmp_path: Path) -> None:
    box = VoteBox(tmp_path / "votes")
    asked = "what is A?"
    ours, theirs, old = (
        Vote(name, asked, "down", "", "answered", (), base)
        for name, base in (("1", "Tea"), ("2", "Coffee"), ("3", ""))
    )
    for vote in (ours, theirs, old):
        box.put(vote)
    assert box.read("Tea") == [old, ours]


def test_a_file_of_the_first_version_keeps_its_votes(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE votes (id TEXT PRIMARY KEY, voted_at TEXT NOT NULL, "
            "question TEXT NOT NULL, vote TEXT NOT NULL, comment TEXT NOT NULL, "
            "answer_status TEXT NOT NULL, entries TEXT NOT NULL)"
        )
        row = ("a", "2026-01-01T00:00:00+00:00", "what is A?", "down", "", "answered", '["a"]')
        connection.execute("INSERT INTO votes VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute(f"PRAGMA application_id = {FORMAT.application}")
        connection.execute("PRAGMA user_version = 1")
    old = Vote("a", "what is A?", "down", "", "answered", ("a",))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: VoteBox(path).read("Tea"), range(8))) == [[old]] * 8
    new = Vote("b", "what is B?", "up", "", "answered", (), "Tea")
    VoteBox(path).put(new)
    assert VoteBox(path).read("Tea") == [new, old]


def test_a_vote_says_which_knowledge_base_answered(voting: TestClient, path: Path) -> None:
    assert voting.post("/api/feedback", json=BODY).status_code == 204
    with closing(sqlite3.connect(path)) as connection:
        ((title,),) = connection.execute("SELECT knowledge_base FROM votes").fetchall()
    assert title in Page(voting.get("/").text).text
