from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.readers.formats.tables.cells import _distinct, split_separator, tell_delimiter


def test_time_grows_linearly_with_columns_that_are_called_alike() -> None:
    assert _distinct(["a", "a", "a 2", "a", "title", "title", ""], {}) == [
        *("a", "a 2", "a 2 2", "a 3", "title", "title", "")
    ]
    assert grows_linearly(lambda count: _distinct(["a"] * count, {}), 20_000)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("id,title,text\n1,a,b", ","),
        ("Title;Text\n1,5 kg, net;a, b, c", ";"),
        ("title\ttext\na, b, c\td", "\t"),
        ("Question|Answer\nWhat, who?|That, this", "|"),
        ("Frage;Antwort\na,b;c", ";"),
        ("text\nonly, one\ncolumn", ","),
    ],
)
def test_delimiters_are_told(text: str, delimiter: str) -> None:
    assert tell_delimiter(text) == delimiter


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_what_excel_writes_first_is_no_row(line: str) -> None:
    assert split_separator(f"{line}\nTitle;Text") == (";", "\nTitle;Text")


@pytest.mark.parametrize("text", ["sep\na", "sep=\na", "separator=;\n", ""])
def test_other_lines_are_rows(text: str) -> None:
    assert split_separator(text) == (None, text)
