from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from indexes import Indexed
from quoted import quoted_characters
from stages import evidence, found

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.rag.answer import Reference
from entrywise.rag.assistant import Assistant
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.suggestions import references, suggestions
from entrywise.rag.render.answer import Answer


def citing(index: Index, *entries: str) -> Draft:
    draft = Draft(index.entries)
    for entry in entries:
        draft.quote([evidence("x", index).of(index.ordinals[entry]).lead])
    return draft


def suggested(draft: Draft, text: str, index: Index, near: int = 10) -> tuple[str, ...]:
    findings = found(text, index, near)
    return suggestions(draft, findings, evidence(findings.question, index), index)


def beside(index: Index, *entries: str) -> tuple[str, ...]:
    return suggested(citing(index, *entries), "x", index, near=3)


def test_the_neighbour_of_a_single_entry_is_to_be_compared(small_index: Index) -> None:
    assert beside(small_index, "gqa")[-1] == "Difference between GQA and MLA"


def test_what_was_cited_is_not_explained(small_index: Index) -> None:
    assert not any(one.startswith("Explain") for one in beside(small_index, "gqa", "mla"))


def test_an_entry_is_asked_for_what_was_not_quoted_yet(small_index: Index) -> None:
    side = evidence("x", small_index).of(small_index.ordinals["lora"])
    draft = citing(small_index, "lora")
    asked = ("How does LoRA work?", "Tell me more about LoRA")

    assert suggested(draft, "what is LoRA?", small_index) == asked
    # Who asked how it works asks for something else next.
    assert suggested(draft, "how does LoRA work?", small_index)[-1:] == asked[-1:]
    assert asked[0] not in suggested(draft, "how does LoRA work?", small_index)
    draft.quote(side.sentences)
    assert suggested(draft, "what is LoRA?", small_index) == ()


def test_what_stands_under_a_heading_is_not_asked_for_again(small_index: Index) -> None:
    side = evidence("x", small_index).of(small_index.ordinals["lora"])
    draft = citing(small_index, "lora")
    mechanism = next(one for one in side.sentences if "mechanism" in one.fits and one != side.lead)

    assert "How does LoRA work?" in suggested(draft, "what is LoRA?", small_index)
    draft.quote([mechanism], heading="How it works", aspect="mechanism")
    assert "How does LoRA work?" not in suggested(draft, "what is LoRA?", small_index)


def test_what_a_quote_tells_is_not_asked_for_again(assistant: Assistant) -> None:
    answer = assistant.ask("when would I use DPO instead of PPO")
    assert answer.citations[0].quote.startswith("DPO suits ")
    assert answer.suggestions
    assert not any(one.startswith("When should") for one in answer.suggestions)


def test_no_row_of_a_comparison_is_asked_for_again(
    composed: Callable[[str, Index], Draft], glossary_index: Index
) -> None:
    text = "difference between GQA and MLA"
    draft = composed(text, glossary_index)
    rows = {row.aspect for part in draft.parts for row in part.rows}

    assert {"How it works", "Memory and cost"} <= rows
    asked = " ".join(suggested(draft, text, glossary_index))
    assert "work?" not in asked
    assert "memory and cost" not in asked


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ("chain-of-thought", "How does Chain-of-Thought work?"),
        ("inference-metrics", "How do Inference Metrics work?"),
        ("ple", "What about the memory and cost of PLE?"),
    ],
)
def test_what_is_asked_of_several_things_is_in_the_plural(
    glossary_index: Index, entry: str, asked: str
) -> None:
    name = glossary_index.entry(entry).short_name
    assert asked in Assistant(glossary_index).ask(f"what is {name}").suggestions


def test_more_of_a_subject_leads_on_to_others(assistant: Assistant) -> None:
    more = assistant.ask("more", history=["what is LoRA", "more", "more"])
    assert more.citations
    assert more.suggestions[0].startswith("Difference between LoRA and ")
    assert "Explain LoRA" not in more.suggestions


def test_each_of_several_is_asked_for_what_was_not_quoted_yet(small_index: Index) -> None:
    draft = citing(small_index, "gqa", "lora")
    asked = ("How does GQA work?", "How does LoRA work?")
    assert suggested(draft, "x", small_index, near=3) == asked
    for entry in ("gqa", "lora"):
        draft.quote(evidence("x", small_index).of(small_index.ordinals[entry]).sentences)
    assert suggested(draft, "x", small_index, near=3) == ()


def test_what_quotes_name_is_to_be_explained_and_no_other_neighbour(indexed: Indexed) -> None:
    def entry(name: str, text: str, *others: str) -> Entry:
        return Entry(name.lower(), name, name.lower(), (Section("text", text),), related=others)

    entries = (
        entry("Dough", "Dough is flour that is kneaded with Yeast.", "butter", "yeast"),
        entry("Yeast", "Yeast is a fungus that raises what it is kneaded into."),
        entry("Butter", "Butter is fat of milk, churned until it is firm."),
    )
    kinds = tuple(Category(one.category, one.name, 0) for one in entries)
    with closing(Index(indexed(KnowledgeBase(entries, kinds)))) as index:
        assert beside(index, "dough") == ("Explain Yeast",)
        assert beside(index, "yeast") == ()


def test_in_another_language_questions_are_made_of_its_names(indexed: Indexed) -> None:
    def entry(name: str, text: str, *others: str) -> Entry:
        return Entry(name.lower(), name, "brot", (Section("text", text),), related=others)

    long = "Sie lockert Teige. Man kauft sie frisch. Ein Würfel kostet wenig. Sie mag es warm."
    entries = (
        entry("Hefe", "Hefe ist ein Pilz, der nach Autolyse wirkt.", "sauerteig"),
        entry("Sauerteig", f"Sauerteig ist ein Teig. {long}", "hefe"),
        entry("Autolyse", "Autolyse lässt den Teig ruhen.", "hefe"),
    )
    base = KnowledgeBase(
        entries, (Category("brot", "Brot", 0),), Identity("Brot", language="de_AT")
    )
    with closing(Index(indexed(base))) as index:
        asked = ("Unterschied zwischen Hefe und Sauerteig", "Was ist Autolyse?")
        assert beside(index, "hefe") == asked
        assistant = Assistant(index, threshold=0)
        for question in asked:
            assert assistant.ask(question).citations


def test_without_a_citation_the_nearest_entries_are_suggested(small_index: Index) -> None:
    text = "do query heads share key heads in FooBarNet?"
    assert suggested(Draft(small_index.entries), text, small_index) == ("Explain GQA",)


def test_where_no_entry_is_near_nothing_is_suggested(small_index: Index) -> None:
    assert suggested(Draft(small_index.entries), "who won the cup", small_index) == ()


def test_what_is_nearest_to_the_question_comes_first(glossary_index: Index) -> None:
    draft = citing(glossary_index)
    for entry in ("gqa", "lora"):
        draft.quote(evidence("x", glossary_index).of(glossary_index.ordinals[entry]).sentences)
    names = {glossary_index.entries[n].short_name: n for n in range(len(glossary_index.entries))}
    for question in ("the KV cache", "fine-tuning adapters"):
        near = [one.entry for one in found(question, glossary_index, near=254).candidates]
        asked = suggested(draft, question, glossary_index, near=254)
        places = [near.index(names[text.removeprefix("Explain ")]) for text in asked]

        assert len(places) == 3
        assert places == sorted(places)


def test_of_parts_of_a_name_nobody_asks_how_they_work(glossary_index: Index) -> None:
    answer = Assistant(glossary_index).ask("Llama-3-8B-Instruct-AWQ")
    assert answer.intent == "decode"
    assert answer.suggestions[:2] == (
        "Tell me more about meta-llama",
        "Tell me more about B (Billion)",
    )


@dataclass(frozen=True)
class Step:
    """From "what is X" to something that is suggested after it."""

    entry: str
    first: Answer
    suggestion: str
    next: Answer


@pytest.fixture(scope="module")
def steps(glossary_index: Index) -> list[Step]:
    """All that is suggested after "what is X" for each of the 254 entries, asked."""
    assistant = Assistant(glossary_index)
    taken = []
    for ordinal, entry in enumerate(glossary_index.catalog.ids):
        question = f"what is {glossary_index.entries[ordinal].short_name}"
        first = assistant.ask(question)
        for suggestion in first.suggestions:
            after = assistant.ask(suggestion, history=[question])
            taken.append(Step(entry, first, suggestion, after))
    return taken


@pytest.mark.slow
def test_every_suggestion_is_answered(steps: list[Step]) -> None:
    assert len(steps) > 254
    refused = [one for one in steps if not (one.next.answered and one.next.citations)]
    assert [(one.entry, one.suggestion) for one in refused] == []


@pytest.mark.slow
def test_a_question_that_asks_deeper_leads_to_what_was_not_quoted(steps: list[Step]) -> None:
    deeper = [one for one in steps if not one.suggestion.startswith(("Explain", "Difference"))]
    leading = [
        one
        for one in deeper
        if quoted_characters(one.next) - quoted_characters(one.first)
        and one.entry in {e for e, *_ in quoted_characters(one.next)}
    ]
    # Fewer than entries, as notes that are quoted whole leave nothing to tell.
    assert len(deeper) > 80
    assert len(leading) > 0.8 * len(deeper)


def test_the_references_of_a_cited_entry_come_once(small_index: Index) -> None:
    draft = citing(small_index, "gqa", "lora")
    draft.citations.append(replace(draft.citations[0], number=3))

    url = "https://arxiv.org/abs/2305.13245"
    title = "GQA: Training Generalized Multi-Query Transformer Models"
    assert references(draft, small_index) == (
        Reference("gqa", "paper", f"{title} (Ainslie et al., EMNLP 2023)", url),
        Reference("gqa", "resource", "The paper", url),
        Reference("gqa", "source", url),
    )
