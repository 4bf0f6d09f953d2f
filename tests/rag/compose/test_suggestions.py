from __future__ import annotations

from dataclasses import replace

from stages import evidence, found

from entrywise.index.index import Index
from entrywise.rag.answer import Reference
from entrywise.rag.assistant import Assistant
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.suggestions import references, suggestions


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
    assert beside(small_index, "gqa") == ("Difference between GQA and MLA",)


def test_what_was_cited_is_not_suggested(small_index: Index) -> None:
    assert beside(small_index, "gqa", "mla") == ()
    assert beside(small_index, "lora") == ()


def test_a_neighbour_of_one_of_several_is_to_be_explained(small_index: Index) -> None:
    assert beside(small_index, "gqa", "lora") == ("Explain MLA",)


def test_without_a_citation_the_nearest_entries_are_suggested(small_index: Index) -> None:
    text = "do query heads share key heads in FooBarNet?"
    assert suggested(Draft(small_index.entries), text, small_index) == ("Explain GQA",)


def test_where_no_entry_is_near_nothing_is_suggested(small_index: Index) -> None:
    assert suggested(Draft(small_index.entries), "who won the cup", small_index) == ()


def test_neighbours_nearest_to_the_question_come_first(glossary_index: Index) -> None:
    draft = citing(glossary_index, "gqa", "lora")
    neighbours = {
        glossary_index.entry(other).short_name: other
        for entry in ("gqa", "lora")
        for other in glossary_index.entry(entry).related
    }
    for question in ("the KV cache", "fine-tuning adapters"):
        near = found(question, glossary_index, near=254)
        places = [glossary_index.catalog.ids[candidate.entry] for candidate in near.candidates]
        explained = suggested(draft, question, glossary_index, near=254)
        order = [places.index(neighbours[text.removeprefix("Explain ")]) for text in explained]

        assert len(order) == 3
        assert order == sorted(order)


def test_every_suggestion_is_answered(assistant: Assistant) -> None:
    for question in ("what is GQA?", "a good SWE-bench Verified score?", "what is LoRA?"):
        answer = assistant.ask(question)
        assert len(answer.suggestions) == 3
        for suggestion in answer.suggestions:
            assert assistant.ask(suggestion).answered, suggestion


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
