"""What a domain may add, and that the engine itself knows no subject: planes name no domain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.domains.base import Aspect
from entrywise.rag.domains.registry import LANGUAGE_MODELS, open_domain


@pytest.fixture
def planes(planes_root: Path) -> Iterator[Assistant]:
    """Answers from six aircraft."""
    with Assistant(Index(planes_root)) as assistant:
        yield assistant


def test_without_a_domain_no_name_is_taken_apart(planes: Assistant) -> None:
    answer = planes.ask("what does the Mamba-7B fly like?")
    assert (answer.intent, answer.status) == ("definition", "answered")
    assert [(part.kind, part.citations) for part in answer.parts] == [("quote", (1,))]
    assert answer.citations[0].quote.startswith("The Mamba is a light plane")


def test_of_another_subject_it_would_be(planes: Assistant) -> None:
    planes.domain = open_domain(LANGUAGE_MODELS)
    answer = planes.ask("what does the name Mamba-7B mean?")
    assert (answer.intent, answer.parts[0].kind) == ("decode", "table")
    assert "7B (size)" in answer.text


def test_without_a_domain_comparisons_have_general_rows(planes: Assistant) -> None:
    *_, table = planes.ask("compare the Cessna 172 and the Piper PA-28").parts
    said = {row.aspect: [cell and cell.text for cell in row.cells] for row in table.rows}
    assert list(said) == ["What it is", "Cost", "Where it is used"]
    assert said["Cost"] == [
        "It is slow and cheap to fly.",
        "It is a little faster, and parts for it are more expensive.",
    ]


def test_the_words_that_give_an_aspect_away_count_once_and_digits_do_not() -> None:
    rig = Aspect("rig", "Rig", r"\bmasts?\b|\d")
    assert rig.words("A mast, a Mast, two masts and 3") == {"mast", "masts"}
