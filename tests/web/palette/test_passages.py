from __future__ import annotations

from collections.abc import Iterator
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
