from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

import pytest
from indexes import Indexed

from entrywise.data.entries import Asked, Category, Entry, KnowledgeBase, Section
from entrywise.index.index import Index
from entrywise.index.listing.offered_questions import LONGEST_QUESTION, offered
from entrywise.index.names.forms import Name

NAMES = (Name("DoRA", 0, False, "dora"), Name("ReAct", 1, True, "react"))
LANGUAGE = {"what", "is", "why", "does", "stop", "react", "vs"}
TEXTS = {"quantization", "dora"}


def known(words: Iterable[str]) -> Sequence[bool]:
    return [word in TEXTS for word in words if len(word) > 1]


@pytest.mark.parametrize(
    ("question", "is_offered"),
    [
        ("What is DoRA?", True),
        ("Why does X stop？", True),
        ("What is quantization", False),
        ("What is quantisaton?", False),
        ("Is (dora) quantization?", False),
        ("Dora vs quantization?", False),
        ("Why does it react?", False),  # "it" is neither in the texts nor a word of the language
        ("Why does quantization react?", True),
        (f"Why {'is ' * LONGEST_QUESTION}?", False),
    ],
)
def test_only_what_is_written_well_is_offered(question: str, is_offered: bool) -> None:
    assert [*offered([question], NAMES, LANGUAGE, known)] == [question] * is_offered


def test_an_index_offers_none_that_its_texts_do_not_spell_so(
    glossary_index: Index,
) -> None:
    titles = glossary_index.titles
    assert titles.questions("dora vs lora worth", 9) == []
    assert titles.questions("metods", 9) == []
    assert all(one.endswith("?") for one in titles.questions("what", 50))


def test_questions_of_entries_and_of_the_whole_are_offered(indexed: Indexed) -> None:
    told = Section("text", "A sextant measures angles between stars.")
    entry = Entry("sextant", "Sextant", "c", (told,), questions=("What does a sextant measure?",))
    asked = (Asked("Which stars have angles?", {"sextant": 2}), Asked("Which stars?", {}))
    root = indexed(KnowledgeBase((entry,), (Category("c", "C", 0),), asked=asked))
    with closing(Index(root)) as index:
        assert index.titles.questions("which", 9) == ["Which stars have angles?"]
        assert index.titles.questions("measure", 9) == ["What does a sextant measure?"]
