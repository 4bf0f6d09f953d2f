from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from fastapi.testclient import TestClient
from markup import Page, as_read, events

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.logger import QuestionLogger
from entrywise.rag.log.questions import QuestionLog
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.formulas import readable
from entrywise.web.app import create_app
from entrywise.web.copies.copies import copies
from entrywise.web.pages.chat import MOST_TURNS
from entrywise.web.schemas.bodies import LONGEST_HISTORY
from entrywise.web.served.links import Links
from entrywise.web.served.served import Served
from entrywise.web.texts.catalogue import texts_of

COMPARISON = "difference between GQA and MLA"
QUESTIONS = ["what is GQA?", COMPARISON, "decode Foo-7B-Instruct", "what is FooBarNet?"]


def answered(client: TestClient, question: str, *history: str) -> Page:
    response = client.get("/", params={"q": question, "history": history})
    assert response.status_code == 200
    return Page(response.text)


def asked_for(
    client: TestClient, question: str, **more: object
) -> list[tuple[str, dict[str, str]]]:
    response = client.post("/chat", json={"question": question, **more})
    assert response.headers["content-type"].startswith("text/event-stream")
    return events(response.text)


def test_the_start_page_has_questions_to_begin_with(client: TestClient) -> None:
    text = Page(client.get("/").text).text
    assert "What is GQA?" in text
    assert "quoted from 6 entries" in text


def test_the_form_answers_without_javascript(client: TestClient, assistant: Assistant) -> None:
    response = client.post("/", data={"question": "what is GQA?"})
    assert response.status_code == 200
    seen = Page(as_read(response.text))
    for citation in assistant.ask("what is GQA?").citations:
        assert readable(citation.quote) in seen.text
    assert {"t1-mark-1", "t1-source-1"} <= set(seen.ids)
    assert "GQA: Training Generalized Multi-Query Transformer Models" in seen.text
    assert "https://arxiv.org/abs/2305.13245" in seen.addresses


def test_what_is_said_to_the_assistant_is_no_question_without_an_answer(client: TestClient) -> None:
    seen = answered(client, "what is 2+2")
    assert "Nothing is calculated here" in seen.text
    assert "No answer" not in seen.text
    assert "How to ask differently" not in seen.text


@pytest.mark.parametrize("form", [{}, {"question": "  "}])
def test_an_empty_form_is_refused_with_a_page(client: TestClient, form: dict[str, str]) -> None:
    response = client.post("/", data=form)
    assert response.status_code == 422
    assert "The question is empty" in response.text


def test_an_address_shows_the_page_that_the_form_gives(client: TestClient) -> None:
    form = {"question": "and MLA?", "history": ["what is GQA?"]}
    by_form = untimed(client.post("/", data=form).text)
    params = {"q": "and MLA?", "history": "what is GQA?"}
    assert by_form == untimed(client.get("/", params=params).text)


def untimed(html: str) -> list[str]:
    """The lines of a page without those that hold how long an answer took."""
    return [line for line in html.splitlines() if "timings_ms" not in line]


def test_the_form_carries_the_conversation_on(client: TestClient) -> None:
    response = client.post("/", data={"question": "and MLA?", "history": ["what is GQA?"]})
    seen = Page(response.text)
    assert {"t1", "t1-source-1", "t2", "t2-source-1"} <= set(seen.ids)
    assert "Keys and values are kept as one small latent vector per token." in seen.text
    assert seen.attributes.count(("name", "history")) == 2
    assert {("value", "what is GQA?"), ("value", "and MLA?")} <= set(seen.attributes)
    assert ("action", "/#t3") in seen.attributes


def test_a_page_shows_the_last_turns_and_reads_the_questions_before_them(
    client: TestClient,
) -> None:
    # Only the first question, which the page does not show, says what the others are about.
    history = ["what is LoRA?", *["why?"] * MOST_TURNS]
    seen = answered(client, "and how?", *history)
    last = MOST_TURNS + 2
    shown = [number for number in range(last + 2) if f"t{number}" in seen.ids]
    assert shown == list(range(last - MOST_TURNS + 1, last + 1))
    assert ("data-hidden", '["what is LoRA?", "why?"]') in seen.attributes
    assert seen.attributes.count(("name", "history")) == last
    assert ("action", f"/#t{last + 1}") in seen.attributes
    *_, (_, end) = asked_for(client, "and how?", history=history)
    assert readable(end["answer"]["citations"][0]["quote"]) in seen.text


def test_a_conversation_at_its_longest_goes_on_without_its_first_question(
    client: TestClient,
) -> None:
    history = ["what is LoRA?", *["what is GQA?"] * (LONGEST_HISTORY - 1)]
    seen = answered(client, "and MLA?", *history)
    assert seen.attributes.count(("name", "history")) == LONGEST_HISTORY
    assert ("value", "what is LoRA?") not in seen.attributes
    follow_ups = [one for one in seen.addresses if one.startswith("/?q=")]
    assert client.get(follow_ups[-1]).status_code == 200


def test_a_history_of_half_a_character_does_not_break_an_answer_off(client: TestClient) -> None:
    body = '{"question": "and MLA?", "history": ["what is GQA?", "\\ud800", "\\ud800why?"]}'
    response = client.post("/chat", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    assert events(response.text)[-1][0] == "answer"


def test_a_question_is_logged_when_it_is_asked_and_not_when_it_is_shown_again(
    small_index: Index, tmp_path: Path
) -> None:
    log = QuestionLog(tmp_path / "log")
    earlier = ["what is GQA?", "and MLA?"]
    assistant = Assistant(small_index, observers=[QuestionLogger(log)])
    with TestClient(create_app(assistant)) as client:
        client.get("/", params={"q": "what is GQA?"})
        client.post("/chat", json={"question": "and MLA?", "history": earlier[:1]})
        client.get("/", params={"q": "and MLA?", "history": earlier[:1]})
        client.post("/", data={"question": "and LoRA?", "history": earlier})
    assert [row.question for row in log.read()] == [*earlier, "and LoRA?"]


def test_a_history_that_is_too_long_is_refused(client: TestClient) -> None:
    params = {"q": "why?", "history": ["what is GQA?"] * (LONGEST_HISTORY + 1)}
    assert client.get("/", params=params).status_code == 422


def test_an_earlier_question_that_cannot_be_answered_is_left_out(client: TestClient) -> None:
    seen = answered(client, "and MLA?", "what is GQA?", " ")
    assert {"t1", "t2"} <= set(seen.ids)
    assert "t3" not in seen.ids


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stream_brings_what_the_page_holds(client: TestClient, question: str) -> None:
    page = as_read(client.get("/", params={"q": question}).text)
    *parts, (last, end) = asked_for(client, question)
    assert [name for name, _ in parts] == ["part"] * len(parts)
    assert last == "answer"
    for html in [*(part["html"] for _, part in parts), end["html"]]:
        assert as_read(html).strip() in page


def test_a_stream_ends_with_the_answer_as_programs_want_it_and_as_one_takes_it_along(
    client: TestClient, assistant: Assistant
) -> None:
    expected = assistant.ask(COMPARISON)
    _, end = asked_for(client, COMPARISON)[-1]
    assert end["answer"] | {"timings_ms": 0} == as_json(expected) | {"timings_ms": 0}
    taken = asdict(copies(expected, 1, Links("http://testserver"), texts_of("en")))
    assert end["copies"] == json.loads(json.dumps(taken))


def as_json(answer: Answer) -> dict[str, object]:
    read: dict[str, object] = json.loads(json.dumps(answer.to_dict()))
    return read


def test_a_turn_keeps_its_ids_apart_and_knows_what_was_asked_before(client: TestClient) -> None:
    *_, (_, end) = asked_for(client, "and MLA?", history=["what is GQA?"], turn=7)
    assert "t7-source-1" in Page(end["html"]).ids
    follow_up = f"history={quote_plus('what is GQA?')}&amp;history={quote_plus('and MLA?')}"
    assert follow_up in end["html"]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"question": " "}, "the question is empty"),
        ({"question": "why?", "turn": 0}, "turn: Input should be greater than or equal to 1"),
        ({"question": "why?", "history": ["a"] * (LONGEST_HISTORY + 1)}, "history: "),
    ],
)
def test_a_wrong_question_is_a_problem_before_the_stream_begins(
    client: TestClient, body: object, detail: str
) -> None:
    response = client.post("/chat", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_stream_is_compressed_for_who_takes_it_and_kept_by_nobody(
    client: TestClient, encoding: str
) -> None:
    headers, body = {"Accept-Encoding": encoding}, {"question": COMPARISON}
    with client.stream("POST", "/chat", json=body, headers=headers) as response:
        assert response.headers.get("content-encoding", "identity") == encoding
        assert response.headers["cache-control"] == "no-cache"
        assert next(response.iter_lines()) == "event: part"


def test_a_refused_follow_up_keeps_the_conversation_in_its_form(client: TestClient) -> None:
    text = "a" * 10_001
    response = client.post("/", data={"question": text, "history": ["what is GQA?", "and MLA?"]})
    assert response.status_code == 422
    for asked in ("what is GQA?", "and MLA?"):
        assert f'<input type="hidden" name="history" value="{asked}">' in response.text
    assert f">\n{text}</textarea>" in response.text


def test_a_card_names_its_section_as_the_entry_does(client: TestClient) -> None:
    seen = answered(client, "what is GQA?")
    assert "GQA Explanation" in seen.text
    assert "characters" not in seen.text.lower()
    assert any(
        name == "title" and str(text)[:13] == "Characters 0 " for name, text in seen.attributes
    )


def test_a_mark_leads_to_its_source_and_that_to_the_quote_where_it_stands(
    client: TestClient, assistant: Assistant
) -> None:
    seen = answered(client, COMPARISON)
    for citation in assistant.ask(COMPARISON).citations:
        assert f"#t1-source-{citation.number}" in seen.addresses
        assert f"#t1-mark-{citation.number}" in seen.addresses
    quoted = [address for address in seen.addresses if address.endswith("#quote")]
    assert "quote" in Page(client.get(quoted[0]).text).ids


def test_a_comparison_is_a_table_and_says_what_is_missing(client: TestClient) -> None:
    seen = answered(client, "difference between GQA, MLA and FooBarNet")
    assert {"table", "thead", "th", "td"} <= set(seen.tags)
    assert "not in the knowledge base" in seen.text
    # What is missing is certain to be.
    assert "Answered in part Link to this answer" in seen.text


def test_a_model_name_is_a_strip_of_its_parts_with_what_they_mean(client: TestClient) -> None:
    seen = answered(client, "decode Foo-7B-Instruct")
    assert "table" not in seen.tags
    assert "Foo family 7B size Instruct tuning" in seen.text
    assert "The model was tuned to follow instructions." in seen.text


def test_an_answer_withheld_says_what_is_missing_once_and_shows_the_closest_passages(
    small_index: Index,
) -> None:
    with TestClient(create_app(Assistant(small_index, threshold=1.0))) as unsure:
        seen = answered(unsure, "how do query heads share key heads in FooBarNet?")
    assert "The knowledge base says nothing about “FooBarNet”." in seen.text
    assert seen.text.count("knowledge base") == 1
    assert "Nearest entries:" not in seen.text
    assert "blockquote" in seen.tags
    closest = [address for address in seen.addresses if address.startswith("/entry/")]
    assert [address.partition("?")[0] for address in closest] == ["/entry/gqa"]
    assert not any("-source-" in address for address in seen.addresses)


def test_where_no_entry_is_near_all_of_them_can_be_browsed(client: TestClient) -> None:
    seen = answered(client, "what is FooBarNet")
    assert "the closest passages" not in seen.text
    assert "Ask instead" not in seen.text
    assert "Browse all entries" in seen.text


def test_where_nothing_is_near_questions_to_begin_with_are_offered(client: TestClient) -> None:
    seen = answered(client, "what is FooBarNet")
    assert "Try one of these What is GQA?" in seen.text
    streamed = client.post("/chat", json={"question": "what is FooBarNet"}).text
    assert "Try one of these" in streamed
    assert "Try one of these" not in answered(client, "what is GQA?").text


def test_sections_to_begin_with_are_offered_below_their_pages(harbour_root: Path) -> None:
    with Assistant.open(index=harbour_root) as harbour, TestClient(create_app(harbour)) as client:
        begun = Page(client.get("/").text).text.split("Try one of these ")[1]
        first = begun.split(" › ")[0]
        assert f"Try one of these {first} › " in answered(client, "best pizza in Rome").text


def test_an_answer_withheld_for_its_likelihood_says_so(
    small_index: Index,
) -> None:
    with TestClient(create_app(Assistant(small_index, threshold=1.0))) as strict:
        seen = answered(strict, "who won the cup")
    assert "There is no answer to this in “six entries”." in seen.text


class Counting(Assistant):
    """Counts what it is asked."""

    def __init__(self, index: Index) -> None:
        super().__init__(index, threshold=0.02)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, *, history: Sequence[str] = (), **options: Any) -> Answer:
        self.asked.append((question, tuple(history)))
        return super().ask(question, history=history, **options)


def test_each_question_of_a_page_is_answered_once_with_those_before_it(
    small_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting(small_index)
    monkeypatch.setattr(Served, "unlogged", counting)
    with TestClient(create_app(counting)) as client:
        # Examples are asked before the first request.
        counting.asked.clear()
        answered(client, "why?", "what is GQA?", "and MLA?")
    assert sorted(counting.asked, key=lambda pair: len(pair[1])) == [
        ("what is GQA?", ()),
        ("and MLA?", ("what is GQA?",)),
        ("why?", ("what is GQA?", "and MLA?")),
    ]
