from __future__ import annotations

from collections.abc import Callable

import pytest
from stages import candidates, found, understood

from entrywise.index.index import Index
from entrywise.rag.judge.selection import LISTED, QUOTED, Findings, candidate_signs, near_entries
from entrywise.rag.understand.mention import Mention


def chosen(text: str, index: Index) -> list[str]:
    return [index.catalog.ids[entry] for entry in found(text, index).quoted]


def test_a_question_for_one_thing_quotes_that(glossary_index: Index) -> None:
    assert chosen("what is RoPE?", glossary_index) == ["rope"]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("which kinds of sampling are there besides greedy?", "temperature top-p"),
        ("which kinds of attack make a chatbot ignore its rules?", "jailbreak prompt-injection"),
        ("what is GQA good for, and what is MLA?", "gqa mla"),
    ],
)
def test_a_question_that_several_answer_quotes_them(
    glossary_index: Index, text: str, entries: str
) -> None:
    assert set(entries.split()) <= set(chosen(text, glossary_index))


def test_what_a_definition_is_asked_in_is_not_quoted(glossary_index: Index) -> None:
    batching = ["continuous-batching"]
    assert chosen("what is continuous batching in vLLM?", glossary_index) == batching
    assert "tool-vllm" in chosen("what is continuous batching, and vLLM?", glossary_index)
    # It is what is asked about elsewhere.
    assert "tool-vllm" in chosen("how do I use continuous batching in vLLM?", glossary_index)


def test_there_is_always_one_and_never_more_than_wanted(glossary_index: Index) -> None:
    assert len(chosen("xyzzy", glossary_index)) >= 1
    assert len(chosen("how can a model be fine-tuned cheaply?", glossary_index)) == QUOTED
    assert len(chosen("which fine-tuning methods are there?", glossary_index)) <= LISTED
    assert found("xyzzy", glossary_index, near=0).quoted == []


def test_every_candidate_is_relevant_with_a_probability(glossary_index: Index) -> None:
    findings = found("what is RoPE?", glossary_index)
    assert list(findings.relevance) == [candidate.entry for candidate in findings.candidates]
    assert all(0 < probability < 1 for probability in findings.relevance.values())
    assert max(findings.relevance, key=findings.relevance.__getitem__) == findings.quoted[0]


def test_the_signs_say_what_retrieval_knows_of_a_candidate(small_index: Index) -> None:
    question = understood("GQA and heads", small_index)
    best, second, *_ = candidates(question.text, small_index)
    signs = candidate_signs(second, best, question)._asdict()
    assert signs["ratio"] == second.score / best.score
    assert (signs["named"], candidate_signs(best, best, question).named) == (0.0, 1.0)
    assert (signs["score"], signs["parts"], signs["votes"], signs["linked"]) == (
        second.score,
        second.parts,
        second.near.votes,
        second.linked,
    )


def test_the_owner_of_a_name_is_the_one_retrieved_first(
    find: Callable[[str, Index], Findings], small_index: Index
) -> None:
    found = find("what is GQA?", small_index)
    best, second, *_ = (candidate.entry for candidate in found.candidates)

    def owner(owners: dict[int, float]) -> int | None:
        return found.owner(Mention("x", 0, 1, "name", owners))

    assert owner({second: 1.0, best: 0.8}) == best
    assert owner({98: 0.8, 99: 1.0}) == 99
    assert owner({best: 0.5, second: 0.8}) == second
    assert owner({best: 0.5}) is None
    assert owner({}) is None


@pytest.mark.parametrize(
    "question",
    [
        "what is DeBERTa",
        "best pizza in Rome",
        "who won the world cup",
        "how do I cook rice",
        "what is Foobarizer",
    ],
)
def test_a_question_from_far_off_has_no_nearest_entry(glossary_index: Index, question: str) -> None:
    assert near_entries(found(question, glossary_index), glossary_index) == []


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Which model is number one on Chatbot Arena this week?", "chatbot-arena"),
        ("how do i change the folder where ollama stores its models on windows", "tool-ollama"),
        ("RLOO or plain REINFORCE with a baseline for LLM alignment?", "rlhf"),
    ],
)
def test_a_question_of_the_field_has_one(glossary_index: Index, question: str, entry: str) -> None:
    near = near_entries(found(question, glossary_index), glossary_index)
    assert glossary_index.ordinals[entry] in [one.entry for one in near]
