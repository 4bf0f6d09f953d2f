"""Follow-ups in knowledge bases of other languages than English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from indexes import Indexed
from stages import domain_of

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.rag.compose.earlier_answers import EarlierAnswers
from entrywise.rag.journey import DEFAULT_TOP
from entrywise.rag.settings.table import THRESHOLD
from entrywise.rag.understand.follow_up.resolution import resolve
from entrywise.rag.understand.follow_up.values import Reading, Turn

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


VACATION = "Wie viele Tage Urlaub habe ich?"


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        ([VACATION], "und in Teilzeit?", "Wie viele Tage Urlaub habe ich, und in Teilzeit?"),
        ([VACATION], "Warum?", "Wie viele Tage Urlaub habe ich, warum?"),
        ([VACATION], "Und was ist mit Kindern?", f"{VACATION[:-1]}, und was ist mit Kindern?"),
        ([VACATION, "Danke!"], "in Teilzeit?", "Wie viele Tage Urlaub habe ich, in Teilzeit?"),
        (
            ["Was ist VPN?", "Was ist Gleitzeit?"],
            "vergleiche sie",
            "Unterschied zwischen VPN und Gleitzeit",
        ),
        (
            ["Was ist VPN?", "Was ist Gleitzeit?"],
            "Was ist der Unterschied?",
            "Unterschied zwischen VPN und Gleitzeit",
        ),
        (["Was ist VPN?", "Was ist Gleitzeit?"], "das erste", "Was ist VPN?"),
        (
            [VACATION],
            "gib mir ein Beispiel",
            "Wie viele Tage Urlaub habe ich, gib mir ein Beispiel",
        ),
        ([VACATION], "Bis wann?", "Wie viele Tage Urlaub habe ich, bis wann?"),
        ([VACATION], "Wie lange dauert das?", f"{VACATION[:-1]}, wie lange dauert das?"),
        (
            [VACATION],
            "Was ist, wenn es nicht reicht?",
            f"{VACATION[:-1]}, was ist, wenn es nicht reicht?",
        ),
        ([VACATION], "Gibt es in der Firma ein VPN?", "Gibt es in der Firma ein VPN?"),
        ([VACATION], "Danke!", "Danke!"),
        ([VACATION], "Im Homeoffice arbeiten", "Im Homeoffice arbeiten"),
        ([VACATION], "Was ist der Unterschied zwischen VPN und Gleitzeit?", None),
    ],
)
def test_what_leans_in_german_is_completed(
    handbook_in: HandbookIn, before: list[str], question: str, complete: str | None
) -> None:
    assert read(question, before, handbook_in("de")) == Reading.of(complete or question)


def test_thanks_in_another_language_are_no_question(handbook_in: HandbookIn) -> None:
    before = ["Qu'est-ce que le VPN ?", "Merci beaucoup !"]
    reading = read("why?", before, handbook_in("fr"))
    assert reading.text == "Qu'est-ce que le VPN, why?"


@pytest.mark.parametrize(
    "question",
    [
        "mehr",
        "Mehr dazu!",
        "erzähl mir mehr",
        "Können Sie mir bitte noch mehr dazu sagen?",
        "Was noch?",
        "weitere Details",
        "more",
    ],
)
def test_more_is_asked_for_in_german(handbook_in: HandbookIn, question: str) -> None:
    reading = read(question, [VACATION], handbook_in("de"))
    assert (reading.text, reading.asked) == (
        "Mehr zu: Wie viele Tage Urlaub habe ich",
        VACATION,
    )
    assert reading.before == (Turn(VACATION),)


def test_a_number_that_was_not_suggested_is_refused_in_german(handbook_in: HandbookIn) -> None:
    assert read("9", [VACATION], handbook_in("de")).remark.startswith("9 gibt es nicht: ")


@pytest.mark.parametrize(
    ("before", "question", "complete"),
    [
        ("Was ist Hefe?", "Warum?", "Warum Hefe?"),
        ("Was ist Hefe?", "und Krume?", "Was ist Krume?"),
        ("Was ist Hefe?", "Wie funktioniert sie?", "Wie funktioniert Hefe?"),
        ("Was ist Hefe?", "erzähl mir mehr", "Mehr zu Hefe"),
        ("Was ist Hefe?", "ein Beispiel?", "Ein Beispiel für Hefe"),
        ("Was ist Hefe?", "Was kostet sie?", "Was kostet Hefe?"),
        ("Unterschied zwischen Hefe und Krume", "das zweite", "Was ist Krume?"),
        (
            "Unterschied zwischen Hefe und Krume",
            "Welche davon ist teurer?",
            "Was ist teurer, Hefe oder Krume?",
        ),
    ],
)
def test_terms_are_spoken_of_in_german(
    bakery: Index, before: str, question: str, complete: str
) -> None:
    assert read(question, [before], bakery).text == complete


@pytest.fixture(scope="module")
def bakery(indexed: Indexed) -> Iterator[Index]:
    said = {"Hefe": "Hefe lockert den Teig.", "Krume": "Die Krume ist das Innere des Brotes."}
    entries = [Entry(name, name, "brot", (Section("text", text),)) for name, text in said.items()]
    identity = Identity("Brot", language="de")
    with closing(
        Index(indexed(KnowledgeBase(entries, (Category("brot", "Brot", 0),), identity)))
    ) as index:
        yield index
