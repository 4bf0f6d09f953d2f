"""Follow-ups in knowledge bases of other languages than English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.compose.earlier import EarlierAnswers
from entrywise.rag.journey import DEFAULT_TOP
from entrywise.rag.settings.table import THRESHOLD
from entrywise.rag.understand.follow_up.resolution import resolve
from entrywise.rag.understand.follow_up.values import Reading

HandbookIn = Callable[[str], Index]


def read(question: str, history: list[str], index: Index) -> Reading:
    domain = domain_of(index)
    earlier = EarlierAnswers(index, domain, THRESHOLD, DEFAULT_TOP)
    return resolve(question, history, index, domain, earlier)


@pytest.mark.parametrize(
    ("language", "before", "question"),
    [
        ("de", "Was ist VPN?", "Was ist Gleitzeit?"),
        ("de", "Was ist VPN?", "Im Homeoffice arbeiten"),
        ("fr", "Qu'est-ce que le VPN ?", "on peut télétravailler ?"),
        ("fr", "Qu'est-ce que le VPN ?", "a quoi sert le préavis"),
        ("es", "¿Qué es un cortado?", "no sale café"),
    ],
)
def test_what_begins_with_an_english_word_by_chance_stands_alone(
    handbook_in: HandbookIn, language: str, before: str, question: str
) -> None:
    assert read(question, [before], handbook_in(language)) == Reading.of(question)
