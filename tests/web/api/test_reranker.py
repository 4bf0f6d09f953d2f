"""A server with a reranker: what it says is part of every answer and hit, and of none without."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from starlette.testclient import TestClient

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.rerankers.base import Scores
from entrywise.web.app import create_app
from entrywise.web.schemas.answers import AnswerBody
from entrywise.web.served.served import Served


class Descending:
    """Finds the first passage best."""

    sha256 = "descending"

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        return np.linspace(0.9, 0.1, len(passages))


def test_what_a_reranker_says_is_told(small_index: Index) -> None:
    with TestClient(create_app(Assistant(small_index, reranker=Descending()))) as client:
        answer = client.post("/api/ask", json={"question": "what is GQA?"})
        hits = client.get("/api/search", params={"q": "GQA"})
        assert client.get("/", params={"q": "what is GQA?"}).status_code == 200
    assert (answer.status_code, hits.status_code) == (200, 200)
    AnswerBody.model_validate(answer.json())
    assert answer.json()["retrieved"][0]["why"]["reranker"] == 0.9
    assert hits.json()["hits"][0]["why"]["reranker"] == 0.9


def test_without_one_nothing_is(small_index: Index) -> None:
    with TestClient(create_app(Assistant(small_index))) as client:
        hits = client.get("/api/search", params={"q": "GQA"}).json()["hits"]
    assert set(hits[0]["why"]) == {"names", "words", "vectors"}


def test_an_answer_that_a_page_shows_again_is_the_same(small_index: Index) -> None:
    served = Served.by(Assistant(small_index, reranker=Descending()))
    first, again = (one.ask("what is GQA?") for one in (served.assistant, served.unlogged))
    assert again.retrieved == first.retrieved
    assert again.confidence == first.confidence
