from __future__ import annotations

import json

from entrywise.rag.answer import AnswerValues, Cell, Citation, Hit, Part, Reference, Row, Subjects
from entrywise.rag.assistant import Assistant

CITATION = Citation(1, "gqa", "GQA", "oneliner", 0, 3, "One")
ROW = Row("What", (Cell("One", (1,)), None))
ANSWER = AnswerValues(
    question="q",
    read_as="q",
    status="partial",
    confidence=0.5,
    intent="comparison",
    text="One [1]",
    parts=(
        Part("quote", "One", (1,), "Heading", "gqa", "cost"),
        Part(
            "table", "t", (1,), columns=("A", "B"), rows=(Row("What", (Cell("One", (1,)), None)),)
        ),
    ),
    citations=(CITATION,),
    retrieved=(Hit("gqa", 0.9, {"names": 1.0, "words": 0.5, "vectors": 0.2}),),
    subjects=Subjects(("gqa",), ("B",)),
    suggestions=("Explain MLA",),
    references=(Reference("gqa", "paper", "A paper"),),
    timings_ms={"parse": 0.1},
)


def test_an_answer_is_json_of_the_promised_shape() -> None:
    record = json.loads(json.dumps(ANSWER.to_dict()))

    assert list(record) == (
        "question read_as status confidence intent text parts citations closest retrieved subjects "
        "did_you_mean suggestions references backend index writing timings_ms".split()
    )
    assert record["backend"] == "extractive"
    assert record["subjects"] == {"known": ["gqa"], "unknown": ["B"]}
    why = {"names": 1.0, "words": 0.5, "vectors": 0.2}
    assert record["retrieved"] == [{"entry": "gqa", "section": None, "score": 0.9, "why": why}]
    assert record["citations"] == [
        {
            "number": 1,
            "entry": "gqa",
            "title": "GQA",
            "section": "oneliner",
            "start": 0,
            "end": 3,
            "quote": "One",
            "url": None,
            "heading": None,
            "is_markdown": False,
        }
    ]


def test_only_a_table_has_columns_and_rows_and_its_empty_cell_is_null() -> None:
    quote, table = ANSWER.to_dict()["parts"]

    assert quote == {
        "kind": "quote",
        "heading": "Heading",
        "subject": "gqa",
        "aspect": "cost",
        "text": "One",
        "citations": [1],
    }
    assert table["columns"] == ["A", "B"]
    cells = [{"text": "One", "citations": [1]}, None]
    assert table["rows"] == [{"aspect": "What", "cells": cells}]


def test_an_abstention_says_nothing(small_assistant: Assistant) -> None:
    assert ANSWER.answered
    assert not small_assistant.ask("what is Foobarizer?").answered
