from __future__ import annotations

from itertools import pairwise

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.source import shipped
from entrywise.index.passages.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Use a cache, e.g. Redis, or a queue, i.e. Kafka.",
        "It came from Vaswani et al. In 2017 that was new.",
        "Compare RMSNorm vs. LayerNorm in approx. 3 steps.",
        "As Fig. 3 of Sec. 2 shows, v0.1 is better.",
        "Load Q4_K_M.gguf, not the .safetensors file, in llama.cpp.",
        "LLM.int8() and Model.generate() are methods.",
        "That makes it 4$\\times$ smaller.",
        "Let $x = 3.5. Y$ be given.",
        "Let $$a = 1. B = 2.$$ be given.",
        "The prompt (It was long. Very long.) was cut.",
        "In E4M3 (bias 7) | 3 mantissa bits are left.",
        "The function f(x) of [1] costs $5.",
        "See 11 U.S.C. § 343, Fed. R. Bankr. P. 2003(b), Fed. R. Bankr. P. 4002.",
        "One... two.",
        "No end",
        "LoRA",
    ],
)
def test_what_is_one_sentence_stays_one(sentence: str) -> None:
    assert cut(sentence) == [sentence]
    assert cut(f"Before it. {sentence}\n\nAfter it.") == ["Before it.", sentence, "After it."]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Die 2. Mahnung kommt.", "Im 19. Jahrhundert war das so.", "Dann nicht."]),
        ("de", ["Der 1. FC spielt am 3. Mai.", "Das war 1998.", "Es gilt bis zum 5. Tag."]),
        ("de", ["(Das geht auch kalt.)", "Über Nacht ruht der Teig."]),
        ("pl", ["Zgłoś do 3. dnia.", "Art. 5 ust. 2. mówi o tym.", "Zob. art. 5 ust. 2."]),
        ("ru", ["См. рис. 3 ниже.", "Это всё."]),
        ("ru", ["(Это важно.)", "Да, так."]),
        ("es", ["Abierto hasta las 5 p. m. o antes.", "Cerrado."]),
        ("fr", ["Elle dure 3 jours.", "12 jours suffisent."]),
    ],
)
def test_ordinals_and_abbreviations_of_other_languages_end_no_sentence(
    language: str, sentences: list[str]
) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text, language)] == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["First.", "Second!", "Third?", "Fourth"],
        ["1. One is first.", "2. Two is second.", "It goes on."],
        ["(1) One is first.", "(2) Two is second.", "It goes on."],
        ["Steps: 1) Trim (e.g., 80th).", "2) Elect a sign.", "3) Merge.", "Why it works is open."],
        ['He wrote "it works."', "Then he left."],
        ["“Yes.”", "He wrote ‘no.’", "Then he left."],
        ["(It works. Always.)", "Then he left."],
        ["The reward is 1 (or 0).", "The loss $f(x, y)$ is small.", "It falls."],
        ["Überaus schön.", "Élan vital!", "Да.", "Нет."],
        ["It is bfloat16.", "llama.cpp reads it.", "gpt-oss does too."],
    ],
)
def test_sentences_in_a_row_come_apart(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_a_block_of_code_is_not_cut(fence: str) -> None:
    block = f"{fence}\na = 1. B = 2.\n\nC = 3.\n- d\n{fence}"
    assert cut(f"Before it.\n\n{block}\n\nAfter it.") == ["Before it.", block, "After it."]
    assert cut(block.removesuffix(fence)) == [f"{fence}\na = 1.", "B = 2.", "C = 3.", "- d"]


def test_each_item_of_a_list_is_a_sentence() -> None:
    text = "Kinds:\n- one. two\n* three\n1. four\n2) five\n\nAfter."
    assert cut(text) == ["Kinds:", "- one. two", "* three", "1. four", "2) five", "After."]


def test_each_row_of_a_table_is_a_sentence_and_its_header_one_with_the_rule() -> None:
    text = "As set:\n\n| name | value |\n|---|---|\n| `top` | Ten. Or more. |\n| `log` | |\n\nSo."
    assert cut(text) == [
        "As set:",
        "| name | value |\n|---|---|",
        "| `top` | Ten. Or more. |",
        "| `log` | |",
        "So.",
    ]


@pytest.mark.parametrize("line", ["| a |\n", "$a$ b. ", "Mr. ", "a, b; "])
def test_time_grows_linearly_with_a_text(line: str) -> None:
    assert grows_linearly(lambda count: sentence_spans(line * count), 16_000)


def test_sentences_of_a_script_without_spaces_come_apart() -> None:
    assert cut("这是句子。第二句。") == ["这是句子。", "第二句。"]


@pytest.mark.parametrize("blank", ["", " ", "\n\t \n", "\u2003\u00a0"])
def test_blank_text_has_no_sentence(blank: str) -> None:
    assert sentence_spans(blank) == []


WORDS = st.sampled_from(
    'A b. C! d? e.g. (f g.) 1. 2) - $x$ $ \n \n\n ``` ( ) " é 句。 v0.1 et al. \t'.split(" ")
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)))
def test_spans_hold_every_character_that_is_no_space_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    outside = [0, *(place for span in spans for place in span), len(text)]
    gaps = zip(outside[::2], outside[1::2], strict=True)
    assert all(not text[end:start].strip() for end, start in gaps)
    assert all(piece == piece.strip() for piece in cut(text))


def test_sentences_of_the_glossary_are_what_a_person_would_cut() -> None:
    pieces = [
        piece for entry in shipped() for section in entry.sections for piece in cut(section.text)
    ]
    assert {piece for piece in pieces if len(piece.split()) < 2} == {
        "Trillions.", "Phi-1/2/3/4.", "Docker-first.", "Llama-Guard-3.", "Device-agnostic.",
    }  # fmt: skip
    assert {piece for piece in pieces if piece[-1] not in ".!?)'\"$"} == set()
    assert sorted(piece[:10] for piece in pieces if len(piece) > 300) == [
        "Clipped ob", "Common tec", "Key recipe", "Key techni",
    ]  # fmt: skip


def test_what_is_quoted_within_a_sentence_ends_none() -> None:
    assert cut("規則には「申請は認めません。」と書いてあります。１．５倍です。") == [
        "規則には「申請は認めません。」と書いてあります。",
        "１．５倍です。",
    ]
