from __future__ import annotations

import pytest

from entrywise.data.documents.markup.code_attributes import given_code
from entrywise.data.documents.sections import read_page


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("<Terminal cmd={['$ oars launch', \"$ row it\"]} />", ("", "$ oars launch\n$ row it", "")),
        ("<Code code={`if x:\n    row()`} lang='py' />", ("", "if x:\n    row()", "py")),
        ("<Code code={`\n  a b\n    c\n`} />", ("", "a b\n  c", "")),
    ],
)
def test_an_attribute_that_is_called_so_is_code(tag: str, code: tuple[str, str, str]) -> None:
    assert [one[:3] for one in given_code(tag)] == [code]


@pytest.mark.parametrize(
    "tag",
    [
        "<Status code='404' />",
        "<Code code={source} />",
        "<Card title='Two oars' href='/oars' />",
        "<Box className='mt-4 flex' innerClass='mt-4 flex' />",
        "<Hero lead='row your boat.' text='gently down' />",
        "<Add npm='npm i oars' />",
        "<Add npm='npm i oars' yarn='yarn add oars'>",
        "<add npm='npm i oars' yarn='yarn add oars' />",
    ],
)
def test_other_attributes_are_none(tag: str) -> None:
    assert given_code(tag) == []


def test_commands_that_a_component_is_given_are_code_at_their_places() -> None:
    text = "Install:\n\n<Add\n  npm='npm i oars\n    npm run oars'\n  yarn='yarn add oars'\n/>\n"
    (section,) = read_page(text, is_mdx=True).sections
    assert [(one.kind, one.plain) for one in section.blocks] == [
        ("paragraph", "Install:"),
        ("title", "npm"),
        ("code", "npm i oars\nnpm run oars"),
        ("title", "yarn"),
        ("code", "yarn add oars"),
    ]
    assert [section.text[one.start : one.end] for one in section.blocks[1:3]] == [
        "npm=",
        "'npm i oars\n    npm run oars'",
    ]
