"""Sentences with compound names in them, as people ask in forums and issue trackers.

`names_in_questions.jsonl` has for each the intent, entries that have to be among the first five,
and whether the name is what is asked (`decodes`) or a subject beside others.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.retrieval import look_up
from entrywise.rag.render.answer import Answer

LINES = Path(__file__).with_name("names_in_questions.jsonl").read_text("utf-8").splitlines()
SENTENCES: list[dict[str, Any]] = [json.loads(line) for line in LINES]

# What fails is told by running this with -rA: a table of what people write is never read in full.
SHARE = 0.95


def fails(sentence: dict[str, Any], index: Index) -> str:
    """What is wrong with how a sentence is understood; empty when nothing is."""
    question, found = look_up(sentence["question"], index, domain_of(index), 5)
    first = [index.catalog.ids[candidate.entry] for candidate in found]
    wrong = [f"not {entry}" for entry in sentence["entries"] if entry not in first]
    if (question.intent == "decode") != sentence["decodes"]:
        wrong.append("taken apart" if question.intent == "decode" else "not taken apart")
    if question.intent != sentence["intent"]:
        wrong.append(f"{question.intent}, not {sentence['intent']}")
    return ", ".join(wrong)


def test_the_sentences_are_many_of_many_makers_and_half_ask_for_the_name() -> None:
    makers = {
        maker.lower()
        for sentence in SENTENCES
        for maker in re.findall(r"([\w-]+)/[\w.-]+", sentence["question"])
    }
    assert len({sentence["question"] for sentence in SENTENCES}) == len(SENTENCES) >= 100
    assert len(makers) >= 25
    asked = sum(sentence["decodes"] for sentence in SENTENCES)
    assert 0.45 < asked / len(SENTENCES) < 0.55


def test_a_name_is_taken_apart_where_it_is_asked_for_and_is_a_subject_elsewhere(
    glossary_index: Index,
) -> None:
    wrong = {
        sentence["question"]: told
        for sentence in SENTENCES
        if (told := fails(sentence, glossary_index))
    }
    print(*(f"{question}: {told}" for question, told in wrong.items()), sep="\n")
    assert 1 - len(wrong) / len(SENTENCES) >= SHARE


@pytest.mark.parametrize(
    ("question", "entry", "held"),
    [
        ("does Llama-3-8B use GQA?", "gqa", "Llama 3"),
        ("how do I fine-tune Llama-3.1-8B-Instruct with QLoRA", "qlora", "QLoRA"),
        ("can I run Llama-3-70B-Q4_K_M.gguf on a 24 GB GPU?", "gpu-memory", "24 GB"),
        ("can I run Qwen2.5-32B-Instruct Q4_K_M on 16 GB", "model-size-memory", "4-bit"),
        ("is 12 GB enough for Mistral-7B-Instruct-v0.2-GPTQ", "model-size-memory", "4-bit"),
        ("how does the router of Qwen3-235B-A22B choose experts", "expert-routing", "top-k"),
        (
            "how much memory does the KV cache need for Llama-2-7B at 4096 tokens?",
            "kv-cache",
            "Llama 2 7B",
        ),
    ],
)
def test_what_is_asked_of_a_model_is_answered_first_and_its_name_is_no_table(
    assistant: Assistant, question: str, entry: str, held: str
) -> None:
    answer = assistant.ask(question)

    assert answer.citations[0].entry == entry
    assert held in answer.text
    assert "table" not in {part.kind for part in answer.parts}
    assert "(version)" not in answer.text


def test_what_the_maker_of_a_model_says_is_quoted_beside_what_is_asked(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("what license is Qwen2.5-72B-Instruct under")
    assert {"license-types", "org-qwen"} <= {citation.entry for citation in answer.citations}


def test_the_parts_of_a_subject_are_among_the_entities(assistant: Assistant) -> None:
    known = assistant.ask("how do I fine-tune Llama-3.1-8B-Instruct with QLoRA").subjects.known
    assert {"fine-tuning", "qlora", "org-meta", "size-B", "tag-instruct"} == {*known}


def rows(answer: Answer) -> list[str]:
    return [row.aspect for part in answer.parts for row in part.rows]


@pytest.mark.parametrize(
    ("name", "explained", "missing"),
    [
        ("openai/gpt-oss-120b", ["120b: 120 billion parameters"], "gpt-oss (family)"),
        (
            "nvidia/Llama-3_1-Nemotron-Ultra-253B-v1-FP8",
            [
                "Llama",
                "Ultra",
                "253B: 253 billion parameters",
                "FP8: 8-bit floating point",
            ],
            "Nemotron (family)",
        ),
    ],
)
def test_a_name_of_an_unknown_maker_is_explained_in_part(
    assistant: Assistant, name: str, explained: list[str], missing: str
) -> None:
    answer = assistant.ask(name)

    assert (answer.intent, answer.status) == ("decode", "partial")
    assert rows(answer) == explained
    told = answer.parts[-1].text
    assert told.startswith("The knowledge base does not explain ")
    assert missing in told


def test_a_fact_of_one_model_that_no_entry_has_is_withheld(assistant: Assistant) -> None:
    assert not assistant.ask("who trained Falcon-180B?").answered


def test_names_that_differ_in_a_part_are_compared_by_it(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Qwen2.5-7B-Instruct-AWQ or Qwen2.5-7B-Instruct-GPTQ-Int4 for vLLM on an RTX 3090?"
    )
    columns = [part.columns for part in answer.parts if part.kind == "table"]
    assert answer.intent == "comparison"
    assert {"AWQ", "GPTQ"} <= {*columns[0]}
