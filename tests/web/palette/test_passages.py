from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from indexes import Indexed

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.index.index import Index
from entrywise.web.palette.passages import passages

PAGE = """# Verwaltung

## Räume
Die Tagungsräume sind übersichtlich beschildert.

## Anträge
Kündigungen sind schriftlich beim Vorstand einzureichen.

## 社内
残業は事前に上司の許可が必要です。
"""


@pytest.fixture(scope="module")
def office(indexed: Indexed, knowledge_base: KnowledgeBase) -> Iterator[Index]:
    page = Entry("verwaltung", "Verwaltung", "documents", read_page(PAGE).sections)
    identity = replace(knowledge_base.identity, language="de")
    index = Index(indexed(KnowledgeBase((page,), identity=identity)))
    yield index
    index.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kündig", "Kündigungen"),
        ("kundigung", "Kündigungen"),
        ("kündigung", "Kündigungen"),
        ("tagungsraum", "Tagungsräume"),
        ("tagungsraeu", "Tagungsräume"),
        ("vorstaende", "Vorstand"),
        ("schriftliche kündigungen", "Kündigungen"),
        ("beschildert übersichtlic", "übersichtlich"),
        ("welche kündigungen gibt es", "Kündigungen"),
        ("残業の", "残業"),
        ("残業は事前", "事前"),
    ],
)
def test_a_word_is_found_in_any_form_as_one_types(typed: str, found: str, office: Index) -> None:
    assert [found in one.line for one in passages(office, typed, 3)] == [True]


def test_a_word_that_no_text_has_is_not_found(office: Index) -> None:
    assert passages(office, "parkplatz", 3) == []


def test_the_short_end_of_an_identifier_is_no_beginning_of_any_word(
    indexed: Indexed, knowledge_base: KnowledgeBase
) -> None:
    page = "# Reading\n\n## Limits\nSet `tail_limit_rows` to 40.\n\n## Tails\nThe tail is short.\n"
    entry = Entry("reading", "Reading", "documents", read_page(page).sections)
    with closing(Index(indexed(replace(knowledge_base, entries=(entry,), asked=())))) as index:
        for typed in ("tail_limit_ro", "tail_limit_r", "tail_limit_", "tail_limit_rows"):
            assert [one.line for one in passages(index, typed, 3)] == ["Set tail_limit_rows to 40."]
