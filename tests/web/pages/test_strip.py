from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.rag.answer import Part
from entrywise.rag.assistant import Assistant
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.render.answer import Answer
from entrywise.web.pages.strip import strip


@pytest.fixture
def answer(assistant: Assistant) -> Answer:
    """An answer on a name of which one part is explained."""
    return assistant.ask("decode Foo-7B-INSTRUCT")


def table(answer: Answer) -> Part:
    return next(part for part in answer.parts if part.kind == "table")


def test_the_parts_of_a_name_are_in_its_order_and_those_explained_have_a_quote(
    answer: Answer,
) -> None:
    pieces = strip(answer, table(answer), DOMAIN.decoder)
    assert [(piece.text, piece.kind) for piece in pieces] == [
        ("Foo", "family"),
        ("7B", "size"),
        ("INSTRUCT", "tuning"),
    ]
    cited = [piece.citation and piece.citation.entry for piece in pieces]
    assert cited == [None, None, "instruct"]


def test_a_follow_up_that_repeats_no_name_shows_what_is_explained(answer: Answer) -> None:
    follow_up = replace(answer, question="and what does it mean?")
    (piece,) = strip(follow_up, table(answer), DOMAIN.decoder)
    assert (piece.text, piece.kind) == ("INSTRUCT", "")
    assert piece.citation == answer.citations[0]
