from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import parse_json, read_text


def test_text_is_read_without_byte_order_mark_and_carriage_returns(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    assert read_text(path) == "one\ntwo"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"abc\xff", "byte 3 is no UTF-8; save the file as UTF-8"), (b"a\0b", "holds NUL bytes")],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(KnowledgeBaseError, match=complaint):
        read_text(path)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("missing", "check the path"), (".", "it is a folder"), ("nul\0byte", "check the path")],
)
def test_a_file_that_cannot_be_opened_is_said_so(tmp_path: Path, name: str, remedy: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=rf"cannot be read .*; {remedy}"):
        read_text(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"a": 1,\n "b": }', r"line 2, column 7"),
        ('{"a": 1, "b": 2, "a": 3}', "the key 'a' is there twice"),
        ("[" * 200_000, "nesting too deep"),
        ("9" * 5000, "number is too long"),
        ("", "line 1, column 1"),
    ],
)
def test_broken_json_is_one_line_with_the_place(text: str, complaint: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=complaint) as caught:
        parse_json(text, "file.json")
    assert str(caught.value).startswith("file.json: ")
    assert "\n" not in str(caught.value)


def test_json_is_parsed() -> None:
    assert parse_json('{"a": [1, null]}', "file.json") == {"a": [1, None]}
