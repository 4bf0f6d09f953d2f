from __future__ import annotations

import socket
import threading
import time
import urllib.request
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from entrywise.web.watching import Watcher, serve_again


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_change_is_seen_once_and_updated(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    updates: list[str] = []

    def update() -> bool:
        updates.append((tmp_path / "a.md").read_text())
        return True

    watcher = Watcher(tmp_path, update, seconds=0.01)
    (tmp_path / "a.md").write_text("another")
    assert watcher.wait()
    assert updates == ["another"]


def test_an_update_that_fails_waits_for_the_next_change(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    tried: list[str] = []

    def update() -> bool:
        tried.append(file.read_text())
        if len(tried) == 1:
            file.write_text("a third text")
        return len(tried) > 1

    watcher = Watcher(file, update, seconds=0.01)
    file.write_text("broken!")
    assert watcher.wait()
    assert tried == ["broken!", "a third text"]


def test_who_is_stopped_waits_no_longer(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path, lambda: pytest.fail("nothing changed"), seconds=0.01)
    watcher.stop()
    assert not watcher.wait()


def test_servers_change_without_refusing_a_connection(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("0")
    port = _free_port()
    servers: list[uvicorn.Server] = []

    def server() -> uvicorn.Server:
        app = FastAPI()
        told = file.read_text()
        app.get("/")(lambda: told)
        made = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
        # Only the main thread may take signals.
        servers.append(made)
        return made

    watcher = Watcher(file, lambda: True, seconds=0.02)
    serving = threading.Thread(target=serve_again, args=(server, watcher), daemon=True)
    serving.start()

    def told() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            # It was connected to the server that ended, and had not asked yet. None is refused.
            return ""

    deadline = time.monotonic() + 20
    while not servers or not servers[0].started:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    for number in range(1, 4):
        file.write_text("x" * number)
        seen = ""
        while seen != f'"{"x" * number}"':
            assert time.monotonic() < deadline
            seen = told()
    assert len(servers) == 4
    servers[-1].should_exit = True
    serving.join(20)
    assert not serving.is_alive()
