from __future__ import annotations

from collections.abc import Callable

import pytest
from stages import understood

from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.example import asks_for_example

Composing = Callable[[str, Index], Draft]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Give me an example of GQA", True),
        ("is there a good example for LoRA?", True),
        ("which number does bf16 overflow at, for example?", True),
        ("what is GQA?", False),
        ("is LoRA trained by example?", False),
        # Of nothing that has a name.
        ("give me an example of a sonnet", False),
    ],
)
def test_a_question_asks_for_an_example(small_index: Index, text: str, asks: bool) -> None:
    assert asks_for_example(understood(text, small_index)) is asks


def test_what_is_said_to_be_an_example_comes_before_what_it_is(
    composed: Composing, small_index: Index
) -> None:
    draft = composed("Give me an example of GQA", small_index)

    example, what = draft.parts
    assert example.aspect == "example"
    assert "e.g. in Llama 3 70B" in example.text
    assert what.aspect == "definition"


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("IA3", "A 7B model needs only about 614K trainable parameters."),
        ("ALiBi", "For H=8 heads: slopes"),
        ("LoRA", "LLaMA 7B $r$=16 all linear: ~40M params"),
        ("Ollama", "A single command like 'ollama run llama3'"),
    ],
)
def test_a_case_is_an_example(
    composed: Composing, glossary_index: Index, name: str, case: str
) -> None:
    assert case in composed(f"Give me an example of {name}", glossary_index).parts[0].text


@pytest.mark.parametrize("name", ["AWQ", "bf16", "GPQA", "FlashAttention"])
def test_numbers_alone_are_no_example(
    composed: Composing, glossary_index: Index, name: str
) -> None:
    draft = composed(f"Give me an example of {name}", glossary_index)
    assert draft.parts[0].text.startswith("The knowledge base gives no example of ")


def test_what_it_is_for_is_no_example_of_it(composed: Composing, glossary_index: Index) -> None:
    draft = composed("Give me an example of beam search", glossary_index)
    assert not draft.complete


def test_where_there_is_none_it_is_said(composed: Composing, small_index: Index) -> None:
    draft = composed("Give me an example of ReAct", small_index)

    assert draft.parts[0].text == "The knowledge base gives no example of ReAct."
    assert not draft.complete
    assert draft.citations


@pytest.mark.parametrize(
    ("name", "example"),
    [
        # The glossary says that they are some.
        ("chat template", "Each model family uses a different format: Llama uses"),
        ("hallucination", "The model may cite nonexistent papers"),
        # It is about examples, and has none.
        ("few-shot prompting", "The knowledge base gives no example of Few-Shot Prompting."),
        (
            "zero-shot prompting",
            "For instance, asking 'Translate the following sentence to French'",
        ),
        # The only numbers are those of what it is.
        ("greedy decoding", "The knowledge base gives no example of Greedy Decoding."),
        ("CPT", "Continued pre-training takes an existing base model"),
    ],
)
def test_an_example_is_what_is_said_to_be_one_and_not_what_a_thing_is(
    composed: Composing, glossary_index: Index, name: str, example: str
) -> None:
    given, *_ = composed(f"Give me an example of {name}", glossary_index).parts
    assert given.text.startswith(example)
