from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.questions.across_entries import add_asked

KNOWN = KnowledgeBase((Entry("gqa", "GQA", "a", ()), Entry("mla", "MLA", "a", ())))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "asked.jsonl"


def write(path: Path, *rows: Any) -> Path:
    path.write_text("\n\n".join(map(json.dumps, rows)))
    return path


def test_each_wording_of_a_topic_has_the_entries_that_answer_it(path: Path) -> None:
    topic = {"topic": "caches", "questions": ["a?", "b?"], "relevant": {"gqa": 2, "mla": 1}}
    asked = add_asked(KNOWN, write(path, topic)).asked
    assert [one.question for one in asked] == ["a?", "b?"]
    assert all(one.grades == {"gqa": 2, "mla": 1} for one in asked)


def test_a_question_without_relevant_entries_is_beyond_the_knowledge_base(path: Path) -> None:
    asked = add_asked(KNOWN, write(path, {"question": "why?"}, {"question": "a", "relevant": {}}))
    assert [dict(one.grades) for one in asked.asked] == [{}, {}]


def test_labelled_questions_are_asked_questions_too(path: Path) -> None:
    row = {"id": "1", "question": "what?", "type": "other", "scope": "in", "relevant": {"gqa": 2},
           "must": [], "answer_spans": {}, "source": "me"}  # fmt: skip
    assert add_asked(KNOWN, write(path, row)).asked[0].question == "what?"


def test_files_add_up(path: Path) -> None:
    once = add_asked(KNOWN, write(path, {"question": "a"}))
    twice = add_asked(once, write(path, {"question": "b"}))
    assert [one.question for one in twice.asked] == ["a", "b"]
    assert twice.entries == KNOWN.entries


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"question": "a", "relevant": {"gqq": 2}}, "'gqq' is no entry id; .*nearest: 'gqa'"),
        ({"question": "a", "relevant": {"gqa": 3}}, "3 is no grade; write 2 .* or 1"),
        ({"topic": "a"}, "write 'question' or 'questions', one of the two"),
        ({"question": "a", "questions": ["b"]}, "write 'question' or 'questions', one of the two"),
        ({"question": " "}, "is empty; write it"),
        ({"question": "a", "answers": {}}, "'answers': is unknown"),
        (["a"], "is no JSON object"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(path: Path, row: Any, complaint: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=f"line 3.*{complaint}"):
        add_asked(KNOWN, write(path, {"question": "fine"}, row))
