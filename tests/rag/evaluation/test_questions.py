from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.rag.evaluation.questions import read_questions

Writer = Callable[[list[Any]], Path]
VALID = {
    "id": "q1",
    "question": "What is MLA?",
    "type": "comparison",
    "scope": "in",
    "relevant": {"mla": 2, "gqa": 1},
}


def test_reads_a_row_and_ignores_keys_it_does_not_know(questions_file: Writer) -> None:
    labels = {"must": ["mla"], "answer_spans": {"mla": "A latent."}, "source": "a forum"}
    path = questions_file(["", VALID | labels | {"annotator": 7}, ""])
    (question,) = read_questions(path)
    assert (question.id, question.question) == ("q1", "What is MLA?")
    assert (question.type, question.scope) == ("comparison", "in")
    assert question.relevant == {"mla": 2, "gqa": 1}
    assert question.must == ("mla",)
    assert question.answer_spans == {"mla": "A latent."}
    assert question.source == "a forum"


def test_a_question_out_of_scope_needs_no_labels(questions_file: Writer) -> None:
    row = {"id": "q1", "question": "Pasta?", "type": "other", "scope": "far"}
    (question,) = read_questions(questions_file([row]))
    assert (question.relevant, question.must, question.answer_spans) == ({}, (), {})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": "definitions"}, r"field 'type': 'definitions' is none of .*nearest: 'definition"),
        ({"scope": "inside"}, "field 'scope': 'inside' is none of in, near, far"),
        ({"question": " "}, "field 'question': ' ' is empty"),
        ({"id": 7}, "field 'id': 7 is no text"),
        ({"relevant": {}}, "field 'relevant': labels are needed where the scope is 'in'"),
        ({"scope": "near"}, "field 'relevant': labels are needed where the scope is 'in'"),
        ({"relevant": {"mla": 3}}, "field 'relevant', field 'mla': 3 is no grade"),
        ({"relevant": ["mla"]}, r"field 'relevant': \['mla'\] is no JSON object"),
        ({"pages": "mla"}, "field 'pages': 'mla' is no list"),
        ({"shown": [""]}, "field 'shown': '' is an empty item"),
        ({"must": ["lora"]}, "field 'must': 'lora' is not in 'relevant'"),
        ({"answer_spans": {"lora": "x"}}, "field 'answer_spans', field 'lora': is not in"),
        ({"answer_spans": {"mla": ""}}, "field 'answer_spans', field 'mla': '' is empty"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_field(
    questions_file: Writer, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(KnowledgeBaseError, match=f"questions.jsonl: line 2, {message}"):
        read_questions(questions_file([VALID | {"id": "q0"}, VALID | changes]))


def test_pages_that_answer_and_texts_that_are_to_be_shown_are_labels(
    questions_file: Writer,
) -> None:
    row = {
        "id": "q1",
        "question": "Pay how?",
        "scope": "in",
        "pages": ["pay"],
        "shown": ["by card"],
    }
    (question,) = read_questions(questions_file([row]))
    assert (question.type, question.relevant, question.shown) == ("other", {"pay": 2}, ("by card",))


@pytest.mark.parametrize("field", ["id", "question", "scope"])
def test_a_missing_field_is_named(questions_file: Writer, field: str) -> None:
    row = {name: value for name, value in VALID.items() if name != field}
    with pytest.raises(KnowledgeBaseError, match=f"line 1, field '{field}': is missing; add it"):
        read_questions(questions_file([row]))


def test_a_line_that_is_no_json_is_named(questions_file: Writer) -> None:
    with pytest.raises(KnowledgeBaseError, match="line 2: no valid JSON at line 1, column 2"):
        read_questions(questions_file([VALID, "{oops"]))


def test_an_id_that_is_there_twice_is_an_error(questions_file: Writer) -> None:
    with pytest.raises(KnowledgeBaseError, match="line 2, field 'id': 'q1' was there"):
        read_questions(questions_file([VALID, VALID]))


def test_a_file_without_questions_is_an_error(questions_file: Writer) -> None:
    with pytest.raises(KnowledgeBaseError, match="holds no question"):
        read_questions(questions_file([""]))
