from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from entrywise.data.entries import Entry, Section
from entrywise.index.index import Index
from entrywise.index.names.forms import names_of
from entrywise.index.names.lookup import HeldNames
from entrywise.index.names.names import NameIndex
from entrywise.index.names.spelling import Spelling
from entrywise.index.names.tables import NameTables, write
from entrywise.index.words.database import SqliteFile


def spelling_of(*forms: str, ordinary: Sequence[str] = (), text: str = "") -> Spelling:
    said = (Section("text", "It is."),)
    entries = [Entry(str(number), form, "all", said) for number, form in enumerate(forms)]
    names = [one for number, entry in enumerate(entries) for one in names_of(entry, number, {})]
    with TemporaryDirectory() as folder:
        write(path := Path(folder) / "names", names)
        tables = NameTables(SqliteFile(path))
    return Spelling(
        tables,
        NameIndex(HeldNames(names)),
        lambda: {word: rank for rank, word in enumerate(ordinary)},
        lambda words: [word in text.split() for word in words],
    )


def corrected(spelling: Spelling, text: str) -> str:
    """With every word as one that the encoder does not know."""
    return spelling.corrected(text, [(0, len(text))])


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("Mistral", "what is mistrel?", "what is mistral?"),
        ("Mistral", "msitral", "mistral"),  # two letters swapped are one slip
        ("bfloat16", "bflaot61", "bfloat16"),  # two slips from eight letters on
        ("LayerNorm", "layernrom", "LayerNorm"),
        ("Flash Attention", "flash atention", "flash attention"),
        ("Speculative Decoding", "explain speculativ decoding", "explain speculative decoding"),
        ("Speculative Decoding", "speculativ decodng", "speculative decoding"),
        ("Tokenizer", "the Tokeniser", "the Tokenizer"),
        ("Flash Attention", "flsh atention", "flash attention"),
        ("Grouped Query Attention", "gropued qurey attention", "grouped query attention"),
        ("Deep Fryer", "the deeep fryer", "the deep fryer"),
        ("Sourdough Starter", "my sourdogh starter died", "my sourdough starter died"),
    ],
)
def test_a_misspelt_word_of_a_name_is_put_right(name: str, text: str, right: str) -> None:
    assert corrected(spelling_of(name), text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("what is mistrel-8B", "what is mistral-8B"),
        ("mistrel-8B-Instruct-2410", "mistrel-8B-Instruct-2410"),
        ("see docs/mistrel/part-2.html on mistrel", "see docs/mistrel/part-2.html on mistral"),
    ],
)
def test_what_is_copied_is_not_put_right(text: str, right: str) -> None:
    assert corrected(spelling_of("Mistral"), text) == right


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mistral", "mixtrel"),  # two slips in seven letters
        ("MLA", "MLB"),  # short names are other names
        ("MXFP4", "MXFP6"),  # so are other numbers
        ("Learning Rate", "learing curves"),  # the word is right, but no name
        ("Mistral", "mistral"),
        ("Mistral", "nothing like it"),
        ("Yarn", "yran"),  # a short one by itself may be another name
        ("LoRA Training", "lira training"),  # so may be one of other letters
        ("Flash Attention", "lash attention"),  # whoever slips has begun right
    ],
)
def test_what_is_no_slip_stays(name: str, text: str) -> None:
    assert corrected(spelling_of(name), text) == text


def test_a_word_that_a_name_took_is_right() -> None:
    assert corrected(spelling_of("Mistral", "Mixtral"), "Mixtral") == "Mixtral"


def test_the_word_that_makes_a_name_is_meant() -> None:
    spelling = spelling_of("Prefix Caching", "Chunked Prefill")
    assert corrected(spelling, "chunked prefil") == "chunked prefill"
    assert corrected(spelling, "prefil caching") == "prefix caching"


def test_an_ordinary_word_that_is_nearer_is_meant() -> None:
    spelling = spelling_of("Inference", ordinary=["difference", "interference"])
    assert corrected(spelling, "diference between them") == "diference between them"
    assert corrected(spelling, "infrence") == "inference"


def test_a_word_of_the_texts_is_right() -> None:
    spelling = spelling_of("Dequantize", "Speculative Decoding", text="quantize speculativ")
    assert corrected(spelling, "can I quantize it") == "can I quantize it"
    # The texts have another form of it.
    assert corrected(spelling, "speculativ decoding") == "speculative decoding"


def test_of_two_names_one_slip_away_the_one_of_the_same_length_is_meant() -> None:
    assert corrected(spelling_of("mistralx", "mistram"), "mistral") == "mistram"


def test_only_rare_words_are_looked_at() -> None:
    spelling = spelling_of("Mistral")
    assert spelling.corrected("what is mistrel", [(0, 4)]) == "what is mistrel"
    assert spelling.corrected("what is mistrel", [(8, 15)]) == "what is mistral"


def test_first_letters_stand_for_the_one_name_that_has_them() -> None:
    spelling = spelling_of("Sourdough Starter", "Rye Bread", "Round Bread")
    assert spelling.by_initials("SS") == "Sourdough Starter"
    assert spelling.by_initials("RB") is None
    assert spelling.by_initials("XY") is None


def test_no_name_of_the_glossary_is_put_right(glossary_index: Index) -> None:
    for entry in glossary_index.entries:
        text = f"what is {entry.short_name}?"
        assert corrected(glossary_index.spelling, text) == text


def test_an_ordinary_word_of_the_texts_is_meant_by_a_slip() -> None:
    spelling = spelling_of("Handbook", ordinary=["password", "salary"], text="password")
    assert corrected(spelling, "pasword rules") == "password rules"
    assert corrected(spelling, "passwrod rules") == "password rules"
    # The texts have nothing of it, or it may be a name.
    assert corrected(spelling, "salery") == "salery"
    assert corrected(spelling, "Pasword rules") == "Pasword rules"


def test_a_word_that_begins_otherwise_is_another() -> None:
    spelling = spelling_of("Handbook", ordinary=["maternity", "paternal"], text="maternity")
    assert corrected(spelling, "paternity leave") == "paternity leave"
    assert corrected(spelling, "matrenity leave") == "maternity leave"


def test_of_several_ordinary_words_the_commonest_is_meant() -> None:
    words = ["separate", "separata"]
    for ordinary in (words, words[::-1]):
        spelling = spelling_of("Handbook", ordinary=ordinary, text=" ".join(words))
        assert corrected(spelling, "separat") == ordinary[0]


@pytest.mark.parametrize(
    "right",
    [
        ("seperate", "separate"),
        ("untill", "until"),
        ("similiar", "similar"),
        ("recieve", "receive"),
    ],
)
def test_a_word_is_put_right_as_people_misspell_it(right: tuple[str, str]) -> None:
    written, meant = right
    assert corrected(spelling_of("Handbook", ordinary=[meant], text=meant), written) == meant


@pytest.mark.parametrize(
    ("word", "other"), [("router", "route"), ("expire", "empire"), ("picker", "picked")]
)
def test_a_word_of_its_own_stays(word: str, other: str) -> None:
    assert corrected(spelling_of("Handbook", ordinary=[other], text=other), word) == word


def test_a_word_with_a_digit_is_no_slip() -> None:
    spelling = spelling_of("Handbook", ordinary=["stage"], text="stage")
    assert corrected(spelling, "stage2 or stage") == "stage2 or stage"


@pytest.mark.parametrize(
    "text", ["atention" * 20, "are" + ".Are" * 2_000, "注意力注意" * 9 + " atention"]
)
def test_what_is_not_looked_up_is_no_slip_and_no_fault(text: str, glossary_index: Index) -> None:
    assert glossary_index.spelling.corrected(text, [(0, len(text))]).startswith(text[:8])
