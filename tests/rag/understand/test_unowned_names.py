from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import grows_linearly
from stages import understood

from entrywise.index.index import Index
from entrywise.rag.understand.entity_mentions import unowned_names
from entrywise.rag.understand.mention import Mention


def test_words_of_an_unknown_name_stay_together(small_index: Index) -> None:
    assert understood("what is Foo2Bar BazQuux good for", small_index).unknown == (
        "Foo2Bar BazQuux",
    )


@pytest.mark.parametrize("between", ["/", ",", ", "])
def test_names_with_more_than_a_space_between_are_two(small_index: Index, between: str) -> None:
    names = understood(f"what is Foo2Bar{between}BazQuux", small_index).unknown
    assert names == ("Foo2Bar", "BazQuux")


def test_what_a_text_mentions_is_not_unknown(small_index: Index) -> None:
    # MQA has no entry, but the text of GQA speaks of it.
    question = understood("what is MQA?", small_index)
    assert (question.unknown, question.mentioned) == ((), ("MQA",))


def test_a_stray_name_beside_a_known_subject_is_not_the_question(small_index: Index) -> None:
    assert understood("LoRA training crashes, ZyxErr again", small_index).unknown == ()
    assert understood("LoRA training crashes, what is ZyxErr", small_index).unknown == ("ZyxErr",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tell me of Zyxwvut today", ("Zyxwvut",)),
        ("Zyxwvut is new. Abcdefg is old here", ()),
        ("Zyxwvut?", ("Zyxwvut",)),
        ("A Title Of Many Zyxwvut Words", ()),
        ("it has 80GB and is 4x faster", ()),
    ],
)
def test_a_capital_makes_a_name_where_nothing_else_explains_it(
    small_index: Index, text: str, names: tuple[str, ...]
) -> None:
    assert understood(text, small_index).unknown == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Was ist ÖPNV?", ("ÖPNV",)),
        ("de", "Was ist Äpfelmus-DX?", ("Äpfelmus-DX",)),
        ("de", "Wie viel Zeit?", ("Zeit",)),
        ("fr", "qui est Étienne", ("Étienne",)),
        ("fr", "qui est Иванов", ("Иванов",)),
        ("fr", "什么是GQA", ("GQA",)),
        ("fr", "GQA是什么", ("GQA",)),
        ("es", "¿Cómo preparo té?", ()),
        ("es", "¿Qué es Nespresso?", ("Nespresso",)),
    ],
)
def test_a_name_has_letters_of_any_alphabet(
    handbook_in: Callable[[str], Index], language: str, text: str, names: tuple[str, ...]
) -> None:
    assert understood(text, handbook_in(language)).unknown == names


def test_a_place_that_is_taken_holds_no_name(small_index: Index) -> None:
    text = "FooX BarY"
    encoded = small_index.encoder.encode_query(text)
    half = Mention("FooX model", 0, 4, "unknown", {})

    (name,) = unowned_names(text, encoded, [half], set(), small_index)
    assert name == Mention("BarY", 5, 9, "unknown", {})
    assert unowned_names(text, encoded, [half], set(range(5, 9)), small_index) == []


def test_the_time_grows_with_the_length_and_not_with_its_square(small_index: Index) -> None:
    # The encoder reads the beginning alone: what it says of each length is the same.
    encoded = small_index.encoder.encode_query("Xy zz " * 2_000)

    def look(count: int) -> None:
        text = "Xy zz " * count
        places = range(3, len(text), 6)
        found = [Mention("zz", start, start + 2, "name", {0: 1.0}) for start in places]
        unowned_names(text, encoded, found, set(), small_index)

    assert grows_linearly(look, 2_000)
