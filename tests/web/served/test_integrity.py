"""What rots on the disk while it is served."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from indexes import copy_index
from waiting import until

from entrywise.data.entries import KnowledgeBase
from entrywise.index.build import build_index
from entrywise.index.generations.lease import current
from entrywise.index.layout import Layout
from entrywise.rag.settings import Settings
from entrywise.web.app import create_app
from entrywise.web.served import integrity, reload


@pytest.fixture
def root(small_root: Path, tmp_path: Path) -> Path:
    return copy_index(small_root, tmp_path / "index")


@pytest.fixture
def client(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(integrity, "SECONDS", 0.05)
    monkeypatch.setattr(reload, "SECONDS", 0.02)
    settings = Settings(index=str(root), threshold=0.02)
    with TestClient(create_app(settings=settings), raise_server_exceptions=False) as opened:
        yield opened


def status(client: TestClient) -> int:
    return client.get("/health/ready").status_code


def flip_a_bit(path: Path) -> None:
    """Put another file in its place, of the same size: the index's shares its bytes with others'
    copies."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    flipped = path.with_name("flipped")
    flipped.write_bytes(content)
    flipped.replace(path)


def test_what_rots_is_told_and_the_server_is_not_ready_until_it_is_built_again(
    client: TestClient, root: Path, knowledge_base: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    assert status(client) == 200
    with caplog.at_level(logging.ERROR, logger="entrywise"):
        flip_a_bit(Layout(current(root)).encoder_weights)
        until(lambda: status(client) == 503)
    told = client.get("/health/ready").json()["detail"]
    assert "encoder.weights is not what was written; build it again" in told
    assert told in [record.getMessage() for record in caplog.records]
    # What is quoted has a checksum of its own.
    asked = client.post("/api/ask", json={"question": "what is GQA?"})
    assert asked.json()["status"] == "answered"
    assert client.get("/health").status_code == 200
    smaller = KnowledgeBase(
        knowledge_base.entries[:3], knowledge_base.categories, knowledge_base.identity
    )
    build_index(smaller, root)
    until(lambda: status(client) == 200)
    # Looked at again, it still is what was written.
    time.sleep(0.2)
    assert status(client) == 200


def test_a_look_that_fails_otherwise_is_no_damage(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from entrywise.index.stores.folder.store import FolderStore

    def verify(store: FolderStore) -> str:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR, logger="entrywise"):
        monkeypatch.setattr(FolderStore, "verify", verify)
        until(lambda: bool(caplog.records))
    assert status(client) == 200
    assert "looking again later" in caplog.records[0].getMessage()
