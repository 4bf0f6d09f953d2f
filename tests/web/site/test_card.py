"""The picture of a shared link."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from web.site.test_drawing import pixels

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.logger import QuestionLogger
from entrywise.rag.log.questions import QuestionLog
from entrywise.web.app import create_app
from entrywise.web.site.card import HEIGHT, WIDTH, Card, drawn

ACCENT = "#0b6b66"
CARD = Card("Harbour", "What is a lock?", "A lock lifts boats.", ACCENT)


def shown(card: Card) -> np.ndarray:
    return pixels(drawn(card)).astype(int)


def test_a_card_shows_the_knowledge_base_the_question_and_what_is_said() -> None:
    whole = shown(CARD)
    assert whole.shape == (HEIGHT, WIDTH, 3)
    assert whole[0, 0].tolist() == [0x0B, 0x6B, 0x66]
    for left_out, top, bottom in (("site", 80, 168), ("title", 190, 290), ("text", 290, 400)):
        differs = np.abs(whole - shown(CARD._replace(**{left_out: ""}))).max(axis=(1, 2)) > 64
        rows = np.flatnonzero(differs)
        assert len(rows), left_out
        # What stands below moves up where the title is gone; what stands above stays.
        assert rows[0] >= top
        assert left_out == "title" or rows[-1] <= bottom


@pytest.mark.parametrize("longest", ["title", "text", "site"])
def test_whatever_its_length_a_card_keeps_its_margins(longest: str) -> None:
    picture = shown(CARD._replace(**{longest: "lengthy " * 200 + "w" * 300}))
    paper = picture[HEIGHT - 1, 0]
    assert (picture[16:, :78] == paper).all()
    assert (picture[16:, -60:] == paper).all()
    assert (picture[-30:] == paper).all()


def test_what_cannot_be_drawn_is_left_out() -> None:
    plain = shown(CARD._replace(text=""))
    assert (shown(CARD._replace(text="注意")) == plain).all()
    alone = shown(CARD._replace(title="什么是 GQA"))
    assert (alone == shown(CARD._replace(site="", title="注意", text=""))).all()
    # The icon stands in the middle.
    middle = alone[HEIGHT // 2 - 100 : HEIGHT // 2 + 100, WIDTH // 2 - 100 : WIDTH // 2 + 100]
    assert (middle == [0x0B, 0x6B, 0x66]).all(axis=2).mean() > 0.5


@pytest.mark.parametrize("query", ["", "?entry=gqa", "?q=what+is+GQA%3F&history=what+is+MLA%3F"])
def test_a_page_has_a_card(client: TestClient, query: str) -> None:
    response = client.get(f"/card.png{query}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"] == "public, max-age=3600"
    again = client.get(f"/card.png{query}", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_each_page_has_its_own(client: TestClient) -> None:
    queries = ("", "?entry=gqa", "?entry=mla", "?q=what+is+GQA%3F", "?q=sourdough+bread")
    assert len({client.get(f"/card.png{query}").content for query in queries}) == len(queries)


def test_a_card_of_nothing_is_refused(client: TestClient) -> None:
    assert client.get("/card.png?entry=nothing").status_code == 404
    assert client.get("/card.png", params={"q": "w" * 50_000}).status_code == 422


def test_a_program_that_shows_a_link_asks_nothing(small_index: Index, tmp_path: Path) -> None:
    log = QuestionLog(tmp_path / "log")
    assistant = Assistant(small_index, observers=[QuestionLogger(log)])
    with TestClient(create_app(assistant)) as client:
        client.get("/?q=what+is+GQA")
        assert client.get("/card.png?q=what+is+GQA").status_code == 200
    assert [row.question for row in log.read()] == ["what is GQA"]
