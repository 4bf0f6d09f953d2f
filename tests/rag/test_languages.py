"""Nothing in the engine breaks on a knowledge base that is not in English: sentences, words, names,
refusals. The encoder of these tests knows English alone; names and words carry them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from entrywise import Answer
from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant


@dataclass(frozen=True)
class Spoken:
    """A small knowledge base in a language, and what is asked of it."""

    tag: str
    entries: dict[str, str]
    asked: str
    """By a name."""
    told: str
    by_words: str
    """By words of a text alone."""
    sentences: int


GERMAN = Spoken(
    "de",
    {
        "Kettenöl": "Kettenöl schützt die Fahrradkette vor Rost. Es wird z. B. nach jeder Fahrt im "
        "Regen aufgetragen. Überschüssiges Öl wischt man mit einem Tuch ab.",
        "Felgenbremse": "Die Felgenbremse drückt zwei Bremsklötze gegen die Felge. Bei Nässe wird "
        "der Bremsweg länger.",
        "Nabendynamo": "Ein Nabendynamo erzeugt den Strom für das Licht. Er sitzt im Vorderrad.",
    },
    "Was ist ein Nabendynamo?",
    "Ein Nabendynamo erzeugt den Strom für das Licht.",
    "Was drückt die Bremsklötze gegen die Felge?",
    7,
)
CHINESE = Spoken(
    "zh",
    {
        "绿茶": "绿茶是不发酵的茶。冲泡绿茶的水温是八十度。",
        "普洱茶": "普洱茶产于云南。它要经过后发酵，可以存放很多年。",
        "乌龙茶": "乌龙茶是半发酵的茶。铁观音是一种乌龙茶。",
    },
    "普洱茶是什么？",
    "普洱茶产于云南。",
    "水温是八十度",
    6,
)
ARABIC = Spoken(
    "ar",
    {
        "القهوة": "القهوة مشروب يحضر من حبوب البن المحمصة. تحتوي القهوة على الكافيين.",
        "الشاي": "الشاي مشروب يحضر من أوراق نبات الشاي. يشرب الشاي ساخنا مع النعناع.",
        "التمر": "التمر ثمرة النخيل. يؤكل التمر طازجا أو مجففا.",
    },
    "ما هو التمر؟",
    "التمر ثمرة النخيل.",
    "حبوب البن المحمصة",
    6,
)
SPOKEN = pytest.mark.parametrize("spoken", [GERMAN, CHINESE, ARABIC], ids=lambda one: one.tag)


@pytest.fixture
def ask(
    indexed: Callable[[KnowledgeBase], Path], request: pytest.FixtureRequest
) -> Callable[[Spoken], Assistant]:
    def opened(spoken: Spoken) -> Assistant:
        entries = tuple(
            Entry(f"e{number}", name, "c", (Section("text", text),))
            for number, (name, text) in enumerate(spoken.entries.items())
        )
        index = indexed(KnowledgeBase(entries, (Category("c", "C", 0),)))
        # Confidence was fitted to English questions: "what is" adds to it, "was ist" does not.
        assistant = Assistant.open(index=index, threshold=0.3)
        request.addfinalizer(assistant.close)
        return assistant

    return opened


@SPOKEN
def test_the_language_is_told_and_texts_are_cut_in_it(
    spoken: Spoken, ask: Callable[[Spoken], Assistant]
) -> None:
    index = ask(spoken).index
    assert index.manifest.identity.language == spoken.tag
    assert len(index.sentences) == spoken.sentences


@SPOKEN
def test_an_entry_is_found_by_its_name(spoken: Spoken, ask: Callable[[Spoken], Assistant]) -> None:
    assistant = ask(spoken)
    answer = assistant.ask(spoken.asked)
    assert answer.status == "answered"
    assert spoken.told in answer.text
    assert all(citation.quote in spoken.entries[citation.title] for citation in answer.citations)


@SPOKEN
def test_an_entry_is_found_by_the_words_of_its_text(
    spoken: Spoken, ask: Callable[[Spoken], Assistant]
) -> None:
    assistant = ask(spoken)
    best = assistant.search(spoken.by_words, 1)[0]
    assert best.why["words"] > 0
    (name,) = [n for n, text in spoken.entries.items() if _held(spoken.by_words, text)]
    assert assistant.index.entry(best.entry).name == name


def _held(asked: str, text: str) -> bool:
    return asked in text or ("Bremsklötze" in asked and "Bremsklötze" in text)


def _last_notice(answer: Answer) -> str:
    return [part.text for part in answer.parts if part.kind == "notice"][-1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie funktioniert die Aufmerksamkeit in solchen Netzen?", "German"),
        # Most of its words are known, and they ask in German.
        ("wo ist die GQA", "German"),
        ("comment réparer la chaîne de mon vélo quand elle saute", "French"),
        ("红烧肉怎么做？", "Chinese"),
        ("كيف أطبخ الأرز؟", "Arabic"),
    ],
)
def test_a_question_in_another_language_is_told_so(
    small_index: Index, text: str, language: str
) -> None:
    answer = Assistant(small_index).ask(text)
    assert answer.status == "abstained"
    said = f"The question seems to be in {language}; the knowledge base is in English."
    assert _last_notice(answer) == said


@pytest.mark.parametrize("text", ["how do you splice three-strand rope", "Bzzt?", "42"])
def test_a_question_in_the_same_language_or_in_none_is_not(small_index: Index, text: str) -> None:
    answer = Assistant(small_index).ask(text)
    assert answer.status == "abstained"
    assert "The question seems to be in" not in answer.text
