from __future__ import annotations

import gc
from pathlib import Path

import fastapi.applications
import pytest
from fastapi.testclient import TestClient

from entrywise.data.errors import AssistantClosed, IndexMissing
from entrywise.index.index import Index
from entrywise.index.listing.listing import Listing
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.questions import QuestionLog
from entrywise.web.app import create_app, settled


def test_the_index_of_the_settings_is_open_while_serving_and_closed_afterwards(
    small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_INDEX", str(small_root))
    app = create_app()
    with TestClient(app) as client:
        assert client.get("/health/ready").json()["title"] == "six entries"
        assert client.post("/api/ask", json={"question": "what is GQA?"}).status_code == 200
    with pytest.raises(AssistantClosed):
        app.state.served.assistant.ask("what is GQA?")


def test_what_programs_and_people_ask_is_logged_where_the_setting_says(
    small_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_INDEX", str(small_root))
    monkeypatch.setenv("ENTRYWISE_LOG", str(tmp_path / "log"))
    body = {"question": "and MLA?", "history": ["what is GQA?"]}
    with TestClient(create_app()) as client:
        client.post("/api/ask", json=body)
        client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
        client.get("/?q=what+is+LoRA")
        client.post("/", data={"question": "what is ReAct?"})
        client.get("/api/search?q=GQA")
    logged = QuestionLog(tmp_path / "log").read()
    completed = [row.completed for row in logged]
    assert completed == ["what is MLA?", "what is MLA?", "what is LoRA", "what is ReAct?"]


def test_an_assistant_that_was_given_stays_open(small_root: Path) -> None:
    with Assistant(Index(small_root)) as assistant:
        with TestClient(create_app(assistant)) as client:
            assert client.get("/").status_code == 200
        assert assistant.search("GQA", 1)[0].entry == "gqa"


def test_what_is_made_once_is_made_before_the_first_request(
    small_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(create_app(Assistant(small_index))) as client:
        monkeypatch.setattr(fastapi.applications, "get_openapi", None)
        monkeypatch.setattr(Listing, "of", None)
        assert [client.get(path).status_code for path in ("/docs", "/map")] == [200, 200]


def test_what_a_server_is_made_of_is_passed_by_when_garbage_is_collected(
    small_index: Index,
) -> None:
    gc.collect()
    before = len(gc.get_objects())
    try:
        with TestClient(settled(create_app(Assistant(small_index)))) as client:
            client.get("/")
            assert len(gc.get_objects()) < before / 2
    finally:
        gc.unfreeze()


def test_without_an_index_the_server_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_INDEX", str(tmp_path))
    with pytest.raises(IndexMissing), TestClient(create_app()):
        pass


def test_two_applications_in_one_process_do_not_share_what_they_serve(
    small_index: Index, client: TestClient
) -> None:
    strict = create_app(Assistant(small_index, threshold=1.0))
    question = {"question": "what is GQA?"}
    with TestClient(strict) as other:
        assert other.post("/api/ask", json=question).json()["status"] == "abstained"
    assert client.post("/api/ask", json=question).json()["status"] == "answered"


@pytest.mark.parametrize("path", ["/static/css/base.css", "/static/icon.svg"])
def test_the_files_that_pages_need_are_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200
