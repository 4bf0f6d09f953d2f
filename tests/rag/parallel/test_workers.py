"""Work in order on all cores, whatever becomes of a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from commands import ASK
from squares import Squared, open_mortal, open_nothing, open_square, square

from entrywise.rag.parallel.workers import cores, in_order

MANY = 400
LINES = b"".join(
    json.dumps({"id": number, "question": f"what is {'GQA' if number % 2 else 'MLA'}?"}).encode()
    + b"\n"
    for number in range(200)
)


def squared(opening: Callable[[], Callable[[int], Squared]] | None) -> list[Squared | str]:
    """What comes out for many numbers, two processes allowed."""
    outcomes = in_order(range(MANY), square, opening, processes=2)
    return [
        str(error) if (error := outcome.exception()) else outcome.result() for outcome in outcomes
    ]


def values(found: list[Squared | str]) -> list[int | str]:
    return [one if isinstance(one, str) else one[0] for one in found]


EXPECTED = [f"{n} is refused" if n % 100 == 99 else n * n for n in range(MANY)]


def test_alone_this_process_does_all_in_order() -> None:
    found = squared(None)
    assert values(found) == EXPECTED
    assert {one[1] for one in found if not isinstance(one, str)} == {os.getpid()}


def test_where_much_waits_others_work_and_the_order_stays() -> None:
    found = squared(open_square)
    assert values(found) == EXPECTED
    others = {one[1] for one in found if not isinstance(one, str)} - {os.getpid()}
    assert others


@pytest.mark.parametrize("opening", [open_mortal, open_nothing])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_a_killed_process_leaves_is_done_by_this_one(
    opening: Callable[[], Callable[[int], Squared]],
) -> None:
    assert values(squared(opening)) == EXPECTED


def test_who_waits_for_each_answer_gets_it_at_once() -> None:
    answered = threading.Semaphore()

    def one_by_one() -> Iterator[int]:
        for number in range(100):
            assert answered.acquire(timeout=20)
            yield number

    for outcome in in_order(one_by_one(), lambda number: number, open_square, processes=2):
        outcome.result()
        answered.release()


def test_what_cannot_be_read_is_raised_after_what_could() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    outcomes = in_order(broken(), square, None)
    assert next(outcomes).result()[0] == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(outcomes)


def test_who_stops_early_leaves_no_process() -> None:
    with closing(in_order(range(100_000), square, open_square, processes=2)) as outcomes:
        found = [next(outcomes) for _ in range(200)]
    others = {outcome.result()[1] for outcome in found if not outcome.exception()} - {os.getpid()}
    assert others
    assert not any(map(is_running, others))


def told(path: Path) -> bytes:
    """What the system tells of a process or thread; nothing of one that has ended meanwhile."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def is_running(process: int) -> bool:
    status = told(Path(f"/proc/{process}/status"))
    return bool(status) and b"\nState:\tZ" not in status


def children(process: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in told(task / "children").split()
    ]


def started(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A batch of many questions, as soon as other processes work on it. Its stdin stays open."""
    process = subprocess.Popen(
        [*ASK, "--batch", "-"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    process.stdin.write(LINES)
    process.stdin.flush()
    assert soon(lambda: len(workers(process.pid)) == cores())
    return process


def workers(process: int) -> list[int]:
    """Its processes, but for the one that looks after shared memory."""
    return [
        child
        for child in children(process)
        if b"spawn_main" in told(Path(f"/proc/{child}/cmdline"))
    ]


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return False


needs_cores = pytest.mark.skipif(cores() < 2, reason="there is only one processor")


@needs_cores
def test_a_batch_loses_nothing_when_one_of_its_processes_is_killed(
    environment: dict[str, str],
) -> None:
    with started(environment) as process:
        os.kill(workers(process.pid)[0], signal.SIGKILL)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, b"")
    assert [json.loads(line)["id"] for line in out.splitlines()] == list(range(200))


@pytest.mark.slow
@needs_cores
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_the_batch(environment: dict[str, str], sent: signal.Signals) -> None:
    with started(environment) as process:
        others = workers(process.pid)
        process.send_signal(sent)
        status = process.wait(60)
    assert status == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    assert soon(lambda: not any(map(is_running, others)))
