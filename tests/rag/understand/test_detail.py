from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.questions.everyday.catalogue import everyday_in
from entrywise.index.names.names import EXACT
from entrywise.rag.understand.detail import Detail, asks_in, detail, keywords
from entrywise.rag.understand.mention import Mention


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who made vLLM", "maker"),
        ("Who invented LoRA?", "maker"),
        ("who is behind OLMo", "maker"),
        ("What is OLMo and who makes it?", "maker"),
        ("which company developed MLA", "maker"),
        ("GGUF was created by whom?", "maker"),
        ("who are the authors of DPO", "maker"),
        ("which paper introduced GQA", "paper"),
        ("what paper is RoPE from", "paper"),
        ("the original paper on LoRA", "paper"),
        ("where was speculative decoding introduced", "paper"),
        ("which models use MLA?", "users"),
        ("who uses RoPE", "users"),
        ("does Mistral use GQA?", "users"),
        ("where is SwiGLU used?", "users"),
        ("drawbacks of quantization", "limits"),
        ("What are the limitations of LoRA?", "limits"),
        ("what's wrong with beam search", "limits"),
        ("what does MLA stand for?", "expansion"),
        ("the full form of RLHF", "expansion"),
        ("What is DPO short for?", "expansion"),
        ("expand the acronym SDPA", "expansion"),
        ("Wofür steht DPO?", "expansion"),
        ("GeGLU formula", "formula"),
        ("the maths behind RoPE", "formula"),
        ("how is perplexity calculated?", "formula"),
        ("what is the purpose of LoRA?", "summary"),
        ("give me a quick overview of RoPE", "summary"),
        ("LoRA explained", "summary"),
        ("why is RoPE important?", "summary"),
        ("what's DPO good for", "summary"),
        ("why do we need RoPE", "summary"),
        ("I don't understand LoRA", "summary"),
        ("explain DPO to a beginner", "summary"),
        ("Was ist der Sinn von LoRA?", "summary"),
        ("the original idea of the LoRA paper", "summary"),
        ("which summary does RoPE need", None),
        ("why is a good seed important for DPO", None),
        ("is it good at math", None),
        ("what is compute-bound work", None),
        ("what is a short context", None),
        ("who is TheBloke", None),
        ("what is a formula?", None),
        ("what's an acronym", None),
        ("what is a formula for RoPE", "formula"),
        ("somebody who uses Ollama told me it released memory", None),
        ("what position encodings do people use", None),
        ("is Llama really open, and may I use it at work", None),
        ("what rank should I use for LoRA", None),
        ("which format to use for llama.cpp", None),
        ("how do I use GGUF files", None),
        ("which model came first", None),
    ],
)
def test_what_is_asked_of_it_beside_what_it_is(question: str, kind: str | None) -> None:
    assert detail(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("KTO paper", "paper"),
        ("link to KTO's original paper", "paper"),
        ("KTO arxiv", "paper"),
        ("when was KTO first published?", "paper"),
        ("when did KTO come out", "paper"),
        ("KTO fix", "remedy"),
        ("when was KTO founded", None),
        ("when was it that KTO was published", None),
        ("a KTO fix that fails", None),
        ("KTO on paper", None),
        ("KTO for paper mills", None),
        ("who uses the KTO paper", "users"),
    ],
)
def test_what_stands_around_a_name_asks_as_well(question: str, kind: str | None) -> None:
    start = question.index("KTO")
    named = Mention("KTO", start, start + 3, "name", {0: EXACT})

    assert detail(question, [named]) == kind
    assert detail("out of printer paper") is None


def told(text: str, asked: Detail | None = None) -> list[str]:
    return [word.group() for word in keywords(text, asked)]


def test_what_only_asks_tells_nothing() -> None:
    assert told("the formula of GeGLU", "formula") == ["GeGLU"]
    assert told("What is the KV cache, and how does it work?") == ["KV", "cache"]
    assert told("what if I don't use the cache?") == told("what if I don’t use the cache?")
    assert told("what if I don't use the cache?") == ["cache"]


@pytest.mark.parametrize("joint", ["vs", "vs.", "v/s", "v.s.", "versus", "v.", "differs from"])
def test_what_compares_tells_nothing(joint: str) -> None:
    assert [word for word in told(f"GQA {joint} MLA") if word != "from"] == ["GQA", "MLA"]


def test_one_thing_alone_is_not_compared() -> None:
    assert told("how do I ignore differences") == ["ignore", "differences"]
    assert told("how do I compare files") == ["compare", "files"]
    for text in (
        "differences between A1 and B1",
        "compare A1, B1",
        "how A1 differs from B1",
        "difference A1 B1",
        "A1 B1 compared",
    ):
        assert [word for word in told(text) if word != "from"] == ["A1", "B1"]


def test_many_words_that_compare_are_read_in_linear_time() -> None:
    assert grows_linearly(lambda count: told("compare " * count), 8_000)


def test_who_asks_for_a_detail_asks_with_more_words() -> None:
    text = "who came up with LoRA"
    assert told(text) == ["came", "up", "LoRA"]
    assert told(text, "maker") == ["LoRA"]
    assert told("downsides of LoRA", "limits") == ["LoRA"]
    assert told("what does MLA stand for", "expansion") == ["MLA"]
    assert told("which models employ MLA", "users") == ["models", "MLA"]
    assert told("I really don't understand LoRA", "summary") == ["LoRA"]
    assert told("why do we need LoRA in practice?", "summary") == ["LoRA"]


def test_asking_for_kinds_tells_nothing_of_them() -> None:
    assert told("which kinds of attention are there?") == ["attention"]
    assert told("list quantization formats") == ["quantization", "formats"]
    assert told("a kind person lists kinds") == ["kind", "person", "lists", "kinds"]


@pytest.mark.parametrize(
    "text",
    [
        "eli5 tides",
        "explain tides simply",
        "tl;dr tides",
        "TLDR: tides",
        "explain tides like I'm five",
        "explain like im 5: tides",
        "tides for dummies",
        "tides in plain English",
        "in layman's terms, what are tides?",
        "summarize tides",
        "please summarise tides",
        "Tides in einfachen Worten",
    ],
)
def test_how_plainly_something_is_to_be_told_tells_nothing_of_it(text: str) -> None:
    assert [one.lower() for one in told(text)] == ["tides"]


def test_what_is_to_be_told_plainly_may_be_such_words() -> None:
    assert told("how to summarize minutes") == ["summarize", "minutes"]
    assert told("terms in English contracts") == ["terms", "English", "contracts"]


def test_where_words_are_not_written_apart_two_letters_tell() -> None:
    text = "VPN接続とはいつ"
    assert told(text) == ["VPN", "接続", "続と"]
    assert all(text[word.start() : word.end()] == word.group() for word in keywords(text, None))
    assert told("残業 vs 賞与") == ["残業", "賞与"]
    assert told("ลาพักร้อน") == ["ลา", "าพั", "พัก", "กร้", "ร้อ", "อน"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_most_questions_of_a_language_are_sure_to_be_in_it(language: str) -> None:
    questions = everyday_in(language)
    assert sum(asks_in(language, question) for question in questions) > 0.8 * len(questions)


@pytest.mark.parametrize(
    "other", ["es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "zh"]
)
def test_no_question_of_another_language_is(other: str) -> None:
    for question in everyday_in(other):
        assert not any(asks_in(language, question) for language in ("en", "de", other))
