"""From "tell the maintainers" to their page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markup import Page

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.gaps import Gap
from entrywise.rag.log.logger import QuestionLogger
from entrywise.rag.log.questions import QuestionLog
from entrywise.rag.log.wishes import Wishes
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.gaps.draft import draft
from entrywise.web.gaps.overview import voted_down
from entrywise.web.served.links import Links
from entrywise.web.served.votes import Vote
from entrywise.web.texts.catalogue import texts_of

KEY = {"Authorization": "Bearer mender"}
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(2))"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def opened(index: Index, log: Path | None, **settings: Any) -> TestClient:
    """A server over the six entries that logs its questions."""
    chosen = {"maintainer_keys": "mender", "log": str(log or "")}
    if log:
        chosen["feedback"] = f"{log}-votes"
    found = replace(load_settings(), **(chosen | settings))
    observers = [QuestionLogger(QuestionLog(log))] if log else []
    return TestClient(create_app(Assistant(index, observers=observers), settings=found))


@pytest.fixture
def site(small_index: Index, log: Path) -> Iterator[TestClient]:
    with opened(small_index, log) as client:
        yield client


def test_a_refusal_has_a_form_and_what_it_sends_is_kept(site: TestClient, log: Path) -> None:
    page = site.get("/", params={"q": "what is FooBarNet?"}).text
    assert '<form class="wish" method="post" action="/missing">' in page
    assert '<input type="hidden" name="question" value="what is FooBarNet?">' in page
    told = site.post("/missing", data={"question": "what is FooBarNet?", "comment": " Its use. "})
    assert (told.status_code, "Thank you" in told.text) == (200, True)
    (wish,) = Wishes(log).read()
    assert (wish.question, wish.comment) == ("what is FooBarNet?", "Its use.")


def test_an_answer_has_no_such_form(site: TestClient) -> None:
    assert "/missing" not in site.get("/", params={"q": "what is GQA?"}).text


@pytest.mark.parametrize(
    ("body", "status"),
    [({"question": " "}, 422), ({"question": "a", "comment": "c" * 2001}, 422), ({}, 422)],
)
def test_what_is_no_wish_is_refused(
    site: TestClient, log: Path, body: dict[str, str], status: int
) -> None:
    assert site.post("/missing", data=body).status_code == status
    assert Wishes(log).read() == []


def test_where_nothing_is_logged_nothing_can_be_told(small_index: Index) -> None:
    with opened(small_index, None) as client:
        assert "/missing" not in client.get("/", params={"q": "what is FooBarNet?"}).text
        assert client.post("/missing", data={"question": "a"}).status_code == 404
        assert "Questions are not logged" in client.get("/gaps", headers=KEY).text


def test_a_log_that_cannot_be_written_is_told(small_index: Index, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with opened(small_index, tmp_path / "file" / "log") as client:
        assert client.post("/missing", data={"question": "what is A?"}).status_code == 503


@pytest.mark.parametrize(
    ("settings", "headers", "status"),
    [
        ({}, KEY, 200),
        ({}, {}, 401),
        ({}, {"Authorization": "Bearer reader"}, 401),
        ({"maintainer_keys": ""}, KEY, 404),
        ({"api_keys": "reader"}, KEY, 200),
        ({"api_keys": "reader"}, {"Authorization": "Bearer reader"}, 401),
    ],
)
def test_the_page_is_for_those_who_have_a_maintainers_key(
    small_index: Index, log: Path, settings: dict[str, str], headers: dict[str, str], status: int
) -> None:
    with opened(small_index, log, **settings) as client:
        response = client.get("/gaps", headers=headers)
        assert response.status_code == status
        if status == 200:
            assert response.headers["cache-control"] == "no-store"
            assert client.get("/", headers=headers).status_code == 200
        if status == 401:
            assert "This page is for maintainers." in response.text
            assert "<textarea" not in response.text


def test_the_page_shows_what_is_missing_and_a_draft_of_it(site: TestClient) -> None:
    for question in ("what is FooBarNet?", "how big is FooBarNet?"):
        site.get("/", params={"q": question})
    site.post("/missing", data={"question": "what is FooBarNet?", "comment": HOSTILE})
    vote = {"question": "what is GQA?", "vote": "down", "answer_status": "answered"}
    site.post("/api/feedback", json=vote | {"comment": "Too short."})
    html = site.get("/gaps", headers=KEY).text
    page = Page(html)
    assert "2 questions had no answer" in page.text
    assert "FooBarNet asked 2 times" in page.text
    assert "one reader wants it" in page.text
    assert "# FooBarNet" in page.text
    assert "Answers voted unhelpful what is GQA? one vote Too short." in page.text
    assert HOSTILE in page.text
    assert all(src and src.startswith("/static/") for src in page.scripts)


def test_of_a_pasted_log_the_page_shows_the_beginning(site: TestClient) -> None:
    log = "\n".join(f"worker {number} of FooBarNet lost its lease" for number in range(90))
    site.post("/api/ask", json={"question": f"why does FooBarNet fail?\n{log}"})
    shown = site.get("/gaps", headers=KEY).text
    assert "why does FooBarNet fail?" in shown
    assert "worker 80 of" not in shown


def test_a_greeting_is_no_gap_and_a_question_is_called_by_its_topic(site: TestClient) -> None:
    for question in ("danke", "what can you do?", "was ist 3 mal 4?", "how is cheese made"):
        site.get("/", params={"q": question})
    page = Page(site.get("/gaps", headers=KEY).text)
    assert "one question had no answer" in page.text
    assert "cheese made asked once" in page.text
    assert "Nearest entries" not in page.text


def test_a_report_is_made_anew_only_when_something_was_asked(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Assistant.ask

    def counted(self: Assistant, question: str, **how: Any) -> Any:
        asked.append(question)
        return ask(self, question, **how)

    site.get("/", params={"q": "what is FooBarNet?"})
    monkeypatch.setattr(Assistant, "ask", counted)
    for _ in range(3):
        site.get("/gaps", headers=KEY)
    assert asked == ["what is FooBarNet?"]
    site.post("/missing", data={"question": "what is FooBarNet?"})
    assert "one reader wants it" in site.get("/gaps", headers=KEY).text


def test_a_draft_brings_no_markup_of_readers() -> None:
    gap = Gap(2, "", HOSTILE, (HOSTILE,), None, (), 1, (f"a\n# {HOSTILE}",))
    text = draft(gap, HOSTILE, (), Links("http://here"), texts_of("en"))
    assert "<script" not in text
    assert "](javascript" not in text
    assert [line for line in text.splitlines() if line.startswith("# ")] == text.splitlines()[:1]


def test_votes_are_counted_by_question_the_most_first() -> None:
    def vote(question: str, comment: str = "", direction: Any = "down") -> Vote:
        return Vote("", question, direction, comment, "answered", ())

    votes = [vote("a", "x"), vote("b"), vote("b", "y"), vote("c", "z", "up")]
    assert [(one.question, one.count, one.comments) for one in voted_down(votes)] == [
        ("b", 2, ("y",)),
        ("a", 1, ("x",)),
    ]
