from __future__ import annotations

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.tables.columns import (
    find_columns,
    parse_columns,
    told_by_content,
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("title=Frage,text=Antwort", {"title": "Frage", "text": "Antwort"}),
        (" text = A = B , ", {"text": "A = B"}),
        ("", {}),
    ],
)
def test_columns_are_written_as_names(text: str, columns: dict[str, str]) -> None:
    assert parse_columns(text) == columns


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Frage", "'Frage' is no NAME=COLUMN; write title=Frage"),
        ("text=", "'text=' is no NAME=COLUMN"),
        ("titel=Frage", r"'titel' is nothing that a column holds; .* \(nearest: 'title'\)"),
    ],
)
def test_what_is_written_otherwise_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=complaint):
        parse_columns(text)


def test_the_likeliest_name_goes_first_and_what_is_given_before_all() -> None:
    header = ["Description", "TEXT ", "name", "title", "slug", "_id"]
    found = {"id": "_id", "title": "title", "text": "TEXT "}
    assert find_columns(header, {}, "a") == found
    assert find_columns(header, {"text": "description"}, "a")["text"] == "Description"


ANSWER = "Am Steg, neben dem alten Kran."


@pytest.mark.parametrize(
    ("rows", "found", "columns"),
    [
        ([("Wo ist es?", ANSWER)], {}, {"title": "a", "text": "b"}),
        ([(ANSWER, "Wo ist es, wenn alle Boote auf See sind?")], {}, {"title": "b", "text": "a"}),
        ([("Kran", ANSWER), ("Boot", ANSWER)], {}, {"title": "a", "text": "b"}),
        ([("Kran", ANSWER), ("Kran", ANSWER)], {}, {"text": "b"}),
        ([("Kran", ANSWER), ("Boot", "Ja."), ("Steg", ANSWER)], {}, {"title": "a", "text": "b"}),
        ([("kr", ANSWER)], {"id": "a"}, {"id": "a", "text": "b"}),
        (
            [("在哪里？", "它在码头旁边，靠近老起重机，每天早上八点开放。")],
            {},
            {"title": "a", "text": "b"},
        ),
        (
            [("المفتاح عند مدير الميناء كل يوم.", "أين المفتاح الذي يفتح كل أبواب الميناء؟")],
            {},
            {"title": "b", "text": "a"},
        ),
        ([("https://example.org/a/long/address", ANSWER)], {}, {"text": "b"}),
        ([("1", ANSWER), ("2", ANSWER)], {}, {"text": "b"}),
        # Names of several words, of which each is another, are what the rows are called.
        (
            [("Cross-site scripting", "1"), ("Insecure cryptographic storage", "7")],
            {},
            {"title": "a"},
        ),
        ([("The gate is to be shut.", "1"), ("The boat is to be dried.", "7")], {}, {"text": "a"}),
        # Two languages beside each other, the second a little longer.
        ([("At the pier, beside it.", ANSWER), (ANSWER, ANSWER)], {}, {"text": "a"}),
        # What few rows have is not what rows tell.
        ([("", 3 * ANSWER), (ANSWER, ""), (ANSWER, ""), (ANSWER, "")], {}, {"text": "a"}),
    ],
)
def test_columns_without_usual_names_are_told_by_what_they_hold(
    rows: list[tuple[str, str]], found: dict[str, str], columns: dict[str, str]
) -> None:
    named = [dict(zip("ab", row, strict=True)) for row in rows]
    assert told_by_content("ab", named, found, "faq.csv") == columns


@pytest.mark.parametrize(
    "row",
    [
        ("2026-01-31", "1,500.00"),
        ("Kran", "in use"),
        ("6f9619ff-8b86-d011-b42d-00cf4fc964ff", "https://example.org/a/long/address"),
        ("Wo ist es, wenn alle Boote auf See sind?", "Am Steg."),
        ("12 34 56 78 90 12 34 56 78", "Am Steg."),
    ],
)
def test_a_table_without_prose_has_no_text(row: tuple[str, str]) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"no column \('a', 'b'\) is called text"):
        told_by_content("ab", [dict(zip("ab", row, strict=True))], {}, "sizes.csv")


def test_a_cell_that_is_no_text_tells_nothing() -> None:
    rows = [{"a": 5, "b": ANSWER}, {"b": ["x"]}]
    assert told_by_content("ab", rows, {}, "rows.jsonl") == {"text": "b"}
