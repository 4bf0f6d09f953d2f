"""A serving process: how soon it answers, how much memory it has, how many questions it answers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from systems import environment

_CLIENTS = 4
_WARM_UP = 20
_PATIENCE_S = 60.0
_JSON = {"Content-Type": "application/json"}


class Client:
    """Asks one server, each thread over a connection of its own that is kept open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._own = threading.local()

    def ask(self, question: str) -> None:
        """Ask, and read the answer."""
        if not hasattr(self._own, "connection"):
            self._own.connection = HTTPConnection("127.0.0.1", self.port)
        connection: HTTPConnection = self._own.connection
        connection.request("POST", "/api/ask", json.dumps({"question": question}), _JSON)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"the server answers with {response.status}")

    def ask_a_starting_server(self, question: str) -> None:
        """Ask again and again until it answers."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return self.ask(question)
            except ConnectionError:
                self._own.connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.01)


def first_answer(question: str) -> float:
    """Seconds from the start of `entrywise serve` to its first answer."""
    start = time.perf_counter()
    with served() as (client, _):
        client.ask_a_starting_server(question)
        return time.perf_counter() - start


def memory(questions: Sequence[str]) -> dict[str, float]:
    """Resident memory in MB of a server: when it is ready, and after many questions."""
    with served() as (client, process):
        client.ask_a_starting_server(questions[0])
        ready = resident_mb(process)
        for question in questions:
            client.ask(question)
        return {"ready": ready, "after questions": resident_mb(process)}


def throughput(questions: Sequence[str]) -> float:
    """Answers a second of one server to several clients at once."""
    with served() as (client, _):
        client.ask_a_starting_server(questions[0])
        return _rate(client.ask, questions, _CLIENTS)


def encoder_rate(questions: Sequence[str]) -> float:
    """Questions a second that the bare encoder embeds, with as many threads as there are cores."""
    from entrywise import Assistant

    with Assistant.open() as assistant:
        return _rate(assistant.index.encoder.encode_query, questions, os.cpu_count() or 1)


def _rate(work: Callable[[str], object], questions: Sequence[str], threads: int) -> float:
    """Questions a second, each asked once, after a warm-up with the first ones."""
    first, others = questions[:_WARM_UP], questions[_WARM_UP:]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, first))
        start = time.perf_counter()
        list(pool.map(work, others))
        return len(others) / (time.perf_counter() - start)


@contextmanager
def served(*options: str) -> Iterator[tuple[Client, int]]:
    """A server, with a client of it and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "entrywise",
        "serve",
        "--port",
        str(port),
        *options,
    ]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
    try:
        yield Client(port), process.pid
    finally:
        process.terminate()
        process.wait()


def cpu_s(process: int) -> float:
    """Processor seconds that a process and those that it has started have taken so far."""
    # The name of a process may hold spaces and brackets.
    _, _, figures = Path(f"/proc/{process}/stat").read_text().rpartition(")")
    user, system = figures.split()[11:13]
    own = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(cpu_s, _started(process)))


def resident_mb(process: int) -> float:
    """Resident memory in MB of a process and of those that it has started."""
    status = Path(f"/proc/{process}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024 + sum(map(resident_mb, _started(process)))


def _started(process: int) -> list[int]:
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]
