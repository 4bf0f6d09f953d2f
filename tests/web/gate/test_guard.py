"""Keys and limits: who is let in, how often, and what others are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import openai
import pytest
from e2e.server import Server
from fastapi.testclient import TestClient

from entrywise.data.errors import SettingsError
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.gate.limiter import LIGHT

QUESTION = {"question": "what is GQA?"}
KEY = {"Authorization": "Bearer first-key"}


@contextmanager
def served(assistant: Assistant, **settings: Any) -> Iterator[TestClient]:
    app = create_app(assistant, settings=replace(load_settings(), **settings))
    with TestClient(app) as client:
        yield client


@pytest.fixture
def locked(assistant: Assistant) -> Iterator[TestClient]:
    with served(assistant, api_keys="first-key, zweiter-schlüssel") as client:
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        KEY,
        {"authorization": "bearer  first-key"},
        {"X-API-Key": "first-key"},
        {"Authorization": "Basic " + "YW55Ym9keTpmaXJzdC1rZXk="},
        {"Authorization": "Bearer zweiter-schlüssel".encode()},
    ],
)
def test_any_of_the_keys_opens_in_each_way_of_sending_it(
    locked: TestClient, headers: dict[str, str]
) -> None:
    assert locked.post("/api/ask", json=QUESTION, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "detail"),
    [
        ({}, "a key is needed"),
        ({"Authorization": "Bearer"}, "a key is needed"),
        ({"Authorization": "Bearer other"}, "this key is not known"),
        ({"Authorization": "Bearer first-key2"}, "this key is not known"),
        ({"X-API-Key": "FIRST-KEY"}, "this key is not known"),
        ({"Authorization": "Basic first-key"}, "a key is needed"),
        ({"Authorization": "Digest first-key"}, "a key is needed"),
    ],
)
def test_without_a_key_nothing_is_answered(
    locked: TestClient, headers: dict[str, str], detail: str
) -> None:
    response = locked.post("/api/ask", json=QUESTION, headers=headers)
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    schemes = [one.split()[0] for one in response.headers.get_list("www-authenticate")]
    assert schemes == ["Basic", "Bearer"]
    assert response.json()["detail"].startswith(detail)
    assert "first-key" not in response.text


@pytest.mark.parametrize(
    "path", ["/", "/entry/gqa", "/entry/gqa.md", "/api/entries", "/metrics", "/openapi.json"]
)
def test_pages_and_lists_are_locked_too(locked: TestClient, path: str) -> None:
    refused = locked.get(path)
    assert refused.status_code == 401
    # Browsers ask their reader for it.
    assert 'Basic realm="entrywise", charset="UTF-8"' in refused.headers.get_list(
        "www-authenticate"
    )
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert locked.get(path, headers=KEY).status_code == 200


@pytest.mark.parametrize("path", ["/health", "/health/ready", "/static/css/base.css"])
def test_what_tells_nothing_is_open(locked: TestClient, path: str) -> None:
    assert locked.get(path).status_code == 200


def test_who_asks_too_often_is_told_when_to_come_again(assistant: Assistant) -> None:
    with served(assistant, rate_limit="2/hour") as client:
        assert [client.post("/api/ask", json=QUESTION).status_code for _ in range(2)] == [200, 200]
        refused = client.post("/api/ask", json=QUESTION)
        page = client.get("/?q=what+is+GQA")
        for _ in range(3):
            assert client.get("/static/css/base.css").status_code == 200
            assert client.get("/suggest?q=g").status_code == 200
    assert refused.status_code == page.status_code == 429
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    assert refused.json()["detail"].startswith("more than 2 per 1 hour; ask again in 3")
    assert "Too many questions" in page.text


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/api/entries", {"Authorization": "Basic é".encode()}),
        ("GET", "/nowhere", {}),
        ("GET", "/", {"Host": b"a/health?"}),
        ("PUT", "/api/ask", {}),
        ("BREW", "/", {"X-API-Key": b"\xff"}),
        ("HEAD", "/openapi.json", {}),
    ],
)
def test_what_fails_is_counted_too(
    assistant: Assistant, method: str, path: str, headers: dict[str, bytes]
) -> None:
    with served(assistant, rate_limit="10/hour") as client:
        codes = [client.request(method, path, headers=headers).status_code for _ in range(13)]
    assert codes[10:] == [429] * 3
    assert not {429, 500} & {*codes[:10]}


def test_what_a_browser_asks_before_is_counted(assistant: Assistant) -> None:
    ask = {"Origin": "https://a.org", "Access-Control-Request-Method": "POST"}
    with served(assistant, cors_origins="https://a.org", rate_limit="1/hour") as client:
        codes = [client.options("/api/ask", headers=ask).status_code for _ in range(LIGHT + 1)]
    assert codes == [200] * LIGHT + [429]


def test_keys_are_not_guessed_by_asking_before(assistant: Assistant) -> None:
    ask = {"Origin": "https://a.org", "Access-Control-Request-Method": "POST", "X-API-Key": "k"}
    with served(assistant, api_keys="first-key", rate_limit="2/hour") as client:
        codes = [client.options("/api/ask", headers=ask).status_code for _ in range(3)]
    assert codes == [401, 401, 429]


def test_each_client_has_a_limit_of_its_own(assistant: Assistant) -> None:
    with served(assistant, rate_limit="1/hour", api_keys="first-key,other-key") as client:
        for key in ("first-key", "other-key"):
            codes = [
                client.post("/api/ask", json=QUESTION, headers={"X-API-Key": key}).status_code
                for _ in range(2)
            ]
            assert codes == [200, 429]
        # Guesses of keys are counted by address.
        assert client.get("/", headers={"X-API-Key": "a"}).status_code == 401
        assert client.get("/", headers={"X-API-Key": "b"}).status_code == 429


def test_a_list_of_questions_counts_as_many(assistant: Assistant) -> None:
    with served(assistant, rate_limit="4/hour") as client:
        assert client.post("/api/ask", json=[QUESTION] * 3).status_code == 200
        assert client.post("/api/ask", json=[QUESTION] * 2).status_code == 429
        too_many = client.post("/api/ask", json=[QUESTION] * 6)
    assert too_many.status_code == 429


def test_more_questions_than_the_limit_are_told_to_be_fewer(assistant: Assistant) -> None:
    with served(assistant, rate_limit="4/hour") as client:
        refused = client.post("/api/ask", json=[QUESTION] * 6)
    assert refused.json()["detail"] == "6 questions are more than 4 per 1 hour; send fewer"
    assert "retry-after" not in refused.headers


def test_a_list_that_does_not_fit_now_waits_for_a_whole_window(assistant: Assistant) -> None:
    with served(assistant, rate_limit="4/hour") as client:
        assert client.post("/api/ask", json=[QUESTION] * 3).status_code == 200
        refused = client.post("/api/ask", json=[QUESTION] * 4)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == 3600


@pytest.mark.parametrize("path", ["/suggest", "/metrics", "/api/entries"])
def test_who_guesses_keys_is_stopped_wherever_it_tries(assistant: Assistant, path: str) -> None:
    with served(assistant, api_keys="first-key", rate_limit="2/hour") as client:
        guesses = [client.get(path, headers={"X-API-Key": f"k{n}"}).status_code for n in range(3)]
        assert guesses == [401, 401, 429]
        assert client.get(path, headers=KEY).status_code == 200


@pytest.mark.parametrize("limit", ["often", "0/minute", "60/minute;5/second", "-1/hour"])
def test_a_limit_that_cannot_be_read_is_refused_at_the_start(
    assistant: Assistant, limit: str
) -> None:
    with pytest.raises(SettingsError, match=r"is no limit; write e.g. 60/minute"):
        create_app(assistant, settings=replace(load_settings(), rate_limit=limit))


def test_openais_client_knows_both_refusals(assistant: Assistant) -> None:
    settings = replace(load_settings(), api_keys="first-key", rate_limit="1/hour")
    with Server(create_app(assistant, settings=settings)) as server:

        def asked(key: str) -> None:
            with openai.OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0) as client:
                client.chat.completions.create(
                    model="entrywise", messages=[{"role": "user", "content": "what is GQA?"}]
                )

        with pytest.raises(openai.AuthenticationError, match="this key is not known"):
            asked("wrong")
        asked("first-key")
        with pytest.raises(openai.RateLimitError, match="ask again in"):
            asked("first-key")


def test_pages_of_other_origins_may_ask_where_they_are_listed(assistant: Assistant) -> None:
    ask = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    with served(assistant, cors_origins="https://a.org, https://b.org", api_keys="k") as client:
        for origin in ("https://a.org", "https://b.org"):
            before = client.options("/api/ask", headers={**ask, "Origin": origin})
            assert before.status_code == 200
            assert before.headers["access-control-allow-origin"] == origin
            assert "authorization" in before.headers["access-control-allow-headers"].lower()
            refused = client.post("/api/ask", json=QUESTION, headers={"Origin": origin})
            # What went wrong can be read by the page, too.
            assert refused.status_code == 401
            assert refused.headers["access-control-allow-origin"] == origin
        other = client.options("/api/ask", headers={**ask, "Origin": "https://c.org"})
        assert other.status_code == 400
        assert "access-control-allow-origin" not in other.headers


def test_without_the_setting_no_other_origin_may_ask(client: TestClient) -> None:
    response = client.post("/api/ask", json=QUESTION, headers={"Origin": "https://a.org"})
    assert "access-control-allow-origin" not in response.headers
