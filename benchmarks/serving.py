"""A serving process: how soon it answers, how much memory it has, how many questions it answers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from systems import environment

_CLIENTS = 4
_PATIENCE_S = 60.0


def first_answer(question: str) -> float:
    """Seconds from the start of `entrywise serve` to its first answer."""
    start = time.perf_counter()
    with _served() as (url, _):
        _asked(url, question)
        return time.perf_counter() - start


def memory(questions: Sequence[str]) -> dict[str, float]:
    """Resident memory in MB of a server: when it is ready, and after many questions."""
    with _served() as (url, process):
        _asked(url, questions[0])
        ready = _resident_mb(process)
        for question in questions:
            _asked(url, question)
        return {"ready": ready, "after questions": _resident_mb(process)}


def throughput(questions: Sequence[str]) -> float:
    """Answers a second of one server to several clients at once."""
    with _served() as (url, _), ThreadPoolExecutor(_CLIENTS) as clients:
        list(clients.map(lambda question: _asked(url, question), questions[:20]))
        start = time.perf_counter()
        list(clients.map(lambda question: _asked(url, question), questions))
        return len(questions) / (time.perf_counter() - start)


def encoder_rate(questions: Sequence[str]) -> float:
    """Questions a second that the bare encoder embeds, with as many threads as there are cores."""
    import os

    from entrywise import Assistant

    with Assistant.open() as assistant, ThreadPoolExecutor(os.cpu_count()) as threads:
        encode = assistant.index.encoder.encode_query
        list(threads.map(encode, questions[:20]))
        start = time.perf_counter()
        list(threads.map(encode, questions))
        return len(questions) / (time.perf_counter() - start)


@contextmanager
def _served() -> Iterator[tuple[str, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "entrywise.rag.toolbox", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def _asked(url: str, question: str) -> None:
    """Ask, and wait for a server that is only starting."""
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(f"{url}/api/ask", body, {"Content-Type": "application/json"})
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(request) as response:
                response.read()
                return
        except ConnectionError:
            pass
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
        if time.monotonic() > until:
            raise TimeoutError(f"{url} does not answer")
        threading.Event().wait(0.01)


def _resident_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024
