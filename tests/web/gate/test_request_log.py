from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from paths import ROOT

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app
from entrywise.web.gate.request_log import RequestIdFilter

SECRET = "what is my-secret-project?"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The lines of the log, with the ids of their requests."""
    found: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(f"[{record.__dict__['request_id']}] {record.getMessage()}")

    handler = Collect()
    handler.addFilter(RequestIdFilter())
    logger = logging.getLogger("entrywise")
    logger.addHandler(handler)
    caplog.set_level(logging.INFO, "entrywise")
    yield found
    logger.removeHandler(handler)


def test_every_response_has_an_id_that_no_other_has(client: TestClient) -> None:
    ids = [client.get(path).headers["x-request-id"] for path in ("/", "/health", "/nowhere")]
    assert len(set(ids)) == 3
    assert all(len(one) == 32 for one in ids)


def test_the_id_of_a_proxy_is_kept(client: TestClient) -> None:
    given = {"X-Request-ID": "edge-1:7f.3"}
    assert client.get("/health", headers=given).headers["x-request-id"] == "edge-1:7f.3"


@pytest.mark.parametrize("given", ["", "a b", "a\\nb", "x" * 129, "<script>", "é"])
def test_an_id_that_could_spoil_a_log_is_not(client: TestClient, given: str) -> None:
    response = client.get("/health", headers={"X-Request-ID": given.encode()})
    assert len(response.headers["x-request-id"]) == 32


def test_a_request_is_a_line_with_its_id_and_without_the_question(
    client: TestClient, lines: list[str]
) -> None:
    client.post("/api/ask", json={"question": SECRET}, headers={"X-Request-ID": "r-1"})
    client.get("/", params={"q": SECRET}, headers={"X-Request-ID": "r-2"})
    assert lines[0].startswith("[r-1] POST /api/ask 200 ")
    assert lines[1].startswith("[r-2] GET / 200 ")
    assert lines[1].endswith(" ms")
    assert "secret" not in "".join(lines)


def test_a_path_cannot_forge_a_line(client: TestClient, lines: list[str]) -> None:
    client.get("/x%0aFORGED%1b[31m", headers={"X-Request-ID": "r-5"})
    (line,) = lines
    assert line.startswith("[r-5] GET /x%0AFORGED%1B%5B31m 404 ")


def test_a_fault_is_logged_and_told_with_the_id(small_root: Path, lines: list[str]) -> None:
    assistant = Assistant(Index(small_root))
    with TestClient(create_app(assistant), raise_server_exceptions=False) as client:
        assistant.close()
        response = client.post(
            "/api/ask", json={"question": "what is GQA?"}, headers={"X-Request-ID": "r-3"}
        )
    assert response.status_code == 500
    assert response.headers["x-request-id"] == "r-3"
    assert lines[0].startswith("[r-3] POST /api/ask 500 ")


def test_the_servers_own_lines_have_ids_too() -> None:
    code = (
        "import logging, logging.config\n"
        "from entrywise.web.gate.request_log import LOGGING, request_id\n"
        "logging.config.dictConfig(LOGGING)\n"
        "request_id.set('r-4')\n"
        "logging.getLogger('uvicorn.error').warning('careful')\n"
        "logging.getLogger('entrywise.web.api.entries').error('lost')\n"
    )
    source = str(ROOT / "src")
    ran = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": source}, capture_output=True, text=True
    )
    warning, error = ran.stderr.splitlines()
    assert warning.endswith(" WARNING [r-4] careful")
    assert error.endswith(" ERROR [r-4] lost")
