from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html

BODY = "<tr><td>Ada<td>6<td>20"
TWO = "<tr><th rowspan=2>Boat<th colspan=2>Length<tr><th>m<th>ft"
TOLD = "| Boat | Length m | Length ft |\n|---|---|---|\n| Ada | 6 | 20 |"


def markdown(html: str) -> str:
    return from_html(f"<main><table>{html}</table></main>").markdown


@pytest.mark.parametrize("head", [TWO, f"<thead>{TWO.replace('<th', '<td')}</thead><tbody>"])
def test_a_header_of_two_rows_names_each_column(head: str) -> None:
    assert markdown(head + BODY) == TOLD


@pytest.mark.parametrize("title", ["<tr><th colspan=3>Fleet", "<caption>Fleet</caption>"])
def test_what_stands_alone_above_the_header_is_the_title(title: str) -> None:
    assert markdown(f"{title}{TWO}{BODY}") == f"**Fleet**\n\n{TOLD}"
    assert markdown(f"{title}{BODY}").endswith("|---|---|---|\n| Ada | 6 | 20 |")


def test_a_value_of_several_columns_is_said_in_each() -> None:
    rows = "<tr><th>Boat<th>Oars<th>Sails<tr><td>Ada<td colspan=2>none<tr><td colspan=3>Old"
    assert markdown(rows).endswith("| Ada | none | none |\n| Old |  |  |")


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>Boat<th>m<tr><th>Ada<th>6",
        "<thead><tr><th>Boat<th>m<tr><td>Ada<td>6</thead>",
        "<tr><th>Boat<th>m<tr><td>Ada<td>6",
    ],
)
def test_rows_of_a_table_are_no_header(rows: str) -> None:
    assert markdown(rows) == "| Boat | m |\n|---|---|\n| Ada | 6 |"
