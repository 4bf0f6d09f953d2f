from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import ClusterError
from entrywise.index.cluster.connection import check_address
from entrywise.rag.build import build_index


@pytest.fixture(autouse=True)
def no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """What takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r": pip install 'entrywise\[ray\]'$"):
        check_address("local")


@pytest.mark.parametrize("address", ["ray://head:10001", "dask://head:1", "head", "", "head:x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ClusterError, match="is no address of a Ray cluster; give `local`, "):
        check_address(address)


def test_addresses_that_answer_are_taken(listener: socket.socket) -> None:
    for address in ("local", "auto", f"127.0.0.1:{listener.getsockname()[1]}"):
        check_address(address)


def test_where_nothing_answers_it_is_said_at_once(
    listener: socket.socket, knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    with pytest.raises(ClusterError, match=f"no Ray cluster answers at {address}") as caught:
        build_index(knowledge_base, tmp_path / "index", ray=address)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "index").exists()


def test_the_cluster_of_this_machine_is_asked_where_its_address_is_set(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    monkeypatch.setenv("RAY_ADDRESS", address)
    with pytest.raises(ClusterError, match=f"no Ray cluster answers at {address}"):
        check_address("auto")
