"""Several real processes at one address: they are one server to whoever asks."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

import pytest
from prometheus_client.parser import text_string_to_metric_families
from waiting import until

from entrywise.__main__ import main
from entrywise.rag.log.questions import QuestionLog
from entrywise.web.gate.connections import GRACE
from web.processes import PATIENCE, Serving, serving

TWO = ("--workers", "2")
POST = b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"

pytestmark = pytest.mark.slow


def counted(server: Serving, route: str) -> dict[str, int]:
    """{status: requests} of a route, as `/metrics` has them; once they do not change any more."""
    before: dict[str, int] | None = None
    while True:
        now = {
            sample.labels["status"]: int(sample.value)
            for family in text_string_to_metric_families(server.get("/metrics")[1].decode())
            for sample in family.samples
            if sample.name == "entrywise_requests_total" and sample.labels["route"] == route
        }
        if now == before:
            return now
        before = now
        time.sleep(0.2)


def children(process: int) -> list[int]:
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def workers(server: Serving) -> list[int]:
    """The workers of the server that live: started by it, or forks of what it has started. One more
    looks after what they share."""
    begun = children(server.process.pid)
    spawned = [one for one in begun if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return spawned or [fork for one in begun for fork in children(one)]


@pytest.fixture
def short_path() -> Iterator[Path]:
    """An empty folder whose path leaves room for the name of a socket."""
    with TemporaryDirectory(prefix="w-") as folder:
        yield Path(folder)


def shared_kb(process: int) -> int:
    """How much of what a process has written, or what it was forked from, others have, too."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("Shared_Dirty:")]
    return int(line.split()[1])


def started(server: Serving) -> int:
    """How many workers have said that they answer. The first to do so is not the last."""
    return server.written().count("Application startup complete")


def is_alive(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_two_processes_let_through_what_one_would_and_count_all(
    small_root: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, small_root, *TWO, rate_limit="100/hour") as server:
        until(lambda: started(server) == 2)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: server.get("/api/entries/gqa")[0], range(240)))
        assert (answers.count(200), answers.count(429)) == (100, 140)
        (shared,) = tmp_path.glob("entrywise-*")
        assert len(list((shared / "metrics").glob("counter_*.db"))) == 2
        found = counted(server, "/api/entries/{entry_id}")
        assert found.get("200") == 100
        assert sum(counted(server, "none").values()) + sum(found.values()) == 240
    assert list(tmp_path.glob("entrywise-*")) == []


def test_votes_and_questions_of_all_are_kept(small_root: Path, tmp_path: Path) -> None:
    def vote(server: Serving, number: int) -> int:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        body = {"id": f"vote-{number:08}", "question": "what is GQA?", "vote": "up"}
        body |= {"answer_status": "answered", "entries": ["gqa"]}
        with closing(connection):
            connection.request(
                "POST", "/api/feedback", json.dumps(body), {"Content-Type": "application/json"}
            )
            return connection.getresponse().status

    log = tmp_path / "log.sqlite"
    four = ("--workers", "4")
    with (
        serving(tmp_path, small_root, *four, log=str(log)) as server,
        ThreadPoolExecutor(8) as pool,
    ):
        statuses = set(pool.map(lambda number: vote(server, number), range(400)))
        asked = list(pool.map(lambda number: server.ask(f"what is GQA {number}?"), range(400)))
    assert statuses == {204}
    with closing(sqlite3.connect(tmp_path / "votes.sqlite")) as votes:
        assert votes.execute("SELECT count(*) FROM votes").fetchone() == (400,)
    logged = {row.question for row in QuestionLog(log).read()}
    assert len(asked) == len(logged) == 400


def test_a_worker_that_dies_is_replaced_and_what_it_counted_stays(
    small_root: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, small_root, *TWO) as server:
        until(lambda: started(server) == 2)
        for _ in range(20):
            assert server.get("/api/entries/gqa")[0] == 200
        # A request is counted when its answer is sent.
        until(lambda: counted(server, "/api/entries/{entry_id}") == {"200": 20})
        first = workers(server)
        os.kill(first[0], SIGKILL)
        until(lambda: len(workers(server)) == 2 and workers(server) != first)
        until(lambda: started(server) == 3)
        for _ in range(20):
            assert server.get("/api/entries/gqa")[0] == 200
        until(lambda: counted(server, "/api/entries/{entry_id}") == {"200": 40})


def test_workers_share_the_memory_of_what_they_all_import(
    small_root: Path, short_path: Path
) -> None:
    with serving(short_path, small_root, *TWO) as server:
        until(lambda: started(server) == 2)
        assert server.get("/health")[0] == 200
        assert min(map(shared_kb, workers(server))) > 10_000


def test_where_no_socket_fits_in_the_folder_of_temporary_files_each_is_started_from_nothing(
    small_root: Path, tmp_path: Path
) -> None:
    deep = tmp_path / ("x" * 90)
    deep.mkdir()
    with serving(deep, small_root, *TWO) as server:
        until(lambda: started(server) == 2)
        assert server.get("/health")[0] == 200
        assert set(workers(server)) <= set(children(server.process.pid))


def test_workers_end_with_a_parent_that_is_killed_and_leave_nothing(
    small_root: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, small_root, *TWO) as server:
        until(lambda: started(server) == 2)
        both = workers(server)
        assert len(both) == 2
        server.process.kill()
        until(lambda: not any(map(is_alive, both)))
        assert [*tmp_path.glob("entrywise-*"), *tmp_path.glob("pymp-*")] == []
        with pytest.raises(ConnectionError):
            server.get("/health")


def test_all_end_in_seconds_whoever_is_connected(small_root: Path, tmp_path: Path) -> None:
    with serving(tmp_path, small_root, *TWO) as server:
        until(lambda: started(server) == 2)
        both = workers(server)
        with server.connect(POST), server.connect(POST[:20]), server.connect():
            assert server.stop() < GRACE
        assert not any(map(is_alive, both))
        assert "Traceback" not in server.written()


def test_an_index_that_is_none_is_said_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_INDEX", str(tmp_path))
    assert main(["serve", *TWO]) == 3
    assert capfd.readouterr().err.count("entrywise: ") == 1
