from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.words import (
    VERSUS,
    composed,
    content_words,
    exactly,
    folded,
    joined,
    name_key,
    name_words,
    plain_words,
    singular,
    spread,
    word_count,
)


def test_words_are_cut_at_every_sign() -> None:
    assert plain_words("Bake it at 200°C: 2 EGGS!") == ["bake", "it", "at", "200", "c", "2", "eggs"]


def test_stop_words_count_only_where_there_is_nothing_else() -> None:
    assert content_words("What is THE size of the KV-cache") == ["what", "size", "kv", "cache"]
    assert content_words("to be or not to be") == ["to", "be", "or", "not"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("残業時間は月45時間。", "残業 業時 時間 間は は月 45 時間"),
        ("年假有多少天？", "年假 假有 有多 多少 少天"),
        ("VPN接続", "vpn 接続"),
        ("注 ・ x", "注 x"),
        ("ภาษาไทยง่าย", "ภา าษ ษา าไ ไท ทย ยง่ ง่า าย"),
        ("မြန်မာ", "မြန် န်မာ"),
        ("한국어 텍스트", "한국어 텍스트"),
    ],
)
def test_where_words_are_not_written_apart_two_letters_are_one(text: str, words: str) -> None:
    assert plain_words(text) == words.split()
    assert plain_words(spread(text)) == words.split()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("to – be", 3),
        ("残業は月45時間まで。", 5),
        ("ลาพักร้อนได้สิบวัน", 4),
        ("VPN・接続", 2),
        ("。", 0),
        ("", 0),
    ],
)
def test_words_that_are_not_written_apart_are_counted_by_their_letters(
    text: str, count: int
) -> None:
    assert word_count(text) == count


@given(text=st.text(st.characters(max_codepoint=0x2FF)))
def test_words_that_are_written_apart_are_counted_by_their_blanks(text: str) -> None:
    assert word_count(text) == len(text.split())


def test_hiragana_counts_only_where_there_is_nothing_else() -> None:
    assert content_words("残業はいつですか") == ["残業", "業は"]
    assert content_words("りんご") == ["りん", "んご"]


def test_a_text_with_spaces_is_kept_as_it_is() -> None:
    text = "Größe: 3.1.1, naïve “café”"
    assert spread(text) is text


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("adapters", "adapter"),
        ("k-quants", "k-quant"),
        ("chef's", "chef"),
        ("chef’s", "chef"),
        ("glass", "glass"),
        ("basis", "basis"),
        ("gas", "gas"),
        ("egg", "egg"),
    ],
)
def test_a_singular_is_made_where_it_is_sure(word: str, one: str) -> None:
    assert singular(word) == one


def test_a_name_is_looked_up_by_its_singulars_with_the_signs_that_tell_it_apart() -> None:
    assert name_key("Rotary Encoders (C++)") == "rotary encoder c++"
    assert (name_key("-it"), name_key("it"), name_key("v0.2"), name_key("щи")) == (
        "-it",
        "it",
        "v0.2",
        "щи",
    )


@pytest.mark.parametrize("text", ["Übung, naïve façade", "がぎ", "한국어", "Việt"])
def test_letters_and_their_marks_are_one_character(text: str) -> None:
    assert composed(normalize("NFD", text)) == text


@pytest.mark.parametrize("text", ["\u212b, \ufa19, ﬁ ①", "नमस्ते", "a", "x\u0302̂", "\u0301"])
def test_what_has_no_composed_form_is_kept(text: str) -> None:
    assert composed(text) == text


def test_marks_belong_to_their_word() -> None:
    assert plain_words("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"]
    assert name_key("नमस्ते दुनिया") == "नमस्ते दुनिया"


@given(text=st.text())
def test_the_words_of_names_stand_where_they_are_said_to(text: str) -> None:
    for word in name_words(text):
        assert word.key == singular(text[word.start : word.end].lower())


@pytest.mark.parametrize(
    "spellings",
    [
        ("De-BERTa v3", "deberta V3", "DE_BERTA_V3", "Ｄeberta v3"),
        ("Crème brûlée", "CRÈME-BRÛLÉE", "cre\u0300me bru\u0302le\u0301e"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_name_are_joined_to_one(spellings: tuple[str, ...]) -> None:
    assert len(set(map(joined, spellings))) == 1


def test_other_names_stay_apart() -> None:
    names = ("C", "C++", "C#", "MLA", "MQA", "v1.2", "v13")
    assert len(set(map(joined, names))) == len(names)


def test_a_folded_name_keeps_its_words_apart() -> None:
    assert folded(" Multi-head  Latent_Attention (MLA)") == "multi head latent attention mla"
    assert folded("… !") == ""


@pytest.mark.parametrize("joint", ["vs", "vs.", "VS", "v/s", "v.s.", "versus", "Versus.", "v."])
def test_versus_is_known_however_it_is_spelt(joint: str) -> None:
    pattern = re.compile(rf"GQA (?:{VERSUS}) MLA", re.IGNORECASE)
    assert pattern.fullmatch(f"GQA {joint} MLA")


@pytest.mark.parametrize("text", ["v. 2", "V. Then", "v", "s", "verse", "vsx"])
def test_what_is_no_versus_is_none(text: str) -> None:
    assert not re.search(rf"(?<!\w)(?:{VERSUS})(?!\w)", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("texts", "text", "found"),
    [
        (["Q4_K_M"], "q4_k_m, not Q4_K_M_L", ["q4_k_m"]),
        (["gpt", "gpt-oss"], "gpt-oss and GPT", ["gpt-oss", "GPT"]),
        (["v0.2"], "v0.2 is not v042", ["v0.2"]),
        (["c++"], "C++", ["C++"]),
        ([], "nothing", []),
    ],
)
def test_a_text_is_found_as_a_word_of_its_own(
    texts: list[str], text: str, found: list[str]
) -> None:
    assert exactly(texts).findall(text) == found


def test_the_first_64_different_texts_are_found() -> None:
    pattern = exactly(f"part{number // 2}" for number in range(1_000))
    assert pattern.findall("part0 part63 part64") == ["part0", "part63"]
