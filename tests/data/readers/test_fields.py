from __future__ import annotations

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.fields import Record, as_record, is_clean, nearest, shorten, show


def record(**values: object) -> Record:
    return Record("file.json: entry 'gqa'", values)


def test_fields_come_out_typed() -> None:
    gqa = record(name="GQA", order=3, related=["mla"], papers=[{"title": "T"}], url="https://a.b")
    assert gqa.text("name") == "GQA"
    assert gqa.whole_number("order") == 3
    assert gqa.texts("related") == ("mla",)
    assert gqa.records("papers")[0].text("title") == "T"
    assert gqa.url("url") == "https://a.b"


def test_what_is_missing_is_empty_unless_it_is_required() -> None:
    nothing = record(url=None)
    assert (nothing.note("name"), nothing.texts("related"), nothing.records("papers")) == (
        "",
        (),
        (),
    )
    assert nothing.url("url") is None
    with pytest.raises(KnowledgeBaseError, match=r"^file.json: entry 'gqa', field 'name': is miss"):
        nothing.text("name")


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (" ", "' ' is empty; write it"),
        (3, "3 is no text; write it in quotes"),
        ("a\0b", "NUL"),
        ("\ud800", "surrogate"),
    ],
)
def test_a_text_is_text_and_not_blank(value: object, complaint: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=complaint):
        record(name=value).text("name")


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("mla", "'mla' is no list"),
        (["mla", 1], "1 is no text"),
        (["mla", ""], "'' is an empty item"),
        (["mla", "mla"], "'mla' is listed twice"),
    ],
)
def test_a_list_holds_different_texts(value: object, complaint: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=complaint):
        record(related=value).texts("related")


@pytest.mark.parametrize("value", [True, 1.5, "1", None])
def test_only_an_integer_is_a_whole_number(value: object) -> None:
    with pytest.raises(KnowledgeBaseError, match="is no whole number; write one"):
        record(order=value).whole_number("order")


def test_an_address_that_could_run_code_is_refused() -> None:
    with pytest.raises(KnowledgeBaseError, match=r"'javascript:alert\(1\)' is no web address"):
        record(url="javascript:alert(1)").url("url")


def test_an_item_of_a_list_is_named_by_its_position() -> None:
    with pytest.raises(KnowledgeBaseError, match=r"'papers' item 2: 7 is no JSON object"):
        record(papers=[{}, 7]).records("papers")


def test_an_unknown_field_names_the_nearest_valid_one() -> None:
    with pytest.raises(KnowledgeBaseError, match=r"'relatd': is unknown.*\(nearest: 'related'\)"):
        record(relatd=[]).allow(("name", "related"))


def test_only_an_object_is_a_record() -> None:
    assert as_record({"a": 1}, "here").values == {"a": 1}
    with pytest.raises(KnowledgeBaseError, match=r"^here: \[1\] is no JSON object; write {...}$"):
        as_record([1], "here")


def test_values_are_shown_short_and_on_one_line() -> None:
    assert len(show("long " * 100)) <= 60
    assert "\n" not in show("two\nlines")
    assert shorten("short") == "short"
    assert len(shorten("x" * 100)) == 60


def test_nearest_says_nothing_when_nothing_is_near() -> None:
    assert nearest("zzz", ("gqa",)) == ""


def test_clean_text_can_be_stored() -> None:
    assert is_clean("naïve \U0001f600")
    assert not is_clean("\udfff")
