from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from conftest import Writing
from e2e.server import Server
from fastapi.testclient import TestClient
from markup import Page, events
from scripted_llm import Behaviour, ScriptedServer, is_slow, refuses, says

from entrywise.web.app import create_app

ASKED = "what is GQA?"
TRUE = "With GQA, several query heads share one key head and one value head."
FALSE = "GQA was invented by a <b>baker</b> in Lyon."


@contextmanager
def opened(
    writes: Writing, *script: Behaviour, **options: object
) -> Iterator[tuple[TestClient, ScriptedServer]]:
    assistant, server = writes(*script, **options)
    with TestClient(create_app(assistant)) as client:
        yield client, server


def test_who_answers_can_be_chosen_where_there_is_an_llm(
    writes: Writing, client: TestClient
) -> None:
    with opened(writes, says("")) as (with_llm, _):
        offered = Page(with_llm.get("/").text)
    assert "quotes text by gemma, checked against quotes" in offered.text
    assert "gemma" not in Page(client.get("/").text).text
    assert 'name="llm"' not in client.get("/").text


def test_quotes_are_the_first_choice_and_cost_no_question(writes: Writing) -> None:
    with opened(writes, says(f"{TRUE} [1]")) as (client, server):
        assert client.post("/api/ask", json={"question": ASKED}).json()["writing"] is None
        client.post("/", data={"question": ASKED})
        client.get("/", params={"q": ASKED})
        client.get("/compare?a=gqa&b=mla")
    assert server.requests == []


def test_the_form_lets_the_llm_write_without_a_script(writes: Writing) -> None:
    with opened(writes, says(f"{TRUE} [1]")) as (client, server):
        page = client.post("/", data={"question": ASKED, "llm": "true"}).text
    assert TRUE in Page(page).text
    assert 'class="part connective written"' in page
    assert 'value="true" checked' in page
    assert "1 sentence checked against the quotes: 1 supported" in Page(page).text
    assert len(server.requests) == 1


def test_only_the_last_question_of_a_conversation_is_written(writes: Writing) -> None:
    with opened(writes, says(f"{TRUE} [1]")) as (client, server):
        client.post("/", data={"question": ASKED, "history": ["what is MLA?"], "llm": "true"})
    assert len(server.requests) == 1


def test_what_the_llm_writes_is_text_and_marked_where_nothing_supports_it(writes: Writing) -> None:
    with opened(writes, says(f"{TRUE} [1] {FALSE} [1]"), mark=True) as (client, _):
        page = client.post("/", data={"question": ASKED, "llm": "true"}).text
    assert "<b>baker</b>" not in page
    assert "&lt;b&gt;baker&lt;/b&gt;" in page
    assert "(not supported by the quotes)" in Page(page).text


def test_a_mark_of_a_written_sentence_leads_to_its_source_and_back_to_the_turn(
    writes: Writing,
) -> None:
    again = "One key head and one value head are shared by several query heads."
    with opened(writes, says(f"{TRUE} [1] {again} [1]")) as (client, _):
        seen = Page(client.post("/", data={"question": ASKED, "llm": "true"}).text)
    assert seen.addresses.count("#t1-source-1") == 2
    assert "#t1" in seen.addresses
    assert len(seen.ids) == len(set(seen.ids))


def test_the_chat_streams_what_is_written_as_html(writes: Writing) -> None:
    with opened(writes, says(f"{TRUE} [1]")) as (client, _):
        body = {"question": ASKED, "llm": True}
        streamed = events(client.post("/chat", json=body).text)
    names = [name for name, _ in streamed]
    assert names == ["part", "part", "answer"]
    assert TRUE in streamed[0][1]["html"]
    assert streamed[-1][1]["answer"]["backend"] == "gemma"


def test_the_api_streams_each_part_and_then_the_answer_that_has_them(writes: Writing) -> None:
    with opened(writes, says(f"{TRUE} [1]")) as (client, _):
        headers = {"Accept": "text/event-stream"}
        body = {"question": ASKED, "llm": True}
        streamed = events(client.post("/api/ask", json=body, headers=headers).text)
    *parts, (_, answer) = streamed
    assert [part for _, part in parts] == answer["parts"]
    assert answer["parts"][0]["supported"] is True


def test_quotes_are_given_where_the_llm_is_down(writes: Writing) -> None:
    with opened(writes, refuses(401)) as (client, _):
        answer = client.post("/api/ask", json={"question": ASKED, "llm": True}).json()
    assert "refuses the key" in answer["writing"]["fallback"]
    assert answer["citations"]


def test_a_first_sentence_arrives_before_the_reply_is_complete(writes: Writing) -> None:
    released = threading.Event()
    assistant, _ = writes(is_slow(f"{TRUE} [1] It goes on", released=released))
    with Server(create_app(assistant)) as site, streaming(site) as lines:
        assert next(line for line in lines if line.startswith(b"event")) == b"event: part\n"
        released.set()
        assert b"event: answer\n" in lines


def test_a_reader_who_leaves_ends_the_reply_of_the_llm(writes: Writing) -> None:
    assistant, server = writes(is_slow("GQA shares"))
    with Server(create_app(assistant)) as site:
        with streaming(site) as lines:
            assert next(iter(lines)) == b": waiting\n"
        assert server.left.wait(10)


@contextmanager
def streaming(site: Server) -> Iterator[Iterator[bytes]]:
    body = json.dumps({"question": ASKED, "llm": True}).encode()
    headers = {"Accept": "text/event-stream", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{site.url}/api/ask", body, headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        yield iter(response)
