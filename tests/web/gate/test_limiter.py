from __future__ import annotations

import logging
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.requests import Request

from entrywise.data.errors import SettingsError
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.gate.limiter import LIGHT, Limiter


def request(client: str = "somebody") -> Request:
    scope: dict[str, Any] = {"type": "http", "client_id": client}
    return Request(scope)


def passed(limiter: Limiter, times: int) -> int:
    """How many of so many requests the limiter lets through."""
    done = 0
    for _ in range(times):
        try:
            limiter.charge(request())
        except HTTPException:
            continue
        done += 1
    return done


def test_two_limiters_with_one_file_are_one(tmp_path: Path) -> None:
    store = str(tmp_path / "counts.sqlite")
    limiters = [Limiter("10/hour", store), Limiter("10/hour", store)]
    assert [passed(limiter, 8) for limiter in limiters] == [8, 2]


def test_two_limiters_in_memory_are_two() -> None:
    assert [passed(Limiter("10/hour"), 12) for _ in range(2)] == [10, 10]


def test_light_requests_have_a_budget_of_their_own(assistant: Assistant) -> None:
    app = create_app(assistant, settings=replace(load_settings(), rate_limit="2/hour"))
    with TestClient(app) as client:
        paths = ("/suggest?q=g", "/static/css/base.css", "/theme.css", "/metrics")
        codes = [client.get(paths[n % 4]).status_code for n in range(2 * LIGHT + 1)]
        assert codes == [200] * 2 * LIGHT + [429]
        assert client.get("/api/entries/gqa").status_code == 200
        assert [client.get("/health").status_code for _ in range(3 * LIGHT)] == [200] * 3 * LIGHT


def test_a_store_that_fails_leaves_every_process_its_own_limit(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    limiter = Limiter("5/hour", str(tmp_path / "counts.sqlite"))
    assert passed(limiter, 3) == 3
    # As a disk that is gone.
    limiter.close()
    with caplog.at_level(logging.WARNING):
        assert passed(limiter, 20) == 5
    (record,) = caplog.records
    assert "the store fails" in record.getMessage()


def test_a_store_that_others_hold_is_left_alone_twice_as_long_each_time_and_then_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    # A clock of its own: that of all would put servers in other threads to sleep for hours.
    clock = SimpleNamespace(monotonic=lambda: now, time=time.time)
    monkeypatch.setattr("entrywise.web.gate.limiter.time", clock)
    store = tmp_path / "counts.sqlite"
    monkeypatch.setattr("entrywise.web.gate.counts._PATIENCE", 0.01)
    limiter = Limiter("5/hour", str(store))
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for seconds in (0.5, 1, 2, 4, 8, 16, 16):
            caplog.clear()
            # Of two requests only the first tries the store.
            passed(limiter, 2)
            (record,) = caplog.records
            assert f"in this process alone for {seconds:g} s" in record.getMessage()
            now += seconds
    caplog.clear()
    # Nothing was counted in the store, and all is from now on.
    assert passed(limiter, 3) == 3
    assert passed(Limiter("5/hour", str(store)), 8) == 2
    assert not caplog.records


def test_a_file_that_cannot_be_written_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="cannot be written"):
        Limiter("5/hour", str(tmp_path / "file" / "counts"))


@pytest.mark.parametrize("store", ["nosuch://here", "redis://127.0.0.1:port"])
def test_an_address_that_is_none_is_said_at_the_start(store: str) -> None:
    with pytest.raises(SettingsError, match="rate_limit_store is at "):
        Limiter("5/hour", store)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(SettingsError, match="pip install redis, or name a file"):
        Limiter("5/hour", "redis://127.0.0.1")


def test_where_nothing_answers_is_said_without_its_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    with pytest.raises(SettingsError, match="nothing answers") as raised:
        Limiter("5/hour", f"redis://:secret@127.0.0.1:{port}")
    assert "secret" not in str(raised.value)


@pytest.mark.slow
def test_two_limiters_with_one_server_are_one_and_live_on_without_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server_file = shutil.which("valkey-server") or shutil.which("redis-server")
    assert server_file, "install redis-server or valkey-server"
    command = [server_file, "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
        limiters = [Limiter("10/hour", f"redis://127.0.0.1:{port}") for _ in range(2)]
        assert [passed(limiter, 8) for limiter in limiters] == [8, 2]
    finally:
        server.kill()
        server.wait()
    assert passed(limiters[0], 20) == 10
