"""The OpenAI-compatible endpoint, as the official `openai` client reaches it over a socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from conftest import Writing
from e2e.server import Server
from fastapi.testclient import TestClient
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from scripted_llm import says

from entrywise.rag.assistant import Assistant
from entrywise.rag.render.formulas import readable
from entrywise.web.app import create_app

COMPARISON = "difference between GQA and MLA"


@pytest.fixture(scope="module")
def openai_client(url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as client:
        yield client


def user(text: str) -> ChatCompletionMessageParam:
    return {"role": "user", "content": text}


def completed(client: openai.OpenAI, *asked: str, **more: Any) -> ChatCompletion:
    return client.chat.completions.create(
        model="entrywise", messages=[user(text) for text in asked], **more
    )


def test_the_client_gets_quotes_with_marks_and_their_sources(
    openai_client: openai.OpenAI, assistant: Assistant, url: str
) -> None:
    reply = completed(openai_client, "what is GQA?")
    (choice,) = reply.choices
    content = choice.message.content or ""
    citations = assistant.ask("what is GQA?").citations
    for citation in citations:
        assert f"{readable(citation.quote)} [{citation.number}]" in content
        assert f"- [{citation.number}] [GQA]({url}/entry/gqa?section={citation.section}" in content
    assert (choice.finish_reason, choice.message.role) == ("stop", "assistant")
    assert reply.model == "entrywise"
    assert reply.id.startswith("chatcmpl-")


@pytest.mark.parametrize("question", ["what is GQA?", COMPARISON])
def test_each_annotation_is_a_mark_in_the_text(
    openai_client: openai.OpenAI, assistant: Assistant, url: str, question: str
) -> None:
    message = completed(openai_client, question).choices[0].message
    citations = assistant.ask(question).citations
    assert message.content
    assert message.annotations
    marks = [one.url_citation for one in message.annotations]
    assert [message.content[m.start_index : m.end_index] for m in marks] == [
        f"[{citation.number}]" for citation in citations
    ]
    for mark, citation in zip(marks, citations, strict=True):
        assert mark.title == citation.title
        assert mark.url.startswith(f"{url}/entry/{citation.entry}?section={citation.section}")
        # The quote stands before its mark.
        assert message.content[: mark.start_index].endswith(f"{readable(citation.quote)} ")


def test_the_address_of_a_mark_shows_the_quote(
    openai_client: openai.OpenAI, client: TestClient
) -> None:
    message = completed(openai_client, "what is GQA?").choices[0].message
    assert message.annotations
    address = message.annotations[0].url_citation.url
    page = client.get(f"/entry{address.partition('/entry')[2]}")
    assert "<mark" in page.text


@pytest.mark.parametrize("question", ["what is GQA?", COMPARISON, "what is FooBarNet?"])
def test_a_stream_is_the_same_answer_in_chunks(openai_client: openai.OpenAI, question: str) -> None:
    whole = completed(openai_client, question)
    chunks = list(
        openai_client.chat.completions.create(
            model="entrywise",
            messages=[user(question)],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    streamed = [one for delta in deltas for one in (delta.model_extra or {}).get("annotations", [])]
    annotations = whole.choices[0].message.annotations or []
    assert streamed == [one.model_dump() for one in annotations]
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage == whole.usage
    assert len({chunk.id for chunk in chunks}) == 1


def test_without_its_option_a_stream_has_no_usage(openai_client: openai.OpenAI) -> None:
    chunks = list(
        openai_client.chat.completions.create(
            model="entrywise", messages=[user("what is GQA?")], stream=True
        )
    )
    assert all(chunk.choices and chunk.usage is None for chunk in chunks)


def test_sources_can_be_left_out(openai_client: openai.OpenAI) -> None:
    short = completed(openai_client, "what is GQA?", extra_body={"sources": False})
    content = short.choices[0].message.content
    assert content
    assert content.endswith("[1]") or "Sources:" not in content
    assert short.choices[0].message.annotations


def test_the_conversation_completes_a_follow_up(openai_client: openai.OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Answer as a pirate. What is LoRA?"},
        user("what is GQA?"),
        {"role": "assistant", "content": "Several query heads share one key head. [1]"},
        {"role": "user", "content": [{"type": "text", "text": "and MLA?"}]},
    ]
    reply = openai_client.chat.completions.create(
        model="entrywise", messages=messages, temperature=1.5, seed=7, max_tokens=5
    )
    annotations = reply.choices[0].message.annotations or []
    assert {one.url_citation.title for one in annotations} == {"MLA"}


def test_an_abstention_is_an_answer_without_sources(openai_client: openai.OpenAI) -> None:
    message = completed(openai_client, "what is FooBarNet?").choices[0].message
    assert message.content == "The knowledge base says nothing about “FooBarNet”."
    assert message.annotations == []


def test_usage_counts_word_pieces(openai_client: openai.OpenAI, assistant: Assistant) -> None:
    reply = completed(openai_client, "what is GQA?")
    pieces = assistant.index.encoder.count_pieces
    assert reply.usage
    assert reply.usage.prompt_tokens == pieces("what is GQA?")
    assert reply.usage.completion_tokens == pieces(reply.choices[0].message.content or "")
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens


def test_models_are_listed(openai_client: openai.OpenAI) -> None:
    (model,) = openai_client.models.list()
    assert (model.id, model.object, model.owned_by) == ("entrywise", "model", "six entries")
    assert openai_client.models.retrieve("entrywise") == model
    with pytest.raises(openai.NotFoundError, match="there is no model 'gpt-5'"):
        openai_client.models.retrieve("gpt-5")


def test_an_llm_is_a_model_of_its_own(writes: Writing) -> None:
    written = "With GQA, several query heads share one key head and one value head."
    assistant, llm = writes(says(f"{written} [1]", prompt_tokens=300, completion_tokens=20))
    with (
        Server(create_app(assistant)) as server,
        openai.OpenAI(base_url=f"{server.url}/v1", api_key="none") as client,
    ):
        assert [model.id for model in client.models.list()] == ["entrywise", "entrywise/gemma"]
        completed(client, "what is GQA?")
        assert llm.requests == []
        reply = client.chat.completions.create(
            model="entrywise/gemma", messages=[user("what is GQA?")]
        )
        streamed = client.chat.completions.create(
            model="entrywise/gemma", messages=[user("what is GQA?")], stream=True
        )
        deltas = [chunk.choices[0].delta.content or "" for chunk in streamed]
    content = reply.choices[0].message.content or ""
    assert content.startswith(f"{written} [1]")
    assert "".join(deltas) == content
    assert reply.usage
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (300, 20)


def test_errors_become_the_exceptions_of_the_client(openai_client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="there is no model 'gpt-5'") as unknown:
        openai_client.chat.completions.create(model="gpt-5", messages=[user("what is GQA?")])
    assert unknown.value.code == "model_not_found"
    with pytest.raises(openai.BadRequestError, match="the question is empty"):
        completed(openai_client, " ")
    with pytest.raises(openai.BadRequestError, match="the question is empty"):
        completed(openai_client, " ", stream=True)
    with pytest.raises(openai.BadRequestError, match="messages: List should have at least 1 item"):
        completed(openai_client)
    with pytest.raises(openai.BadRequestError, match="n: Input should be 1"):
        completed(openai_client, "what is GQA?", n=3)


def test_the_documented_shape_is_the_shape_of_completions(client: TestClient) -> None:
    from entrywise.web.schemas.openai import Completion

    body = {"messages": [user("what is GQA?")]}
    reply = client.post("/v1/chat/completions", json=body)
    assert Completion.model_validate_json(reply.content).model_dump() == reply.json()


def test_null_is_as_good_as_nothing(client: TestClient) -> None:
    body = {"messages": [user("what is GQA?")], "stream": None, "sources": None, "n": None}
    content = client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]
    assert "Sources:" in content["content"]


def test_an_address_that_is_no_route_is_no_model(client: TestClient) -> None:
    assert client.get("/v1/nothing").json()["error"]["code"] is None
