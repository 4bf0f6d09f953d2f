"""Many clients at once at one server: errors, times, memory.

    python benchmarks/load.py [--clients 64] [--questions 10000] [--workers 1] [--seconds 0]

The server is a process of its own; the clients are threads of this one, each with a connection that
it keeps, and they take processor time from it. With `--seconds` they go on for so long, and memory
is told from minute to minute.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

from serving import cpu_s, resident_mb, served

_JSON = {"Content-Type": "application/json"}
_QUESTIONS = Path(__file__).parent.parent / "tests" / "questions.jsonl"


class Run(NamedTuple):
    """What came of one run."""

    statuses: dict[str, int]
    """How many requests ended so: a status, or the name of an error."""
    times: list[float]
    """Seconds of each, in ascending order."""
    seconds: float


def percentile(times: Sequence[float], share: float) -> float:
    """The time that so many are not above, by the nearest rank; `times` ascend.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5), percentile([1.0, 2.0, 3.0, 4.0], 0.99)
    (2.0, 4.0)
    """
    return times[max(0, math.ceil(share * len(times)) - 1)]


def load(port: int, questions: Iterator[str], clients: int) -> Run:
    """Ask all questions, each once, with so many clients at a time."""
    statuses: Counter[str] = Counter()
    times: list[float] = []
    lock = threading.Lock()

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            with lock:
                question = next(questions, None)
            if question is None:
                return connection.close()
            begun = time.perf_counter()
            status = _asked(connection, question)
            took = time.perf_counter() - begun
            with lock:
                statuses[status] += 1
                times.append(took)

    begun = time.perf_counter()
    asking = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    return Run(dict(statuses), sorted(times), time.perf_counter() - begun)


def _asked(connection: HTTPConnection, question: str) -> str:
    try:
        connection.request("POST", "/api/ask", json.dumps({"question": question}), _JSON)
        response = connection.getresponse()
        response.read()
        return str(response.status)
    except (OSError, HTTPException) as error:
        connection.close()
        return type(error).__name__


def _for(questions: Iterator[str], seconds: float) -> Iterator[str]:
    until = time.monotonic() + seconds
    return itertools.takewhile(lambda _: time.monotonic() < until, questions)


def main() -> int:
    """Print what came of it; 1 where a request was not answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0.0)
    options = parser.parse_args()
    known = [json.loads(line)["question"] for line in _QUESTIONS.read_text("utf-8").splitlines()]
    # A number makes each another question, which no memory of earlier ones answers.
    asked = (f"{question} {number}" for number, question in enumerate(itertools.cycle(known)))
    with served("--workers", str(options.workers)) as (client, process):
        client.ask_a_starting_server(known[0])
        load(client.port, iter(known), options.clients)
        print(f"{options.workers} workers, {options.clients} clients; ", end="")
        print(f"{resident_mb(process):.0f} MB after {len(known)} questions")
        rounds = max(1, round(options.seconds / 60))
        failed = 0
        for _ in range(rounds):
            some = itertools.islice(asked, options.questions)
            server, clients = cpu_s(process), time.process_time()
            run = load(client.port, _for(asked, 60.0) if options.seconds else some, options.clients)
            half, most = percentile(run.times, 0.5), percentile(run.times, 0.99)
            print(
                f"{len(run.times)} questions in {run.seconds:.0f} s: {run.statuses}; p50 "
                f"{1000 * half:.0f} ms, p99 {1000 * most:.0f} ms, {most / half:.1f} times; "
                f"{resident_mb(process):.0f} MB"
            )
            server, clients = cpu_s(process) - server, time.process_time() - clients
            print(
                f"a question takes {1000 * server / len(run.times):.1f} CPU ms of the server, "
                f"{1000 * clients / len(run.times):.1f} of its client; the server has "
                f"{server / run.seconds:.2f} cores, the clients {clients / run.seconds:.2f}"
            )
            failed += len(run.times) - run.statuses.get("200", 0)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
