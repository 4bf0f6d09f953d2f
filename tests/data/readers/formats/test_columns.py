from __future__ import annotations

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.columns import find_columns, parse_columns


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
