from __future__ import annotations

import pytest

from entrywise.data.documents.dialects.wiki import from_wiki
from entrywise.data.documents.sections import read_page


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("see [[Leave]].", "see [Leave](<Leave>)."),
        ("see [[Guides/Leave|the guide]]", "see [the guide](<Guides/Leave>)"),
        ("[[Leave#Sick days]]", "[Leave > Sick days](<Leave#Sick days>)"),
        ("[[#Sick days]]", "[Sick days](<#Sick days>)"),
        ("![[plan b.png]]", "![](<plan b.png>)"),
        ("![[Guides/Leave#Sick days]]", "[Guides/Leave > Sick days](<Guides/Leave#Sick days>)"),
        ("[[/img/plan.png]]", "![](</img/plan.png>)"),
        ("select ![[new.svg#icon]]", "select ![](<new.svg#icon>)"),
        ("![[plan.png#outline|100]]", "![](<plan.png#outline>)"),
        ("![The plan|300x200](plan.png) ![250](b.png)", "![The plan](plan.png) ![](b.png)"),
        ("==Not on Fridays.== Never. ^a1b2c3", "**Not on Fridays.** Never."),
        ("%% ask Mia %%", ""),
        ("> ^a1b2c3", ""),
    ],
)
def test_links_and_marks_are_taken_back(line: str, expected: str) -> None:
    assert from_wiki(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "[[a]](b)",
        "[[a]][b]",
        "if [[ -f a ]]; then",
        "`[[a]]` and `a ==b== c`",
        "\\[[a]]",
        "![7 boats](b.png) `![7](b.png)` ![7]",
        "a==b==c",
        "data[[0]]",
        "a == b == c",
        "2 ^8",
        "100 %% of 5 %%",
        "%%time",
    ],
)
def test_what_only_looks_alike_stays(line: str) -> None:
    assert from_wiki(line) == line


def test_comments_of_several_lines_are_no_text() -> None:
    text = "Wash it.\n\n%%\nAsk Mia.\n\n%%\n\n```\n%%\ncode\n%%\n```\n\nSell it.\n\n%%\nOpen."
    (section,) = read_page(text).sections
    plain = [one.plain for one in section.blocks]
    assert plain == ["Wash it.", "%%\ncode\n%%", "Sell it.", "%% Open."]
