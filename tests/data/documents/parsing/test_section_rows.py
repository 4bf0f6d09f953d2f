"""What stands behind tabs belongs to the heading above them."""

from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.sections import read_page


def said(text: str, *, is_mdx: bool = False) -> dict[str, list[str]]:
    sections = read_page(f"# Boats\n\n{text}", is_mdx=is_mdx).sections
    return {"/".join(one.path): [one.text[b.start : b.end] for b in one.blocks] for one in sections}


@pytest.mark.parametrize(
    ("opening", "closing", "is_mdx"),
    [
        ("<Tabs>\n<Tab>", "</Tab>\n</Tabs>", True),
        ("<CodeTabs\n  id='a'>\n<Tab>", "</Tab></CodeTabs>", False),
        ("{% tabs %}\n{% tab %}", "{% endtab %}\n{% endtabs %}", False),
        ("{{< tabs >}}\n{{< tab >}}", "{{< /tab >}}\n{{< /tabs >}}", False),
    ],
)
def test_what_stands_behind_tabs_is_of_what_they_stand_below(
    opening: str, closing: str, is_mdx: bool
) -> None:
    group = f"{opening}\n\n### By hand\n\nPull.\n\n{closing}\n\n"
    other = group.replace("hand", "foot")
    text = f"## Row\n\nGo:\n\n{group}Rest.\n\n{other}- Mind it.\n"
    assert said(f"{text}\n## Sail\n\nWait.\n", is_mdx=is_mdx) == {
        "Row": ["Go:", "Rest.", "- Mind it."],
        "Row/By hand": ["Pull."],
        "Row/By foot": ["Pull."],
        "Sail": ["Wait."],
    }


def test_tabs_within_tabs_end_where_they_do() -> None:
    inner = "<Tabs>\n\n### B\n\nb\n\n</Tabs>"
    text = f"## Row\n\n<Tabs>\n\n## A\n\na\n\n{inner}\n\nc\n\n</Tabs>\n\nd"
    assert said(text) == {"A": ["a", "c"], "A/B": ["b"], "Row": ["d"]}


@pytest.mark.parametrize(
    "tabs",
    [
        "<Tabs>\n\n### A\n\na",
        "```\n<Tabs>\n```\n\n### A\n\na\n\n</Tabs>",
        "### A\n\n<Tabs>\n\na\n\n</Tabs>",
        "<Tabs />\n\n### A\n\na\n\n</Tabs>",
    ],
)
def test_what_is_no_group_around_a_heading_ends_no_section(tabs: str) -> None:
    assert said(f"## Row\n\nGo.\n\n{tabs}\n\nb")["Row/A"] == ["a", "b"]


@pytest.mark.parametrize("unit", ["<Tabs>\n# A\n</Tabs>\nb\n\n", "<Tabs>\n\n# A\n\n", "</Tabs>\n"])
def test_time_grows_linearly(unit: str) -> None:
    def read(count: int) -> object:
        return read_page(f"{unit * count}{'</Tabs>' * count}")

    assert grows_linearly(read, 200)
