"""Real servers, whose index or source changes while they answer."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest
from waiting import until

from entrywise.__main__ import main
from entrywise.data.entries import KnowledgeBase
from entrywise.index.build import build_index
from entrywise.index.generations.lease import current_manifest
from web.processes import PATIENCE, Serving, serving

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "served").mkdir()
    return tmp_path / "served"


def test_a_source_is_followed_and_nobody_refused(tmp_path: Path, folder: Path) -> None:
    page = tmp_path / "notes" / "keys.md"
    page.parent.mkdir()
    page.write_text("# Keys\n\nA lost key costs 40 EUR.\n")
    statuses: set[int] = set()
    done = threading.Event()

    def ask(server: Serving) -> None:
        while not done.is_set():
            statuses.add(server.get("/health/ready")[0])

    def costs(server: Serving, price: str) -> bool:
        cited = server.ask("what does a lost key cost")["citations"]
        return any(price in one["quote"] for one in cited)

    with serving(folder, tmp_path / "none", str(page.parent), "--watch") as server:
        assert costs(server, "40 EUR")
        asking = threading.Thread(target=ask, args=(server,))
        asking.start()
        for price in ("50 EUR", "60 EUR"):
            page.write_text(f"# Keys\n\nA lost key costs {price}.\n")
            until(lambda price=price: costs(server, price))
        done.set()
        asking.join(PATIENCE)
    assert statuses == {200}


def test_every_worker_takes_up_a_new_generation(
    small_root: Path, tmp_path: Path, folder: Path, knowledge_base: KnowledgeBase
) -> None:
    root = Path(shutil.copytree(small_root, tmp_path / "index"))
    smaller = KnowledgeBase(knowledge_base.entries[:3], knowledge_base.categories)
    with serving(folder, root, "--workers", "2") as server:
        old = current_manifest(root).generation
        assert {server.ask("what is GQA?")["index"] for _ in range(20)} == {old}
        build_index(smaller, root)
        new = current_manifest(root).generation
        until(lambda: {server.ask("what is GQA?")["index"] for _ in range(20)} == {new})
        assert server.stop() < PATIENCE


def test_who_wants_no_reload_keeps_what_was_opened(
    small_root: Path, tmp_path: Path, folder: Path, knowledge_base: KnowledgeBase
) -> None:
    root = Path(shutil.copytree(small_root, tmp_path / "index"))
    smaller = KnowledgeBase(knowledge_base.entries[:3], knowledge_base.categories)
    with serving(folder, root, "--no-reload") as server:
        old = server.ask("what is GQA?")["index"]
        build_index(smaller, root)
        time.sleep(3)
        assert server.ask("what is GQA?")["index"] == old


def test_what_is_followed_has_to_be_taken_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", str(tmp_path), "--watch", "--no-reload"]) == 2
    told = capsys.readouterr().err
    assert "--watch updates what --reload takes up; leave out --no-reload" in told
