from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from indexes import Indexed, write_texts

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.judge.calibration.own_questions import answerable, everyday, unanswered


def test_a_section_is_asked_for_by_its_heading_and_by_half_of_a_sentence(
    harbour_index: Index,
) -> None:
    asked = answerable(harbour_index)
    assert {one.unit for one in asked} == set(range(len(harbour_index.units)))
    headings = {
        section.path[-1]
        for entry in harbour_index.entries
        for section in entry.sections
        if section.path
    }
    assert headings <= {one.text for one in asked}
    text = " ".join(
        block.plain for e in harbour_index.entries for s in e.sections for block in s.blocks
    )
    assert not [one.text for one in asked if len(one.text.split()) > 3 and one.text in text]


def test_of_a_page_in_several_versions_the_newest_asks(indexed: Indexed, tmp_path: Path) -> None:
    text = "# Ropes\n\nRopes of hemp float on the water, and ropes of nylon sink at once.\n"
    pages = {f"v{version}/ropes.md": text for version in (1, 2, 10)}
    write_texts(tmp_path, {**pages, "oars.md": text.replace("opes", "ars")})
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        units = {one.unit for one in answerable(index)}
        made_of = [index.entries[index.units[unit, 0]].id for unit in units if unit is not None]
    assert sorted(made_of) == ["oars", "v10/ropes"]


def test_a_glossary_is_asked_by_names_and_ways_of_asking(glossary_index: Index) -> None:
    asked = answerable(glossary_index)
    names = [
        one for one in asked if one.unit is not None and one.text == name(glossary_index, one.unit)
    ]
    assert len(names) == 40
    assert 150 < len(asked) - len(names) <= 160
    assert len(unanswered(glossary_index)) == 50


def name(index: Index, unit: int) -> str:
    return index.entries[unit].name


def test_the_same_index_asks_the_same_questions(glossary_index: Index) -> None:
    assert answerable(glossary_index) == answerable(glossary_index)


def test_what_it_says_something_about_is_no_question_of_another_field(
    small_index: Index, harbour_index: Index
) -> None:
    asked = [one.text for one in everyday(small_index)]
    assert "How far away is the moon?" in asked
    assert len(asked) > 20
    assert all(one.unit is None for one in everyday(harbour_index))


def test_what_a_page_is_about_is_no_question_of_another_field(
    indexed: Indexed, knowledge_base: KnowledgeBase
) -> None:
    eggs = Entry(
        id="eggs",
        name="Soft eggs",
        category="training",
        sections=(Section("oneliner", "Boil an egg so long that its yolk stays soft."),),
    )
    kitchen = replace(knowledge_base, entries=(*knowledge_base.entries, eggs))
    with closing(Index(indexed(kitchen))) as index:
        left = [one.text for one in everyday(index)]
    assert len(left) < 24
    assert not [text for text in left if "egg" in text]


def in_language(knowledge_base: KnowledgeBase, language: str, *texts: str) -> KnowledgeBase:
    """Entries in a language, each of one text."""
    entries = tuple(
        Entry(
            id=f"e{number}",
            name=f"E{number}",
            category="training",
            sections=(Section("oneliner", text),),
        )
        for number, text in enumerate(texts)
    )
    identity = replace(knowledge_base.identity, language=language)
    return replace(knowledge_base, entries=entries, identity=identity)


def test_questions_of_other_fields_are_in_the_language_of_the_knowledge_base(
    indexed: Indexed, knowledge_base: KnowledgeBase
) -> None:
    german = in_language(
        knowledge_base,
        "de-AT",
        "Ein Rotweinfleck geht mit Salz heraus, aus dem weißen Hemd wie aus dem Tischtuch.",
        "Der Beutel des Staubsaugers wird gewechselt, wenn die Anzeige leuchtet.",
        "Fenster putzt man an trüben Tagen mit Wasser und etwas Spiritus.",
    )
    with closing(Index(indexed(german))) as index:
        asked = [one.text for one in everyday(index)]
    assert "Wie weit ist der Mond entfernt?" in asked
    # "Ich … einen … einem" is how it is asked, and "bekomme" another form of what may be said.
    assert len(asked) == 23
    assert not [text for text in asked if "Hemd" in text]


def test_in_a_language_without_everyday_questions_none_is_asked(
    indexed: Indexed, knowledge_base: KnowledgeBase
) -> None:
    basque = in_language(knowledge_base, "eu", "Arrautza bost minutuz egosten da.")
    with closing(Index(indexed(basque))) as index:
        assert everyday(index) == []


def test_what_cannot_be_asked_is_passed_over(
    indexed: Indexed, knowledge_base: KnowledgeBase
) -> None:
    odd = [
        Entry(id="odd", name="…", category="training", sections=(Section("oneliner", "A text."),)),
        Entry(
            id="long",
            name="word " * 3_000,
            category="training",
            sections=(Section("oneliner", "A text."),),
        ),
    ]
    with closing(Index(indexed(replace(knowledge_base, entries=tuple(odd))))) as index:
        assert answerable(index) == []
