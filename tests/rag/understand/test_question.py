from __future__ import annotations

import pytest
from stages import understood

from entrywise.index.index import Index
from entrywise.rag.understand.question import Question


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
        ("GQA v/s Foobarizer", "comparison", ["gqa"], ("Foobarizer",)),
        ("how does GQA differ from Foobarizer?", "comparison", ["gqa"], ("Foobarizer",)),
        ("is GQA faster than Foobarizer?", "comparison", ["gqa"], ("Foobarizer",)),
        ("contrast GQA with MLA", "comparison", ["gqa", "mla"], ()),
        ("is GQA as fast as MLA?", "comparison", ["gqa", "mla"], ()),
        ("react vs LoRA", "comparison", ["react", "lora"], ()),
        ("GQA vs react vs LoRA, please", "comparison", ["gqa", "react", "lora"], ()),
        ("how do GQA vs MLA react to long inputs", "comparison", ["gqa", "mla"], ()),
        ("LoRA against react", "definition", ["lora"], ()),
        ("GQA v. MLA", "comparison", ["gqa", "mla"], ()),
        ("compare Foo2Bar and BazQuux", "comparison", [], ("Foo2Bar", "BazQuux")),
        ("what is LoRA or is it nothing", "definition", ["lora"], ()),
        ("compare LoRA", "other", ["lora"], ()),
        ("how do I train on 80GB", "how", [], ()),
        # A name that a text mentions is a side like any other, but no half of a phrase.
        ("difference between LoRA and MQA", "comparison", ["lora"], ()),
        ("how does LoRA differ from an MQA model?", "how", ["lora"], ()),
        # One name said twice is no comparison.
        ("Is GQA fast or is gqa slow?", "other", ["gqa"], ()),
        ("GQA vs Grouped-Query Attention", "comparison", ["gqa"], ()),
        ("Please Explain All Of This To Me", "definition", [], ()),
    ],
)
def test_a_question_is_parsed(
    small_index: Index, text: str, intent: str, known: list[str], unknown: tuple[str, ...]
) -> None:
    question = understood(text, small_index)

    assert (question.intent, ids(question, small_index)) == (intent, known)
    assert question.unknown == unknown


def test_a_name_in_another_case_that_is_a_word_is_doubtful(small_index: Index) -> None:
    doubtful = understood("What is React?", small_index)
    sure = understood("What is ReAct?", small_index)

    assert (ids(doubtful, small_index), doubtful.unknown) == ([], ("React",))
    assert (ids(sure, small_index), sure.unknown) == (["react"], ())
    assert doubtful.named.keys() == sure.named.keys()


def test_a_model_name_is_taken_apart(small_index: Index) -> None:
    question = understood("Foobar-7B-Instruct", small_index)

    assert question.intent == "decode"
    kinds = [(item.part.text, item.part.kind) for item in question.decoded]
    assert kinds == [("Foobar", "family"), ("7B", "size"), ("Instruct", "tuning-instruct")]
    # An entry explains a part that has its name; here nothing explains sizes.
    owners = [item.entry for item in question.decoded]
    assert owners == [None, None, small_index.ordinals["instruct"]]
    assert ids(question, small_index) == ["instruct"]


def test_two_things_are_compared_even_beside_a_model_name(small_index: Index) -> None:
    text = "is GQA or MLA in Foobar-7B-Instruct"
    assert understood(text, small_index).intent == "comparison"


def test_one_name_of_two_entries_is_one_side(glossary_index: Index) -> None:
    question = understood("compare Test-Time Compute Scaling", glossary_index)

    assert len(question.surely_named) == 2
    assert question.intent == "other"


def test_an_entrys_own_name_is_not_taken_apart(glossary_index: Index) -> None:
    ids = glossary_index.catalog.ids
    asked = understood("what is MXFP4_MOE", glossary_index)
    assert [ids[entry] for entry in asked.surely_named] == ["mxfp4-moe"]
    assert not asked.decoded
    assert understood("difference between W4A16 and AWQ", glossary_index).intent == "comparison"


def test_a_question_of_names_alone_has_nothing_else_that_tells(small_index: Index) -> None:
    sure = understood("what is GQA?", small_index)
    strange = understood("what is Foobarizer?", small_index)
    more = understood("what is GQA made of?", small_index)
    both = understood("GQA vs Foobarizer", small_index)

    assert [one.names_only for one in (sure, strange, more, both)] == [True, False, False, True]


def test_a_piece_of_a_name_says_no_more_than_the_name(glossary_index: Index) -> None:
    assert understood("what does the K in Q4_K_M stand for", glossary_index).names_only
    assert not understood("what does the K in GQA stand for", glossary_index).names_only


def test_the_wording_of_a_detail_tells_nothing_else(small_index: Index) -> None:
    question = understood("who came up with LoRA?", small_index)
    assert question.detail == "maker"
    assert [word.group() for word in question.keywords] == ["LoRA"]
    assert question.names_only


def test_of_documents_the_words_of_a_detail_are_what_texts_say(harbour_index: Index) -> None:
    question = understood("who wrote the rules of the harbour?", harbour_index)
    assert question.detail == "maker"
    assert [word.group() for word in question.keywords] == ["wrote", "rules", "harbour"]
    assert understood("which abbreviations are there", harbour_index).aside is None
    stands_for = understood("what does VHF stand for?", harbour_index)
    assert [word.group() for word in stands_for.keywords] == ["VHF"]


def test_questions_can_be_compared_and_kept_in_sets(small_index: Index) -> None:
    one, other = understood("what is GQA?", small_index), understood("what is GQA?", small_index)
    assert one != other
    assert len({one, other}) == 2


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("AWQ vs Q4_K_M", "comparison"),
        ("difference between Q4_K_M and Q4_K_S", "comparison"),
        ("Mistral-7B-Instruct-v0.2 vs AWQ", "other"),
    ],
)
def test_a_name_of_one_part_is_a_side_and_a_part_of_a_longer_name_is_none(
    glossary_index: Index, text: str, intent: str
) -> None:
    assert understood(text, glossary_index).intent == intent


@pytest.mark.parametrize("text", ["react", "what is react?", "who made react"])
def test_a_name_that_stands_alone_is_the_entry_s(text: str, glossary_index: Index) -> None:
    assert ids(understood(text, glossary_index), glossary_index) == ["react"]


def test_beside_others_an_ordinary_word_is_one(glossary_index: Index) -> None:
    question = understood("how does it react to heat?", glossary_index)
    assert ids(question, glossary_index) == []


def test_a_name_in_small_letters_describes_nothing(glossary_index: Index) -> None:
    question = understood("grpo vs ppo", glossary_index)
    assert ids(question, glossary_index) == ["grpo"]
    assert question.mentioned == ("ppo",)
