from __future__ import annotations

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app


def samples(client: TestClient) -> dict[tuple[str, ...], float]:
    """{(name, values of its labels by their names …): value} of all counters and histograms."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_requests_and_answers_are_counted(assistant: Assistant) -> None:
    with TestClient(create_app(assistant)) as client:
        for question in ("what is GQA?", "what is MLA?", "what is FooBarNet?"):
            client.post("/api/ask", json={"question": question})
        client.get("/", params={"q": "what is GQA?"})
        client.get("/entry/gqa")
        client.get("/entry/mla")
        client.get("/nowhere")
        client.get("/static/css/base.css")
        found = samples(client)
    assert found["entrywise_answers_total", "extractive", "answered"] == 3
    assert found["entrywise_answers_total", "extractive", "abstained"] == 1
    assert found["entrywise_requests_total", "POST", "/api/ask", "200"] == 3
    # One number for all entries: their ids are no labels.
    assert found["entrywise_requests_total", "GET", "/entry/{entry_id}", "200"] == 2
    assert found["entrywise_requests_total", "GET", "none", "404"] == 1
    assert found["entrywise_requests_total", "GET", "/static", "200"] == 1
    assert found["entrywise_request_seconds_count", "/api/ask"] == 3
    assert found["entrywise_request_seconds_bucket", "+Inf", "/api/ask"] == 3


def test_a_stream_and_a_completion_count_as_one_answer_each(assistant: Assistant) -> None:
    with TestClient(create_app(assistant)) as client:
        body = {"question": "what is GQA?"}
        client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
        client.post(
            "/v1/chat/completions", json={"messages": [{"role": "user", "content": "what is GQA?"}]}
        )
        found = samples(client)
    assert found["entrywise_answers_total", "extractive", "answered"] == 2


def test_words_that_are_no_methods_are_one_number(assistant: Assistant) -> None:
    with TestClient(create_app(assistant)) as client:
        for number in range(3):
            client.request(f"MADEUP{number}", "/health")
        found = samples(client)
    assert [key for key in found if "MADEUP" in "".join(key)] == []
    assert found["entrywise_requests_total", "other", "/health", "405"] == 3
