from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from indexes import Indexed
from stages import evidence

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.compose.shapes.abstention import abstain
from entrywise.rag.judge.selection import Findings

Finding = Callable[..., Findings]


def notices(found: Findings, index: Index) -> list[str]:
    draft = abstain(found, evidence(found.question, index), index)
    assert draft.citations == []
    assert {part.kind for part in draft.parts} == {"notice"}
    return [part.text for part in draft.parts]


def test_what_is_unknown_is_named(find: Finding, small_index: Index) -> None:
    (said,) = notices(find("compare Foo2Bar and BazQuux", small_index), small_index)

    assert said == "The knowledge base says nothing about “Foo2Bar” or “BazQuux”."


def test_without_a_name_the_question_is_withheld_as_a_whole(
    find: Finding, small_index: Index
) -> None:
    (said,) = notices(find("who won the cup", small_index), small_index)

    assert said == "Nothing in the knowledge base answers this question."


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("best pizza in Rome", ["pizza", "Rome"]),
        ("how do I moor a barge at the quay in 2031?", ["moor", "barge", "quay"]),
        ("knit, weave, crochet or embroider Quuxnet?", ["knit", "weave", "Quuxnet"]),
        ("what is query quuxing?", ["quuxing"]),
        ("wie konfiguriere ich eine Datenbank?", ["Datenbank"]),
    ],
)
def test_words_that_no_text_has_are_named(
    question: str, absent: list[str], find: Finding, small_index: Index
) -> None:
    said = notices(find(question, small_index), small_index)
    *others, last = (f"“{name}”" for name in absent)
    names = f"{', '.join(others)} or {last}" if others else last
    assert said[0] == f"The knowledge base says nothing about {names}."


def test_what_documents_lack_is_named_too(find: Finding, harbour_index: Index) -> None:
    said = notices(find("how do I configure kubernetes ingress?", harbour_index), harbour_index)
    assert said[0].endswith(" “kubernetes” or “ingress”.")
    said = notices(find("wie konfiguriere ich eine datenbank?", harbour_index), harbour_index)
    assert said[0] == "Nothing in the knowledge base answers this question."
    assert "seems to be in German" in said[1]


def test_of_other_languages_names_alone_are(indexed: Indexed) -> None:
    leave = Section("text", "Alle haben 28 Tage im Jahr. Der Antrag geht an die Leitung.")
    entries = (Entry("urlaub", "Urlaub", "c", (leave,)),)
    known = KnowledgeBase(entries, identity=Identity("Heft", language="de"))
    with Assistant(Index(indexed(known)), threshold=1.0) as assistant:
        said = assistant.ask("wo kann ich einen Hubschrauber mieten?").parts[0].text
    assert "Hubschrauber" in said
    assert "kann" not in said
    assert "„ich“" not in said


def test_only_what_is_near_is_offered(find: Finding, small_index: Index) -> None:
    _, near = notices(
        find("do query heads share key heads in FooBarNet?", small_index), small_index
    )

    assert near == "Nearest entries: GQA."


def test_with_nothing_found_nothing_is_offered(find: Finding, small_index: Index) -> None:
    assert len(notices(find("what is Foobarizer?", small_index, near=0), small_index)) == 1


def test_what_is_only_mentioned_is_named_as_such(find: Finding, small_index: Index) -> None:
    _, mentioned = notices(find("what is MQA?", small_index), small_index)
    assert mentioned == "“MQA” is mentioned, but has no entry of its own."


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("hello", "Hello. I answer questions from LLM Reference (254 entries)"),
        ("thanks!", "You are welcome."),
        ("what can you do?", "I answer questions from LLM Reference (254 entries)"),
        ("how many terms do you know?", "LLM Reference has 254 entries."),
        ("what is 2+2", "Nothing is calculated here"),
        ("and of which of them?", "What is this about? Name the topic."),
    ],
)
def test_who_asks_the_assistant_itself_is_told_of_it(
    question: str, said: str, find: Finding, glossary_index: Index
) -> None:
    (text,) = notices(find(question, glossary_index), glossary_index)
    assert text.startswith(said)


def test_the_nearest_sentences_are_kept_word_for_word(find: Finding, glossary_index: Index) -> None:
    question = find("how do I fine-tune Whisper with LoRA for speech?", glossary_index)
    closest = abstain(question, evidence(question.question, glossary_index), glossary_index).closest

    assert 1 <= len(closest) <= 2
    for one in closest:
        text = glossary_index.entry(one.entry).text(one.section)
        assert text[one.start : one.end] == one.quote


def test_an_abbreviation_that_may_be_meant_is_offered(find: Finding, glossary_index: Index) -> None:
    said = notices(find("what is LPE?", glossary_index), glossary_index)
    assert "Did you mean: what is Learned Position Embeddings?" in said


def test_who_asks_what_documents_hold_is_told_some_pages(
    find: Finding, harbour_index: Index
) -> None:
    _, pages = notices(find("what can you do?", harbour_index), harbour_index)
    assert pages.startswith("Among its pages: ")
    assert harbour_index.entries[0].short_name in pages


def test_of_many_unknown_names_the_first_are_listed(find: Finding, small_index: Index) -> None:
    names = [f"Foo{number}Bar" for number in range(9)]
    (said,) = notices(find(f"compare {' and '.join(names)}", small_index), small_index)
    assert said.endswith("“Foo3Bar”, “Foo4Bar” or 4 more.")


def test_where_an_answer_is_likely_the_best_section_is_near_whatever_its_cosine(
    find: Finding, harbour_index: Index
) -> None:
    found = find("is the crane painted on Sundays", harbour_index)
    seen = evidence(found.question, harbour_index)
    far = [replace(one, hit=one.hit._replace(cosine=0.1)) for one in found.excerpts]
    found = replace(found, excerpts=far)

    assert abstain(found, seen, harbour_index, 0.49).closest == []
    (nearest,) = abstain(found, seen, harbour_index, 0.5).closest
    assert nearest.entry == harbour_index.entries[far[0].hit.entry].id


def test_a_refusal_in_the_language_of_the_index_loads_no_classifier(small_root: Path) -> None:
    program = (
        "import sys\n"
        "from entrywise import Assistant\n"
        "with Assistant.open(sys.argv[1]) as assistant:\n"
        "    answer = assistant.ask('what is the capital of Peru?')\n"
        "sys.exit(answer.status != 'abstained' or 'py3langid' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(small_root)], check=True)
