"""An index that is replaced while it is served."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from indexes import copy_index
from waiting import until

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import IndexMissing
from entrywise.index.build import build_index
from entrywise.index.generations.lease import current, current_manifest
from entrywise.index.generations.pointer import generation_of
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import Settings
from entrywise.web.app import create_app
from entrywise.web.served import reload


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reload, "SECONDS", 0.02)


@pytest.fixture
def root(small_root: Path, tmp_path: Path) -> Path:
    return copy_index(small_root, tmp_path / "index")


@pytest.fixture
def client(root: Path) -> Iterator[TestClient]:
    settings = Settings(index=str(root), threshold=0.02)
    with TestClient(create_app(settings=settings), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def smaller(knowledge_base: KnowledgeBase) -> KnowledgeBase:
    identity = replace(knowledge_base.identity, title="three entries")
    return KnowledgeBase(knowledge_base.entries[:3], knowledge_base.categories, identity)


def served(client: TestClient) -> str:
    return str(client.get("/health/ready").json()["generation"])


def test_a_new_generation_is_served_and_the_old_one_let_go(
    client: TestClient, root: Path, smaller: KnowledgeBase
) -> None:
    before = current(root)
    assert served(client) == before.name
    assert client.get("/entry/react").status_code == 200
    build_index(smaller, root)
    after = current_manifest(root).generation
    until(lambda: served(client) == after)
    assert client.get("/entry/react").status_code == 404
    assert "three entries" in client.get("/").text
    asked = client.post("/api/ask", json={"question": "what is GQA?"}).json()
    assert (asked["status"], asked["index"]) == ("answered", after)
    # Whatever held the old one is gone with its last request: the next build sweeps it.
    gc.collect()
    build_index(smaller, root)
    assert [path.name for path in root.iterdir() if generation_of(path.name)] == [after]


@pytest.mark.slow
def test_no_request_is_dropped_nor_sees_two_generations(
    client: TestClient, root: Path, smaller: KnowledgeBase, knowledge_base: KnowledgeBase
) -> None:
    """Clients ask all the time while the index is built again and again."""
    answers: list[tuple[str, str]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            response = client.post("/api/ask", json={"question": "what is GQA?"})
            assert response.status_code == 200
            answer = response.json()
            answers.append((answer["index"], answer["retrieved"][-1]["entry"]))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    generations = {current_manifest(root).generation: 6}
    for base in (smaller, knowledge_base, smaller):
        build_index(base, root)
        generations[current_manifest(root).generation] = len(base)
        until(lambda: served(client) == current_manifest(root).generation)
    done.set()
    for thread in asking:
        thread.join(60)
    known = {entry.id for entry in smaller}
    assert {generation for generation, _ in answers} == set(generations)
    assert all(last in known for index, last in answers if generations[index] == 3)


def test_what_cannot_be_opened_is_told_once_and_the_old_one_served_on(
    client: TestClient, root: Path, smaller: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    before = served(client)
    with caplog.at_level(logging.WARNING, logger="entrywise"):
        # At once, as a build does: a look between two writes would find it empty.
        (root / "next").write_text("0" * 16 + "\n")
        (root / "next").replace(root / "current")
        until(lambda: bool(caplog.records))
        time.sleep(0.2)
    (told,) = caplog.records
    assert "which is not there; build it again; generation" in told.getMessage()
    assert served(client) == before
    build_index(smaller, root)
    until(lambda: served(client) == current_manifest(root).generation)


def test_a_threshold_by_error_is_that_of_the_new_generation(
    root: Path, smaller: KnowledgeBase
) -> None:
    with Assistant(Index(root), threshold=0.3) as assistant:
        build_index(smaller, root)
        other = assistant.over(Index(root))
        assert (other.threshold, len(other.index.entries)) == (0.3, 3)
        assert len(assistant.index.entries) == 6
        other.index.close()


def test_who_wants_it_so_keeps_what_was_opened(root: Path, smaller: KnowledgeBase) -> None:
    settings = Settings(index=str(root))
    with TestClient(create_app(settings=settings, reload=False)) as client:
        before = served(client)
        build_index(smaller, root)
        time.sleep(0.2)
        assert served(client) == before


def test_agents_are_answered_from_the_new_generation(
    client: TestClient, root: Path, smaller: KnowledgeBase
) -> None:
    def known(entry: str) -> bool:
        call = {"name": "get_entry", "arguments": {"entry": entry}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        headers = {"Accept": "application/json, text/event-stream", "Host": "localhost"}
        response = client.post("/mcp", json=body, headers=headers)
        assert response.status_code == 200
        return not response.json()["result"]["isError"]

    assert known("react")
    build_index(smaller, root)
    until(lambda: served(client) == current_manifest(root).generation)
    assert not known("react")
    assert known("gqa")


def test_a_server_whose_index_is_gone_goes_on(client: TestClient, root: Path) -> None:
    before = served(client)
    root.rename(root.with_name("moved"))
    time.sleep(0.1)
    assert served(client) == before
    with pytest.raises(IndexMissing):
        current(root)
