"""A folder and a database give the same answers, to all labelled questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import NewDatabase, publish
from paths import ROOT

from entrywise import Answer, Assistant
from entrywise.index.index import Index
from entrywise.index.stores.registry import store_at

pytestmark = pytest.mark.slow

FILES = (ROOT / "tests" / "questions.jsonl", ROOT / "data" / "glossary" / "labelled.jsonl")


@pytest.fixture(scope="module")
def pair(
    glossary_index: Index, new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Assistant, Assistant]]:
    """The glossary's assistants: of its folder, and of a database."""
    store = store_at(new_database(), tmp_path_factory.mktemp("cache"))
    publish(glossary_index, store)
    with Assistant(Index(store)) as other:
        yield Assistant(glossary_index), other


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_labelled_question_has_the_same_answer(
    pair: tuple[Assistant, Assistant], file: Path
) -> None:
    one, other = pair
    asked = [json.loads(line)["question"] for line in file.read_text("utf-8").splitlines()]
    differ = [text for text in asked if _said(one.ask(text)) != _said(other.ask(text))]
    assert len(asked) > 100
    assert differ == []


def test_documents_have_the_same_answers(
    harbour_root: Path, new_database: NewDatabase, tmp_path: Path
) -> None:
    asked = ("Who may use the crane?", "how long may a yacht stay", "what does mooring cost?")
    with Assistant(Index(harbour_root)) as one:
        store = store_at(new_database(), tmp_path)
        publish(one.index, store)
        with Assistant(Index(store)) as other:
            for text in asked:
                assert _said(one.ask(text)) == _said(other.ask(text))


def _said(answer: Answer) -> object:
    """All that an answer says but for the time it took; and its scores, whose last digits depend on
    the order in which numbers are added."""
    said = answer.to_dict()
    del said["timings_ms"]
    ranked = [(one["entry"], one["section"]) for one in said.pop("retrieved")]
    return round(said.pop("confidence"), 2), ranked, said
