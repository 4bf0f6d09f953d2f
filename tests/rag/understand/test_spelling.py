from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed
from stages import understood

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.understand.spelling import as_texts_write, correct_spelling, guess


def test_a_misspelt_name_is_read_and_encoded_as_it_was_meant(glossary_index: Index) -> None:
    text, encoded = correct_spelling("explain speculativ decoding", glossary_index)
    right = glossary_index.encoder.encode_query("explain speculative decoding")

    assert text == "explain speculative decoding"
    assert encoded.vector.tolist() == right.vector.tolist()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("diference between LoRA and QLoRA", "difference between LoRA and QLoRA"),
        ("Diffrence betwen GQA and MLA", "difference between GQA and MLA"),
        ("drawbaks of quantizaton", "drawbacks of quantization"),
    ],
)
def test_words_that_ask_are_put_right(text: str, right: str, glossary_index: Index) -> None:
    assert correct_spelling(text, glossary_index)[0] == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("hwat is quantization", "what is quantization"),
        ("Whta are scaling laws?", "What are scaling laws?"),
        ("wat is GQA", "what is GQA"),
        ("hwo does LoRA work", "how does LoRA work"),
        ("wehn should I use QLoRA", "when should I use QLoRA"),
        ("hwat is quantzation", "what is quantization"),
    ],
)
def test_a_word_that_opens_a_question_is_put_right(
    text: str, right: str, glossary_index: Index
) -> None:
    assert correct_spelling(text, glossary_index)[0] == right


@pytest.mark.parametrize(
    "text",
    [
        "hot is the oven",
        "what is GQA",
        "AWQ is what",
        "wandb is down",
        "hwat about GQA",
        "then is it MLA",
        "chat is slow",
    ],
)
def test_other_words_before_a_verb_stay(text: str, glossary_index: Index) -> None:
    assert correct_spelling(text, glossary_index)[0] == text


@pytest.mark.parametrize("word", ["here", "hat", "hen", "that", "there", "now"])
def test_a_word_that_no_text_has_is_right_where_it_begins_otherwise(
    word: str, harbour_index: Index
) -> None:
    text = f"{word} is my boat"
    assert correct_spelling(text, harbour_index)[0] == text


def test_words_that_open_a_question_are_put_right_in_english_alone(
    handbook_in: Callable[[str], Index],
) -> None:
    assert correct_spelling("wat is dit", handbook_in("fr"))[0] == "wat is dit"


@pytest.mark.parametrize(
    "text", ["what are the fees", "What is a mooring buoy", "who’s the master"]
)
def test_documents_are_asked_what_a_thing_is_alike_without_the_mark(
    text: str, harbour_index: Index
) -> None:
    read, encoded = correct_spelling(text, harbour_index)

    assert read == text
    assert encoded.vector.tolist() == correct_spelling(f"{text}?", harbour_index)[1].vector.tolist()


@pytest.mark.parametrize(
    "text", ["mooring buoys", "what isolates it", "what is new!", "what is it?"]
)
def test_other_questions_are_encoded_as_one_types(text: str, harbour_index: Index) -> None:
    as_it_is = harbour_index.encoder.encode_query(text).vector.tolist()
    assert correct_spelling(text, harbour_index)[1].vector.tolist() == as_it_is


def test_glossaries_and_other_languages_are_asked_as_one_types(
    glossary_index: Index, handbook_in: Callable[[str], Index]
) -> None:
    for index in (glossary_index, handbook_in("fr")):
        as_it_is = index.encoder.encode_query("what is GQA").vector.tolist()
        assert correct_spelling("what is GQA", index)[1].vector.tolist() == as_it_is


def test_a_misspelt_name_names_the_entry(glossary_index: Index) -> None:
    question = understood("what is quantizaton?", glossary_index)
    assert [glossary_index.catalog.ids[e] for e in question.surely_named] == ["quantization"]


def test_what_is_spelt_right_is_left(glossary_index: Index) -> None:
    for text in ("what is DeBERTa?", "flash attention", "how do I kwzyq"):
        assert correct_spelling(text, glossary_index)[0] == text


def test_no_abbreviation_stands_for_another(glossary_index: Index) -> None:
    # The initials of AWQ-INT4.
    question = understood("has it anything to do with AI", glossary_index)
    assert any(mention.is_unowned for mention in question.mentions)
    assert guess(question, glossary_index) is None


def test_an_unknown_abbreviation_may_stand_for_a_name(glossary_index: Index) -> None:
    question = understood("what is LPE?", glossary_index)
    assert guess(question, glossary_index) == "what is Learned Position Embeddings?"
    assert guess(understood("what is lpe?", glossary_index), glossary_index) is None
    assert guess(understood("what is GQA?", glossary_index), glossary_index) is None


def test_what_the_knowledge_base_has_is_no_misspelt_asking_word(
    indexed: Indexed, small_index: Index
) -> None:
    told = "Comapre reads two files and lists what is new in the second one."
    entry = Entry("comapre", "Comapre", "tool", (Section("explanation", told),))
    root = indexed(KnowledgeBase((entry,), (Category("tool", "Tools", 0),)))
    with closing(Index(root)) as index:
        assert (
            correct_spelling("how does comapre read files", index)[0]
            == "how does comapre read files"
        )
    assert correct_spelling("comapre GQA", small_index)[0] == "compare GQA"


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "¿Cómo preparo té verde?"), ("de", "programm starten"), ("es", "¿Cómo comparo cafés?")],
)
def test_no_word_of_another_language_becomes_an_english_one(
    handbook_in: Callable[[str], Index], language: str, text: str
) -> None:
    assert correct_spelling(text, handbook_in(language))[0] == text


YARD = """# The yard

## Backups

Backups of the books are kept in the workshop. Whose they are is on the cover.

## Update

An update of the books comes each month. Ropes are in the store house, sails in the storehouse.

## Back yard

The store house has a back yard, upon which no tree stands. `useSlots` is called for slots.

## Cash box

Each cash box is a `CashBox`. Programs open each CashBox, and each RopeLadder.

## Lids

A `CashBox` has a lid.
"""


def test_words_that_documents_write_together_are_read_so(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "yard.md").write_text(YARD, "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert as_texts_write("how do I back up my books", index) == "how do I backup my books"
        assert as_texts_write("Who sings in the Work Shop?", index) == "Who sings in the WorkShop?"
        assert as_texts_write("is a rope ladder there", index) == "is a ropeladder there"
        # One word belongs to one pair.
        assert as_texts_write("back up date", index) == "back update"
        for text in (
            "who is in the store house",
            "back-up",
            "back, up",
            "who sees",
            "what is up on it",
            "how do I use slots",
            "what opens the cash box",
            "é " * 200,
        ):
            assert as_texts_write(text, index) == text
        long = "backup " + "a" * 200 + " b" * 100
        assert as_texts_write(long, index) == long


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("Why cant I log in? It didn't work.", "Why can not I log in? It did not work."),
        ("Wont it float, and DOESN’T it sink", "will not it float, and DOES not it sink"),
        ("hows the oar, whats a mast", "how is the oar, what is a mast"),
        ("is a want-ad a wont-do, what's haven", "is a want-ad a wont-do, what's haven"),
        ("runs it at 5ghz or 9 v", "runs it at 5 ghz or 9v"),
        ("1.5ghz, v5ghz, 5ghz-band, 7ghz", "1.5ghz, v5ghz, 5ghz-band, 7ghz"),
    ],
)
def test_contractions_and_quantities_are_read_as_texts_write_them(
    text: str, looked_up: str, indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "radio.md").write_text("# Radio\n\nIt sends at 5 GHz, and takes 9V.\n", "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert as_texts_write(text, index) == looked_up
    (tmp_path / "radio.md").write_text("# Funk\n\nEr sendet.\n", "utf-8")
    (tmp_path / "entrywise.toml").write_text("language = 'de'\n", "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert as_texts_write(text, index) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Paginaton of the logbok", "pagination of the logbook"),
        ("how do i deply to gitub?", "how do i deploy to github?"),
        # Another letter, what texts have, and parts of paths and names.
        ("githyb", "github"),
        ("githob", "githob"),
        ("a boatswain", "a boatswain"),
        ("docs/gitub.md my-gitub", "docs/gitub.md my-gitub"),
        ("mteea", "mteea"),
        # Right in another language.
        ("wie sehe ich das Logbock wieder", "wie sehe ich das Logbock wieder"),
        ("wrd " * 30, "wrd " * 30),
    ],
)
def test_a_slip_in_a_word_of_a_heading_is_put_right(
    text: str, right: str, indexed: Indexed, tmp_path: Path
) -> None:
    headings = ("Logbook", "Pagination", "Deploy to GitHub", "Boatswains, meteor")
    (tmp_path / "log.md").write_text("\n\n".join(f"# {one}\n\nDaily." for one in headings), "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert correct_spelling(text, index)[0] == right


def test_terms_are_asked_in_the_words_that_one_types(glossary_index: Index) -> None:
    assert as_texts_write("what is fine tuning", glossary_index) == "what is fine tuning"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what is GQAX?", "what is GQA?"),
        ("explain RHLF", "explain RLHF"),
        ("best pizza in Rome", None),
        ("what is Qwenn", "what is Qwen"),
        ("what is FooBarNet?", None),
        # Another digit is another name, and of a short one another letter.
        ("explain RLHG", None),
        ("what is FP9?", None),
        ("what is GKX?", None),
    ],
)
def test_an_unknown_name_may_be_a_slip_of_one(
    text: str, meant: str | None, glossary_index: Index
) -> None:
    assert guess(understood(text, glossary_index), glossary_index) == meant
