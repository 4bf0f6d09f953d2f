"""Tabs get the titles that their group lists."""

import pytest
from growth import grows_linearly

from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.documents.markup.tab_titles import with_titles

CODE = "```sh\na\n```"


def _read(*lines: str) -> list[str]:
    return [*filter(None, to_commonmark("\n".join(lines), is_mdx=True).split("\n"))]


def test_components_and_code_are_called_as_their_group_lists() -> None:
    group = ("<Tabs items={[\"One\", 'Two',", '  "Three"]}>')
    tabs = ("<Tabs.Tab>Here.</Tabs.Tab>", "<Section>", CODE, "</Section>", CODE, "</Tabs>", CODE)
    assert _read(*group, *tabs) == [
        *("**One**", "Here.", "**Two**", "```sh", "a", "```"),
        *('```sh title="Three"', "a", "```", "```sh", "a", "```"),
    ]


def test_what_has_a_title_keeps_it() -> None:
    tabs = ("<Tab>b</Tab>", '<Tab title="C">c</Tab>', '```sh title="D"', "```", "<Tab>e</Tab>")
    text = "\n".join(("<Tabs items={['B', 'X', 'Y', 'E']}>", *tabs, "</Tabs>"))
    assert with_titles(text) == text.replace("<Tab>b", '<Tab title="B">b').replace(
        "<Tab>e", '<Tab title="E">e'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<Tabs items={names}>\n<Tab>a</Tab>\n</Tabs>",
        "<Tabs items={['A']}>\n<p>a</p>\n</Tabs>\n<Tab>b</Tab>",
        "```jsx\n<Tabs items={['A']}>\n<Tab>a</Tab>\n```",
        "<Tabs items={['A']} />\n<Tab>a</Tab>",
    ],
)
def test_nothing_else_is_called_so(text: str) -> None:
    assert with_titles(text) == text


@pytest.mark.parametrize("unit", ["<A items={['b", "<A items={['b']}>\n", "</A><A ", "```\n"])
def test_time_grows_linearly_with_hostile_groups(unit: str) -> None:
    def read(count: int) -> object:
        return with_titles("<A items={['b']}>" + unit * count)

    assert grows_linearly(read, 4_000)
