"""`entrywise serve` as a process of its own, on a free port of this machine, and raw connections to
it."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from paths import ROOT

PATIENCE = 60.0
"""Seconds that something may take which takes one, on a machine that is not busy."""


class Serving(NamedTuple):
    """A server that answers."""

    process: subprocess.Popen[bytes]
    port: int
    errors: Path
    """What it has written to stderr."""

    def connect(self, sent: bytes = b"") -> socket.socket:
        """A connection on which something was sent."""
        connected = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connected.sendall(sent)
        return connected

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """Status and body, over a connection of its own."""
        return self._exchange("GET", path, None, headers or {})

    def ask(self, question: str) -> dict[str, Any]:
        """The answer to a question."""
        body = json.dumps({"question": question})
        status, answer = self._exchange(
            "POST", "/api/ask", body, {"Content-Type": "application/json"}
        )
        assert status == 200, answer
        told: dict[str, Any] = json.loads(answer)
        return told

    def stop(self) -> float:
        """End it with SIGTERM; the seconds until it has ended."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return time.monotonic() - begun

    def written(self) -> str:
        """What it has written to stderr so far."""
        return self.errors.read_text("utf-8")

    def _exchange(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


@contextmanager
def serving(
    folder: Path, index: Path, *options: str, descriptors: int | None = None, **settings: str
) -> Iterator[Serving]:
    """Serve an index.

    Args:
        folder: an empty one, for what the server writes.
        options: those of `entrywise serve`.
        descriptors: how many the process may have open.
        settings: by name.
    """
    port = _free_port()
    limited = ["sh", "-c", f'ulimit -n {descriptors or "$(ulimit -n)"}; exec "$@"', "sh"]
    command = [*limited, sys.executable, "-m", "entrywise", "serve", "--port", str(port), *options]
    errors = folder / "stderr"
    with errors.open("wb") as written:
        process = subprocess.Popen(
            command,
            env=_environment(folder, index, settings),
            stdin=subprocess.DEVNULL,
            stderr=written,
        )
    try:
        served = Serving(process, port, errors)
        _wait_for(served)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()


def _free_port() -> int:
    """One below those that the system gives to connections: the tests that run beside this one make
    many of them before the server has taken its port."""
    while True:
        port = random.randrange(20_000, 30_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def _environment(folder: Path, index: Path, settings: Mapping[str, str]) -> dict[str, str]:
    named = {f"ENTRYWISE_{name.upper()}": value for name, value in settings.items()}
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "TMPDIR": str(folder),
        "ENTRYWISE_CACHE": str(folder / "cache"),
        "ENTRYWISE_CONFIG": os.devnull,
        "ENTRYWISE_FEEDBACK": str(folder / "votes.sqlite"),
        "ENTRYWISE_INDEX": str(index),
        **named,
    }


def _wait_for(served: Serving) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and served.process.poll() is None:
        with suppress(OSError):
            if served.get("/health/ready")[0] == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"the server does not answer: {served.written()}")
