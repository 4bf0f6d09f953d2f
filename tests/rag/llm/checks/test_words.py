"""Words: what tells, what is a name, and which forms are alike."""

from __future__ import annotations

import pytest

from entrywise.rag.llm.checks.words import acronyms, alike, stem, words


def test_function_words_do_not_tell() -> None:
    assert [word.text for word in words("It doesn't use the cache that they've made")] == [
        "It", "doesn't", "use", "the", "cache", "that", "they've", "made",
    ]  # fmt: skip
    told = [word.text for word in words("It doesn't use the cache that they've made") if word.tells]
    assert told == ["cache"]


def test_us_in_capitals_tells() -> None:
    assert [word.tells for word in words("us US")] == [False, True]


def test_a_number_is_no_word_but_the_sides_of_a_hyphen_are_two() -> None:
    assert [word.text for word in words("32 layers, 4-bit Q4_K_M of Llama-3.1-8B")] == [
        "layers", "bit", "Q4_K_M", "of", "Llama", "8B",
    ]  # fmt: skip


def test_names_are_written_like_names_wherever_they_stand() -> None:
    text = "Models like Llama use RoPE. Keys stay. vLLM and FP8 too: Batches wait."
    assert [w.text for w in words(text) if w.is_name] == ["Llama", "RoPE", "vLLM", "FP8"]


def test_a_word_knows_its_place() -> None:
    text = "a model's weights"
    assert [text[word.start : word.end] for word in words(text)] == ["a", "model's", "weights"]


def test_stems_are_without_case_and_genitive() -> None:
    assert stem("Quantized") == stem("quantizing")
    assert stem("model's") == stem("model’s") == stem("Models")


@pytest.mark.parametrize(
    ("one", "other"), [("quantis", "quantiz"), ("sync", "synchron"), ("config", "configur")]
)
def test_other_spellings_and_short_forms_are_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("layer", "layout"), ("low", "lower"), ("gpu", "cpu")])
def test_words_that_only_begin_alike_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


def test_initials_of_neighbours_are_acronyms() -> None:
    assert "llm" in acronyms(words("a large language model"))


def test_an_abbreviation_is_no_name() -> None:
    assert [word.text for word in words("so z.B. GQA, i.d.R. U.S.") if word.is_name] == [
        "GQA",
        "U.S",
    ]
