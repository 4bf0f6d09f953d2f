from __future__ import annotations

import pytest

from entrywise.index.store import Index
from entrywise.rag.question import Question, parse


def ids(question: Question, index: Index) -> list[str]:
    return [index.catalog.ids[entry] for entry in question.surely_named]


@pytest.mark.parametrize(
    ("text", "intent", "known", "unknown"),
    [
        ("what is GQA?", "definition", ["gqa"], ()),
        ("difference between MLA and gqa", "comparison", ["mla", "gqa"], ()),
        ("grouped query attn", "definition", ["gqa"], ()),
        ("what is Grouped-Query Attention", "definition", ["gqa"], ()),
        ("what is Foobarizer?", "definition", [], ("Foobarizer",)),
        ("GQA vs Foobarizer", "comparison", ["gqa"], ("Foobarizer",)),
        ("compare Foo2Bar and BazQuux", "comparison", [], ("Foo2Bar", "BazQuux")),
        ("what is LoRA or is it nothing", "definition", ["lora"], ()),
        ("compare LoRA", "other", ["lora"], ()),
        ("how do I train on 80GB", "how", [], ()),
        ("Please Explain All Of This To Me", "definition", [], ()),
    ],
)
def test_a_question_is_parsed(
    small_index: Index, text: str, intent: str, known: list[str], unknown: tuple[str, ...]
) -> None:
    question = parse(text, small_index)

    assert (question.intent, ids(question, small_index)) == (intent, known)
    assert question.unknown == unknown


def test_a_name_in_another_case_that_is_a_word_is_doubtful(small_index: Index) -> None:
    doubtful = parse("What is React?", small_index)
    sure = parse("What is ReAct?", small_index)

    assert (ids(doubtful, small_index), doubtful.unknown) == ([], ("React",))
    assert (ids(sure, small_index), sure.unknown) == (["react"], ())
    assert doubtful.named.keys() == sure.named.keys()


def test_a_typo_still_names_the_entry(glossary_index: Index) -> None:
    question = parse("what is quantizaton?", glossary_index)
    assert ids(question, glossary_index) == ["quantization"]


def test_words_of_an_unknown_name_stay_together(small_index: Index) -> None:
    assert parse("what is Foo2Bar BazQuux good for", small_index).unknown == ("Foo2Bar BazQuux",)


def test_what_a_text_mentions_is_not_unknown(small_index: Index) -> None:
    # MQA has no entry, but the text of GQA speaks of it.
    assert parse("what is MQA?", small_index).unknown == ()


def test_a_stray_name_beside_a_known_subject_is_not_the_question(small_index: Index) -> None:
    assert parse("LoRA training crashes, ZyxErr again", small_index).unknown == ()
    assert parse("LoRA training crashes, what is ZyxErr", small_index).unknown == ("ZyxErr",)


def test_a_model_name_is_taken_apart(small_index: Index) -> None:
    question = parse("Foobar-7B-Instruct", small_index)

    assert question.intent == "decode"
    kinds = [(item.part.text, item.part.kind) for item in question.decoded]
    assert kinds == [("Foobar", "family"), ("7B", "size"), ("Instruct", "tuning-instruct")]
    # An entry explains a part that has its name; here nothing explains sizes.
    owners = [item.entry for item in question.decoded]
    assert owners == [None, None, small_index.ordinals["instruct"]]
    assert ids(question, small_index) == ["instruct"]


def test_two_things_are_compared_even_beside_a_model_name(small_index: Index) -> None:
    text = "is GQA or MLA in Foobar-7B-Instruct"
    assert parse(text, small_index).intent == "comparison"


def test_the_part_that_is_asked_for_is_known(small_index: Index) -> None:
    question = parse("what does instruct mean in Foobar-7B-Instruct", small_index)
    assert [item.part.text for item in question.decoded if item.asked] == ["Instruct"]


def test_quoted_tokens_are_parts_where_a_name_is_asked_for(small_index: Index) -> None:
    asked = parse("what do `it` and `32` mean in the model name", small_index)
    prose = parse("the words `it` and `32` are quoted", small_index)

    assert [item.part.text for item in asked.decoded] == ["it", "32"]
    assert prose.decoded == ()


def test_a_kind_of_part_has_its_owner(glossary_index: Index) -> None:
    question = parse("what does Q4_K_M mean", glossary_index)
    assert ids(question, glossary_index) == ["k-quants"]
    assert question.intent == "definition"


def test_one_name_of_two_entries_is_one_side(glossary_index: Index) -> None:
    question = parse("compare Reward Model", glossary_index)

    assert len(question.surely_named) == 2
    assert question.intent == "other"


def test_an_entrys_own_name_is_not_taken_apart(glossary_index: Index) -> None:
    ids = glossary_index.catalog.ids
    asked = parse("what is MXFP4_MOE", glossary_index)
    assert [ids[entry] for entry in asked.surely_named] == ["mxfp4-moe"]
    assert not asked.decoded
    assert parse("difference between W4A16 and AWQ", glossary_index).intent == "comparison"
