from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from limits.errors import StorageError
from paths import ROOT

from entrywise.rag.log.database import ForeignFile
from entrywise.web.gate.counts import Counts

HOUR = 3600


MANY = """
import sys
from pathlib import Path
from entrywise.web.gate import counts
# On a busy machine each waits for the others for longer than a server does.
counts._PATIENCE = 60.0
let = counts.Counts(Path(sys.argv[1])).acquire_entry
print(sum(let("one", 100, 3600) for _ in range(50)))
"""


@pytest.mark.parametrize("is_shared", [False, True])
def test_so_many_fit_into_a_window_and_no_more(tmp_path: Path, is_shared: bool) -> None:
    counts = Counts(tmp_path / "below" / "counts" if is_shared else None)
    begun = time.time()
    assert [counts.acquire_entry("one", 3, HOUR) for _ in range(4)] == [True, True, True, False]
    assert counts.acquire_entry("another", 3, HOUR, amount=3)
    assert not counts.acquire_entry("another", 3, HOUR)
    first, counted = counts.get_moving_window("one", 3, HOUR)
    assert (counted, begun <= first <= time.time()) == (3, True)
    counts.close()


def test_the_window_moves_on() -> None:
    counts = Counts()
    assert counts.acquire_entry("one", 1, 1)
    assert not counts.acquire_entry("one", 1, 1)
    time.sleep(1.01)
    assert counts.acquire_entry("one", 1, 1)


def test_light_requests_are_added_up() -> None:
    counts = Counts()
    assert [counts.incr("one", HOUR, amount=2) for _ in range(3)] == [2, 4, 6]
    assert (counts.get("one"), counts.get("another")) == (6, 0)
    assert 0 < counts.get_expiry("one") - time.time() <= HOUR
    counts.clear("one")
    assert counts.get("one") == 0


def test_four_processes_let_through_what_one_would(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MANY, str(tmp_path / "counts")]
    environment = {"PYTHONPATH": str(ROOT / "src")}
    processes = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(4)
    ]
    assert sum(int(process.communicate()[0]) for process in processes) == 100


def test_threads_share_one(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "counts")
    with ThreadPoolExecutor(8) as pool:
        let = list(pool.map(lambda _: counts.acquire_entry("one", 50, HOUR), range(200)))
    assert sum(let) == 50
    counts.close()


def test_what_counts_no_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts()
    monkeypatch.setattr("entrywise.web.gate.counts._SWEEP", 0.0)
    for number in range(20):
        counts.acquire_entry(f"client {number}", 1, 1)
    time.sleep(1.01)
    counts.acquire_entry("one more", 1, HOUR)
    assert counts.reset() == 1


def test_the_file_of_another_program_is_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "other"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (a)")
    other.close()
    with pytest.raises(ForeignFile, match="is no file of request counts"):
        Counts(path)


def test_a_file_that_fails_is_a_fault_of_the_store(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "counts")
    counts.close()
    with pytest.raises(StorageError):
        counts.acquire_entry("one", 1, HOUR)
