from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.questions.by_entry import add_ways

Write = Callable[..., Path]
KNOWN = KnowledgeBase(
    (
        Entry("gqa", "GQA", "a", (), aliases=("grouped",), questions=("what is it?",)),
        Entry("mla", "M", "a", ()),
    )
)


def test_ways_are_added_by_id_and_the_rest_stays(write: Write) -> None:
    ways = {"gqa": {"aliases": ["gqa attention"], "questions": ["why share heads?"]}}
    with_ways = add_ways(KNOWN, write(ways))
    assert with_ways["gqa"].aliases == ("grouped", "gqa attention")
    assert with_ways["gqa"].questions == ("what is it?", "why share heads?")
    assert with_ways["mla"] == KNOWN["mla"]


def test_parts_of_model_names_are_added(write: Write) -> None:
    assert add_ways(KNOWN, write({"mla": {"parts": ["size", "k-quant"]}}))["mla"].parts == (
        "size",
        "k-quant",
    )


@pytest.mark.parametrize(
    ("ways", "complaint"),
    [
        ({"gqq": {}}, "'gqq' is no entry id; remove it or correct it (nearest: 'gqa')"),
        ({"gqa": ["x"]}, "entry 'gqa': ['x'] is no JSON object; write {...}"),
        ({"gqa": {"alias": []}}, "entry 'gqa', field 'alias': is unknown; remove or rename it"),
        ({"gqa": {"questions": "why?"}}, "entry 'gqa', field 'questions': 'why?' is no list"),
        ([], "[] is no JSON object; write {...}"),
    ],
)
def test_wrong_ways_are_refused(ways: object, complaint: str, write: Write) -> None:
    path = write(ways, "ways.json")
    with pytest.raises(KnowledgeBaseError) as caught:
        add_ways(KNOWN, path)
    assert str(caught.value).startswith(f"{path}: {complaint}")
