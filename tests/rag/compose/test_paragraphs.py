from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from indexes import Indexed

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.rag.answer import Part
from entrywise.rag.compose.draft import Draft

Composing = Callable[[str, Index], Draft]


def headings(parts: Sequence[Part]) -> list[str | None]:
    return [part.heading for part in parts]


def test_what_else_is_told_of_a_term_stands_under_what_it_tells(
    composed: Composing, glossary_index: Index
) -> None:
    parts = composed("what is GQA", glossary_index).parts

    assert headings(parts) == [
        *(None, "How it works", "Memory and cost", "Conversion", "Where it is used"),
        "Technical details",
    ]
    aspects = [part.aspect for part in parts]
    assert aspects == ["definition", "mechanism", "cost", "definition", "use", "notes"]
    assert parts[0].text.endswith("sharing one key and one value head.")
    assert parts[4].text.startswith("It is the dominant attention variant")


def test_examples_and_what_helps_have_headings_too(
    composed: Composing, glossary_index: Index
) -> None:
    parts = composed("what is a hallucination", glossary_index).parts
    assert headings(parts) == [None, "Examples", "Why", "What helps"]
    assert [part.aspect for part in parts] == ["definition", "example", "reason", "remedy"]


def test_what_answers_has_no_heading_and_what_it_is_has_one_behind_it(
    composed: Composing, glossary_index: Index
) -> None:
    first, second, *_ = composed("why per-group quantization", glossary_index).parts

    assert first.text.startswith("With only 16 levels available")
    assert (first.heading, second.heading) == (None, "What it is")
    assert second.text.startswith("Per-group quantization is a technique")


def test_a_single_paragraph_and_several_entries_have_no_such_headings(
    composed: Composing, glossary_index: Index
) -> None:
    assert headings(composed("what is a system prompt", glossary_index).parts) == [None]
    several = composed("how much memory does GQA save", glossary_index)
    assert headings(several.parts) == ["GQA", "MQA", "MLA"]


def test_headings_are_in_the_language_of_the_entries_or_in_the_words_of_their_author(
    composed: Composing, indexed: Indexed
) -> None:
    text = (
        "Blanchieren ist das kurze Kochen von Gemüse in sprudelndem Wasser. "
        "Es wird vor allem vor dem Einfrieren von Bohnen und Spinat verwendet. "
        "Man blanchiert in Salzwasser, in Essigwasser oder im heißen Dampf."
    )
    told = ((text.index("Es wird"), "use"), (text.index("Man"), "Sorten"))
    entry = Entry("b", "Blanchieren", "k", (Section("text", text, tells=told),))
    german = Identity(title="Küche", language="de")
    kitchen = KnowledgeBase((entry,), (Category("k", "Küche", 0),), german)
    with closing(Index(indexed(kitchen))) as index:
        parts = composed("Was ist Blanchieren?", index).parts
    assert headings(parts) == [None, "Wo es verwendet wird", "Sorten"]
    assert [part.aspect for part in parts] == ["definition", "use", "definition"]
