from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from growth import grows_linearly
from markdown_it import MarkdownIt

from entrywise.data.documents.parsing.tables import with_tables
from entrywise.data.source import read_knowledge_base


def kinds(text: str) -> set[str]:
    return {token.type for token in with_tables(MarkdownIt("commonmark")).parse(text)}


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|:-:|\n| 1 | 2 |\n",
        "> - |a|b|\n>   |-|-|\n>   |1\n",
        "|a" * 200 + "\n" + "|-" * 200 + "\n" + "|x\n" * 20,
        "|a" * 60 + "\n" + "|-" * 60 + "\n" + ("|x" * 60 + "\n") * 1_000,
    ],
)
def test_tables_of_people_are_tables(text: str) -> None:
    assert "td_open" in kinds(text)


def test_a_table_that_is_nearly_all_empty_is_text() -> None:
    assert kinds("|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "|x\n" * 1_000) == {
        "paragraph_open",
        "inline",
        "paragraph_close",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", lambda size: "|a" * size + "\n" + "|-" * size + "\n" + "|x\n" * size),
        ("a.html", lambda size: "<table><tr>" + "<td>a" * size + "<tr><td>x" * size),
    ],
)
def test_no_table_takes_longer_than_its_size(
    name: str, text: Callable[[int], str], tmp_path: Path
) -> None:
    """Of four times the size it took sixteen times as long, and over a minute at 2,000."""

    def read(size: int) -> str:
        (tmp_path / name).write_text(text(size), encoding="utf-8")
        (entry,) = read_knowledge_base(tmp_path / name)
        return "".join(section.text for section in entry.sections)

    assert grows_linearly(read, 1_000)
    said = read(1_000)
    assert (said.count("a"), said.count("x")) == (1_000, 1_000)


def cells(row: str, header: str = "| a | b |") -> list[str]:
    rule = "|---" * (header.count("|") - 1)
    parser = with_tables(MarkdownIt("commonmark"), bars_in_code=True)
    tokens = parser.parse(f"{header}\n{rule}|\n{row}\n")
    return [token.content for token in tokens if token.type == "inline"][header.count("|") - 1 :]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (r"| 1 | ```Host(`^a\.(b|c)$`)``` |", ["1", r"```Host(`^a\.(b|c)$`)```"]),
        ("1 | `a|b|c`", ["1", "`a|b|c`"]),
        (r"| `a|b` | c\|d |", ["`a|b`", "c|d"]),
        # As many as the header has: a bar parts them.
        ("| `a|b` |", ["`a", "b`"]),
        # More than the header has even so.
        ("| `a|b` | c | d |", ["`a", "b`"]),
        ("| `a | b | c |", ["`a", "b"]),
        ("| a | `b` | c |", ["a", "`b`"]),
        ("||", ["", ""]),
    ],
)
def test_a_bar_in_code_parts_no_cells_where_there_would_be_too_many(
    row: str, expected: list[str]
) -> None:
    assert cells(row) == expected


def test_a_quoted_row_with_a_bar_in_code_stands_where_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("| a | b |\n|--|--|\n| 1 | `x|y` |\n", encoding="utf-8")
    ((section,),) = (one.sections for one in read_knowledge_base(tmp_path / "a.md"))
    row = section.blocks[-1]
    assert (row.plain, section.text[row.start : row.end]) == ("a: 1; b: x|y", "| 1 | `x|y` |")


@pytest.mark.parametrize("unit", ["`|", "`|``", "|\\\\", "`a|b`"])
def test_time_grows_linearly_with_the_bars_of_a_row(unit: str) -> None:
    assert grows_linearly(lambda count: cells(unit * count), 16_000)


@pytest.mark.parametrize("unit", ["a\n-\n", "a\n-|-\n", "a\n|-|-|\n"])
def test_titles_with_a_line_below_take_as_much_time_each(unit: str) -> None:
    # A line of them is none of a table, which may be a long one.
    assert grows_linearly(lambda count: kinds(unit * count), 16_000)
