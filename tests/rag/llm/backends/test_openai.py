from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from scripted_llm import Behaviour, Reply, ScriptedServer, breaks_off, is_slow, refuses, says, sends

from entrywise.data.errors import BackendError
from entrywise.rag.answer import Usage
from entrywise.rag.llm.backends.base import Message
from entrywise.rag.llm.backends.openai import RETRIES, CompatibleServer

ASKED: list[Message] = [{"role": "user", "content": "what is GQA?"}]
SECRET = "sk-very-secret"


@contextmanager
def served(*script: Behaviour) -> Iterator[tuple[ScriptedServer, CompatibleServer]]:
    with ScriptedServer(*script) as server:
        backend = CompatibleServer("gemma", server.url, SECRET)
        yield server, backend
        backend.close()


def reply(backend: CompatibleServer, seconds: float = 30) -> str:
    pieces = backend.stream(ASKED, seconds=seconds)
    return "".join(piece for piece in pieces if isinstance(piece, str))


def failure(*script: Behaviour, seconds: float = 30) -> str:
    with served(*script) as (_, backend), pytest.raises(BackendError) as caught:
        reply(backend, seconds)
    text = str(caught.value)
    assert SECRET not in text
    assert "\n" not in text
    return text


def test_a_reply_comes_in_pieces_with_what_it_cost() -> None:
    with served(says("GQA shares heads.", prompt_tokens=7, completion_tokens=3, cost=0.5)) as (
        server,
        backend,
    ):
        pieces = [piece for piece in backend.stream(ASKED, seconds=30) if piece]
    assert "".join(p for p in pieces if isinstance(p, str)) == "GQA shares heads."
    assert pieces[-1] == Usage(7, 3, 0.5)
    (asked,) = server.requests
    assert asked["messages"] == ASKED
    assert asked["model"] == "gemma"
    assert server.keys == [f"Bearer {SECRET}"]


def test_a_cost_is_told_only_where_the_server_tells_it() -> None:
    with served(says("Yes.", prompt_tokens=7, completion_tokens=3)) as (_, backend):
        assert Usage(7, 3, None) in list(backend.stream(ASKED, seconds=30))


def test_a_server_without_keys_is_asked_without_one() -> None:
    with ScriptedServer(says("Yes.")) as server:
        backend = CompatibleServer("gemma", server.url)
        assert reply(backend) == "Yes."
        backend.close()


def test_without_a_server_and_a_key_the_remedy_is_named() -> None:
    with pytest.raises(BackendError, match="set OPENAI_API_KEY, or OPENAI_BASE_URL"):
        reply(CompatibleServer("gpt"))


def test_an_address_that_is_none_is_said_to_be_none() -> None:
    for address in ("http://[:", "localhost", "http://"):
        with pytest.raises(BackendError, match="is no address"):
            reply(CompatibleServer("gpt", address, "key"))


def test_a_server_that_is_down_cannot_be_reached() -> None:
    with served(says("")) as (server, _):
        pass
    gone = CompatibleServer("gemma", server.url)
    with pytest.raises(BackendError, match=r"the server at 127\.0\.0\.1 cannot be reached"):
        reply(gone)
    gone.close()


def test_what_an_address_holds_beside_its_host_is_not_told() -> None:
    backend = CompatibleServer("gemma", f"http://me:{SECRET}@127.0.0.1:9/v1")
    with pytest.raises(BackendError) as caught:
        reply(backend)
    backend.close()
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "refuses the key"), (403, "set OPENAI_API_KEY"), (404, "has no model 'gemma'")],
)
def test_a_refusal_is_told_with_its_remedy(status: int, said: str) -> None:
    body = json.dumps({"error": {"message": f"Incorrect API key provided: {SECRET}"}})
    assert said in failure(refuses(status, body))


def test_what_passes_is_asked_again_a_few_times() -> None:
    with served(refuses(500), refuses(429), says("Yes.")) as (server, backend):
        assert reply(backend) == "Yes."
    assert len(server.requests) == 3


def test_what_does_not_pass_is_given_up() -> None:
    with served(refuses(503)) as (server, backend), pytest.raises(BackendError, match="status 503"):
        reply(backend)
    assert len(server.requests) == 1 + RETRIES


def test_a_rate_limit_that_lasts_is_told() -> None:
    assert "no more questions for now (429)" in failure(refuses(429, retry_after="0"))


def test_a_server_that_wants_one_to_come_back_later_does_not_outlast_the_time_limit() -> None:
    assert "did not finish within 0.5 s" in failure(refuses(429, retry_after="60"), seconds=0.5)


def test_a_silent_server_is_left_when_the_time_is_over() -> None:
    assert "did not finish within 0.3 s" in failure(is_slow("GQA"), seconds=0.3)


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (breaks_off("GQA shares"), "broke off (connection lost)"),
        (says("GQA shares", finish="length"), "broke off (length)"),
        (says("I", finish="content_filter"), "refused to answer"),
        (sends(["{not json"]), "broke off (JSONDecodeError)"),
        (sends(['{"choices": 7}']), "broke off"),
        (sends(['{"choices": [{"delta": null}]}']), "broke off"),
        (sends(['{"error": {"message": "no memory left"}}']), "broke off (APIError)"),
        (refuses(200, "<html>a proxy's page</html>"), "broke off"),
    ],
)
def test_a_reply_that_breaks_off_or_is_none_says_so(behaviour: Behaviour, said: str) -> None:
    assert said in failure(behaviour)


def test_a_refusal_in_words_of_its_own_field_is_a_refusal() -> None:
    def behave(reply: Reply) -> None:
        reply.begin()
        reply.chunk(refusal="I can't help with that.")

    assert "refused to answer" in failure(behave)


def test_models_that_take_no_temperature_are_asked_without() -> None:
    body = json.dumps({"error": {"message": "Unsupported value", "param": "temperature"}})
    with served(refuses(400, body), says("Yes.")) as (server, backend):
        assert reply(backend) == "Yes."
    assert [request.get("temperature") for request in server.requests] == [0, None]


def test_another_bad_request_is_not_repeated() -> None:
    with served(refuses(400)) as (server, backend), pytest.raises(BackendError, match="status 400"):
        reply(backend)
    assert len(server.requests) == 1


def test_who_waits_hears_that_there_is_nothing_new() -> None:
    released = threading.Event()
    with served(is_slow(released=released)) as (_, backend):
        pieces = backend.stream(ASKED, seconds=30)
        assert next(pieces) == ""
        released.set()
        assert [piece for piece in pieces if piece] == []


def test_leaving_closes_the_connection_also_while_the_server_is_silent() -> None:
    with served(is_slow("GQA shares")) as (server, backend):
        pieces = backend.stream(ASKED, seconds=30)
        while next(pieces):
            pass
        pieces.close()
        assert server.left.wait(10)


def test_several_threads_may_ask_at_once() -> None:
    with served(says("GQA shares heads.")) as (_, backend):
        replies: list[str] = []
        threads = [
            threading.Thread(target=lambda: replies.append(reply(backend))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert replies == ["GQA shares heads."] * 8


def test_closing_ends_the_thread() -> None:
    others = set(threading.enumerate())
    with served(says("Yes.")) as (_, backend):
        reply(backend)
        (running,) = {t for t in threading.enumerate() if t.name == "entrywise-llm"} - others
    running.join(10)
    assert not running.is_alive()
