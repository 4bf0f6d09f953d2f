from __future__ import annotations

import pytest
from growth import grows_linearly
from quoted import FENCE

from entrywise.data.documents.markup.regions import regions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n<table>\n<tr>\n\n<td>b\n</table>\nc", {1: 6}),
        ("<ul><li>a</li></ul> b\nc", {0: 1}),
        ("<p>a</p><p>b</p>\n<p>c</p>", {0: 1}),
        ("<div>\n<p>a</p>\n<ul>\n</ul>\n</div>", {0: 5}),
        ("<div>\n\n<ul>\n<li>a\n</ul>\n</div>", {2: 5}),
        ("<ul>\n\n- a\n\n</ul>", {}),
        ("<div>\n| a |\n|---|\n<p>b</p>\n</div>", {}),
        ("<div\n>\n<p>a</p>\n</div>", {0: 4}),
        (f"<table>\n<td>\n\n{FENCE}\na\n{FENCE}\n</table>", {}),
        (f"{FENCE}\n<ul>\n</ul>\n{FENCE}", {}),
        ("<pre>\n\n# a\n</pre>", {0: 4}),
        ("<ul>\nnever closed", {}),
        ("<Table>\n</Table>\n`<ul>`", {}),
        ("a <ul><li>b</li></ul>", {}),
    ],
)
def test_html_is_read_by_its_elements_where_they_say_more_than_markdown(
    text: str, found: dict[int, int]
) -> None:
    assert regions(text.split("\n")) == found


def test_components_that_are_given_code_are_read_in_mdx() -> None:
    lines = f"a\n<Add\n  npm='npm i a'\n  yarn='yarn add a'\n/>\n{FENCE}\n<A code='a b' />\n{FENCE}"
    assert regions(lines.split("\n"), is_mdx=True) == {1: 5}
    assert regions(lines.split("\n")) == {}
    assert regions(["<A code='a b' /> and more"], is_mdx=True) == {}


def test_headings_right_below_tags_are_some_in_mdx() -> None:
    lines = ["<dl>", " <dt>", "## `-n`", " </dt>", " <dd>A node.</dd>", "</dl>"]
    assert regions(lines) == {0: 6}
    assert regions(lines, is_mdx=True) == {}
    assert regions(["<pre>", "# make", "</pre>"], is_mdx=True) == {0: 3}


@pytest.mark.parametrize(
    "unit", ["<table>", "<p>a</p>", "<ul>\n", "<div><p>\n", "<td b={{", "` ``", "<A b='c d'\n"]
)
def test_time_grows_linearly_with_hostile_html(unit: str) -> None:
    def read(count: int) -> object:
        return regions(["<p>", *(unit * count).split("\n")], is_mdx=True)

    assert grows_linearly(read, 8_000)
