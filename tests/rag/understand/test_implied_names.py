from __future__ import annotations

import pytest
from stages import understood

from entrywise.index.index import Index
from entrywise.index.similarity import similarities
from entrywise.rag.understand.implied_names import DESCRIBED, half_names, nearest_entry
from entrywise.rag.understand.mention import Mention
from entrywise.rag.understand.question import Question


def descriptions(question: Question) -> list[Mention]:
    return [mention for mention in question.mentions if mention.source == "description"]


@pytest.mark.parametrize(
    ("text", "phrase", "entry"),
    [
        ("difference between n8n and custom agents", "custom agents", "agentic-ai"),
        ("What is the difference between dense and sparse models?", "sparse models", "moe"),
        ("difference between RoPE and added position vectors", "added position", "learned-pe"),
        ("QLoRA vs updating every weight for a 7B", "updating every weight", "full-ft"),
        ("n8n v/s custom agents", "custom agents", "agentic-ai"),
        ("custom agents as opposed to n8n", "custom agents", "agentic-ai"),
        ("RAG or long context", "long context", "context-window"),
        ("for a chatbot should I use RAG or long context?", "long context", "context-window"),
        # A word of the name of what it is nearest to, which texts have, too.
        ("yarn vs ntk", "ntk", "ntk-rope"),
        ("dense vs moe", "dense", "dense-models"),
    ],
)
def test_a_side_without_a_name_is_what_its_words_describe(
    glossary_index: Index, text: str, phrase: str, entry: str
) -> None:
    question = understood(text, glossary_index)
    (side,) = descriptions(question)
    assert side.name.startswith(phrase)
    assert text[side.start : side.end] == side.name
    assert question.intent == "comparison"
    assert side.owners == {glossary_index.ordinals[entry]: DESCRIBED}


@pytest.mark.parametrize(
    "text",
    [
        "GQA vs MLA",
        "bananas vs LoRA",
        "GQA vs Foobarizer",
        "apples vs pears",
        "difference between RLHF and learning from AI feedback",
        "what is GQA?",
        "does LoRA need a GPU or can I run it on a CPU",
        "ZeRO stage 3 vs stage 2",
    ],
)
def test_nothing_is_described_where_both_have_names_or_none_or_no_sense(
    glossary_index: Index, text: str
) -> None:
    assert descriptions(understood(text, glossary_index)) == []


def test_the_other_half_of_the_name_of_an_entry_names_it(glossary_index: Index) -> None:
    question = understood("when to use tensor parallel vs pipeline parallel", glossary_index)
    (side,) = descriptions(question)
    assert side.name == "pipeline parallel"
    assert [*side.owners] == [glossary_index.ordinals["tp-pp"]]


@pytest.mark.parametrize(
    ("text", "name", "source"),
    [
        ("how does Mamba differ from transformers", "transformers", "mentioned"),
        ("LoRA vs prefix tuning", "prefix tuning", "mentioned"),
        ("is vllm faster than lmdeploy", "lmdeploy", "unknown"),
        ("is vllm faster than mlc-llm", "mlc-llm", "unknown"),
        ("LoRA or photoshop", "photoshop", "unknown"),
        # An ordinary word is one beside "vs" alone.
        ("LoRA vs fishing", "fishing", "unknown"),
        ("bananas vs LoRA", "bananas", "unknown"),
        ("LoRA vs QLoRA vs fishing", "fishing", "unknown"),
        ("LoRA or fishing", None, None),
        ("how do GQA vs MLA react to long inputs", None, None),
        ("is LoRA better than nothing", None, None),
        # What is chosen from are words on one side.
        ("is MoE faster or slower", None, None),
        ("does AWQ need more than one pass", None, None),
        ("what is GQA, and how does it differ from MHA", None, None),
    ],
)
def test_what_describes_no_entry_may_be_a_name_without_one(
    glossary_index: Index, text: str, name: str | None, source: str | None
) -> None:
    found = understood(text, glossary_index).mentions
    others = [(one.name, one.source) for one in found if one.is_unowned]
    assert others == ([(name, source)] if name else [])


def test_a_half_name_that_no_entry_owns_may_be_described(glossary_index: Index) -> None:
    question = understood("local vs global attention", glossary_index)
    (side,) = descriptions(question)
    assert side.name == "global attention"
    assert [*side.owners] == [glossary_index.ordinals["self-attention"]]
    assert question.unknown == ()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("LoRA, QLoRA or updating everything when I own one card?", "updating everything"),
        ("Compare linear position scaling, NTK-aware scaling and YaRN", "linear position scaling"),
        ("which is best, LoRA, QLoRA or bananas?", None),
        ("what do LoRA, QLoRA and updating everything need", None),
    ],
)
def test_one_of_three_may_be_described(
    glossary_index: Index, text: str, phrase: str | None
) -> None:
    found = [one.name for one in understood(text, glossary_index).mentions]
    assert [one for one in found if one in {phrase, "updating everything", "bananas"}] == (
        [phrase] if phrase else []
    )


@pytest.mark.parametrize(
    ("text", "phrase", "is_described"),
    [
        ("n8n vs custom agents", "custom agents", True),
        ("n8n vs bananas", "bananas", False),
        ("MoE vs kubernetes", "kubernetes", False),
    ],
)
def test_a_phrase_describes_what_the_whole_question_is_near(
    glossary_index: Index, text: str, phrase: str, is_described: bool
) -> None:
    near = similarities(glossary_index.encoder.encode_query(text).vector, glossary_index)
    assert (nearest_entry(phrase, near, (), glossary_index) is not None) == is_described


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tensor vs pipeline parallelism", {"tensor parallelism": 1, "pipeline parallelism": 1}),
        ("greedy or beam search?", {"greedy search": 1, "beam search": 1}),
        ("local vs. global attention", {"local attention": 1, "global attention": 0}),
        ("local v/s global attention", {"local attention": 1, "global attention": 0}),
        ("local v. global attention", {"local attention": 1, "global attention": 0}),
        (
            "data, tensor and pipeline parallelism",
            {"data parallelism": 1, "tensor parallelism": 1, "pipeline parallelism": 1},
        ),
        ("memory, speed and KV cache", {"KV cache": 1}),
        ("local/global attention", {"local attention": 1}),
        ("memory and KV cache", {"KV cache": 1}),
        ("red vs green apples", {}),
        ("what is attention", {}),
    ],
)
def test_the_last_noun_belongs_to_both(
    glossary_index: Index, text: str, names: dict[str, int]
) -> None:
    found = list(half_names(text, glossary_index.names))
    assert {half.name: len(half.owners) for half in found} == names


def test_a_half_name_stands_where_it_is_written(glossary_index: Index) -> None:
    text = "so: greedy or beam search?"
    first, second = half_names(text, glossary_index.names)
    assert (text[first.start : first.end], text[second.start : second.end]) == (
        "greedy",
        "beam search",
    )
