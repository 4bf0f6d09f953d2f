from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.entries import Entry, Section
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.rows import CsvReader, JsonLinesReader

Write = Callable[..., Path]


def read_jsonl(path: Path) -> tuple[Entry, ...]:
    return JsonLinesReader().read(path).entries


def read_csv(path: Path) -> tuple[Entry, ...]:
    return CsvReader().read(path).entries


def test_a_json_line_is_an_entry(write: Write) -> None:
    path = write(
        '{"_id": "1", "title": "T", "text": "a\\u2028b", "metadata": {"x": 1}}\n\n'
        '{"_id": "2", "title": "", "text": "c", "url": "https://a.b", "category": "k"}\n',
        "rows.jsonl",
    )
    assert read_jsonl(path) == (
        Entry("1", "T", "documents", (Section("text", "a\u2028b"),)),
        Entry("2", "2", "k", (Section("text", "c"),), url="https://a.b"),
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"_id": "1", ', "no valid JSON at line 1, column 14"),
        ("[]", "[] is no JSON object"),
        ('{"_id": "1", "text": "x"}', "field 'title': is missing; add it"),
        ('{"_id": 1, "title": "", "text": "x"}', "field '_id': 1 is no text"),
        ('{"_id": "0", "title": "", "text": "x"}', "field '_id': '0' was there on an earlier"),
    ],
)
def test_a_wrong_json_line_is_named_by_its_number(line: str, complaint: str, write: Write) -> None:
    path = write('{"_id": "0", "title": "", "text": "x"}\n\n' + line, "rows.jsonl")
    with pytest.raises(KnowledgeBaseError) as caught:
        read_jsonl(path)
    start = f"{path}: line 3"
    assert str(caught.value).startswith(start)
    assert str(caught.value)[len(start) :].lstrip(",: ").startswith(complaint)


def test_rows_without_text_are_left_out(write: Write) -> None:
    assert read_jsonl(write('{"_id": "1", "title": "T", "text": " "}', "rows.jsonl")) == ()


def test_csv_from_a_spreadsheet_is_read(write: Write) -> None:
    text = '\ufeffid, title,note,text\r\n1,T,n,"a, ""b""\r\nc\u2028d"\r\n,,,\r\n2,,n,e\u2028f\r\n'
    assert read_csv(write(text, "rows.csv")) == (
        Entry("1", "T", "documents", (Section("text", 'a, "b"\nc\u2028d'),)),
        Entry("2", "2", "documents", (Section("text", "e\u2028f"),)),
    )


def test_a_very_long_csv_field_is_read_and_the_limit_put_back(write: Write) -> None:
    limit = csv.field_size_limit()
    long = "word " * limit
    (entry,) = read_csv(write(f"_id,title,text\n1,T,{long}", "rows.csv"))
    assert entry.text("text") == long
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id,titel,text\n1,a,b", "column 'title' is missing; add it (nearest: 'titel')"),
        ("id,_id,title,text\n1,1,a,b", "column '_id' is there twice; keep one"),
        ("", "column '_id' is missing; add it"),
        ("id,title,text\n1,a,b,c", "line 2: 4 cells for 3 columns; quote cells with commas"),
        ('id,title,text\n1,a,"b', "line 2: no valid CSV (unexpected end of data); correct it"),
        ("id,title,text\n1,a,b\n1,c,d", "line 3, field '_id': '1' was there on an earlier line"),
    ],
)
def test_wrong_csv_is_refused(text: str, complaint: str, write: Write) -> None:
    path = write(text, "rows.csv")
    with pytest.raises(KnowledgeBaseError) as caught:
        read_csv(path)
    assert str(caught.value).startswith(f"{path}: {complaint}")
