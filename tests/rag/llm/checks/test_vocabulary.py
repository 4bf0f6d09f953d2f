"""Vocabulary: the words and names that a claim may use."""

from __future__ import annotations

import pytest

from entrywise.index.index import Index
from entrywise.rag.llm.checks.vocabulary import Names, Vocabulary
from entrywise.rag.llm.checks.words import Word, words


def word(text: str) -> Word:
    return words(f"so {text}")[1]


@pytest.mark.parametrize("name", ["GPTQ", "gptqs", "LLMs", "MLA", "bits"])
def test_names_of_the_quotes_and_their_initials_are_known(name: str) -> None:
    vocabulary = Vocabulary("GPTQ shrinks large language models by some bits.", "MLA")
    assert vocabulary.names(word(name))


@pytest.mark.parametrize("name", ["AWQ", "RoPE", "GPT", "Gemma"])
def test_other_names_are_not(name: str) -> None:
    assert not Vocabulary("GPTQ shrinks large language models.", "MLA").names(word(name))


def test_words_may_be_in_another_form() -> None:
    vocabulary = Vocabulary("All copies stay synchronized.", "")
    assert vocabulary.has(word("sync"))
    assert vocabulary.has(word("copied"))
    assert not vocabulary.has(word("broken"))


def test_an_entry_brings_all_its_names(small_index: Index) -> None:
    forms = Names(small_index).all_forms([small_index.ordinals["gqa"]], "nothing of note")
    assert "grouped-query attn" in forms.split(" . ")
    assert "MLA" not in forms


def test_so_does_an_entry_that_is_named(small_index: Index) -> None:
    assert "Multi-head Latent Attention" in Names(small_index).all_forms([], "MLA is one.")


def test_spelt_names_become_short(small_index: Index) -> None:
    short = Names(small_index).shortened("With Low-Rank Adaptation and GQA, it trains.")
    assert short == "With LoRA and GQA, it trains."


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("GQA shares heads, while MLA does not.", ["gqa", "mla"]),
        ("GQA and MLA share heads.", ["gqa", "mla"]),
        ("The MLA of LoRA is thin.", ["mla"]),
        ("LoRA uses bf16 and MLA.", ["lora"]),
        ("Heads are shared by GQA.", []),
    ],
)
def test_clauses_open_with_names(text: str, entries: list[str], small_index: Index) -> None:
    found = Names(small_index).first(text)
    assert [small_index.catalog.ids[entry] for entry, *_ in found] == entries


def test_names_alone_make_up_a_text_and_a_verb_does_not(small_index: Index) -> None:
    names = Names(small_index)
    assert names.make_up("GQA or MLA")
    assert not names.make_up("GQA is no MLA.")
    assert not names.make_up("GQA beats MLA.")


def test_names_are_taken_out(small_index: Index) -> None:
    names = Names(small_index)
    ordinals = small_index.ordinals
    assert names.entries("MLA and GQA, or MLA") == (ordinals["mla"], ordinals["gqa"])
    assert names.without("GQA and MLA share.", [ordinals["gqa"]]) == " and MLA share."
    assert names.ends("so does MLA ")
    assert not names.ends("MLA does")
