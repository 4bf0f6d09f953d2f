from __future__ import annotations

import pytest
from growth import grows_linearly
from quoted import FENCE

from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.documents.dialects.components import (
    is_mdx,
    module_lines,
    without_elements,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import A from 'a'\nText.", {0}),
        (
            "import {\n  A,\n  B,\n} from 'a';\nexport const b = [\n  {c: ')'},\n];\n# D",
            {*range(7)},
        ),
        ("export const a = `b\n\nc`\nText.", {0, 1, 2}),
        ("export const a =\n  1\n\nText.", {0, 1}),
        ("export const a = {\n\nText.", {0}),
        ("Prose goes on,\nimport what you like.", set()),
        ("export your data as you like.", set()),
        (f"{FENCE}\nimport a\n{FENCE}", set()),
    ],
)
def test_a_module_ends_where_its_brackets_are_closed(text: str, found: set[int]) -> None:
    assert module_lines(text.split("\n")) == found


@pytest.mark.parametrize("unit", ['\\"', "/*", "{", "`"])
def test_time_grows_linearly_with_what_a_module_never_closes(unit: str) -> None:
    assert grows_linearly(lambda count: module_lines([f'import x "{unit * count}']), 32_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<A>\n  <B>\n    Yes.\n\n      - b\n  </B>\n</A>\nC", "\n\nYes.\n\n  - b\n\n\nC"),
        ("- a\n\n  <B>\n      c\n  </B>", "- a\n\n  \n  c\n"),
        (f"<A>\n    {FENCE}\n    x\n    {FENCE}\n</A>", f"\n{FENCE}\nx\n{FENCE}\n"),
        ("<A\n  b={() => { return {c: 1} }}\n>\n    d\n</A>", "\n\n\nd\n"),
        ("<X b={{a: 1, c: '>'}}>inside</X>", "inside"),
        ("a{' '}b <>c</>", "a b c"),
        ("On the day {/* 7\ndays */}. Later {/* x */}", "On the day \n. Later "),
    ],
)
def test_components_of_mdx_are_what_stands_in_them(text: str, expected: str) -> None:
    assert to_commonmark(text, is_mdx=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<TabItem value="mac" label="macOS">\na\n</TabItem>', "**macOS**\na\n"),
        ('<TabItem value="mac">\na\n</TabItem>', "**mac**\na\n"),
        ("<Accordion title={'Can I?'}>\na", "**Can I?**\na"),
        ("<Step title='Get *a* key'>Ask.</Step>", "**Get a key**\nAsk."),
        ('<Card\n  title="The card"\n  href="a.md"\n>\nb', "**[The card](a.md)**\n\n\n\nb"),
        ('<Card title="The card" />\n<abbr title="b">c</abbr>', "\nc"),
        ("<Price value={5}>b</Price>", "b"),
    ],
)
def test_what_a_component_is_called_stands_above_what_is_in_it(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import Tabs from 'a';", True),
        ("# A\n\nimport { Tabs,\n  Tab } from 'a';\n\n  <Tab>b</Tab>", True),
        ("# A\n\nimport Vat from './_vat.md'\n\nText.", False),
        ("# A\n\nimport vat from './vat'\n\n<vat>b</vat>", False),
        ("# A\n\nimport Vat from './vat'\n\nWrite `<Vat />`.", False),
        (f"# A\n\n{FENCE}\nimport Vat from './vat'\n{FENCE}\n\n<Vat />", False),
        (f"# A\n\nimport Vat from './vat'\n\n{FENCE}\n<Vat />\n{FENCE}", False),
        ("# A\n\nimport it from a shop.\n\n<Vat />", False),
    ],
)
def test_what_imports_a_component_and_shows_it_is_mdx(text: str, expected: bool) -> None:
    assert is_mdx(text) is expected


DRAWING = "<svg viewBox='0 0 1 1'>\n  <path d='m0'/>\n\n<g style={{a: 1}} /></svg>"


@pytest.mark.parametrize("drawing", [DRAWING, f"\n  {DRAWING}\n", f"<>{DRAWING}</>"])
def test_elements_that_components_are_given_are_no_text(drawing: str) -> None:
    text = f"<Card\n  title='Bees'\n  icon={{{drawing}}}\n>\nTwo hives.\n</Card>"
    assert to_commonmark(text, is_mdx=True).split() == ["**Bees**", "Two", "hives."]
    assert without_elements(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text", ["Say `icon={<svg />}`.", f"{FENCE}\n<A icon={{<b />}} />\n{FENCE}", "<A icon={<b />"]
)
def test_elements_in_code_and_those_that_never_end_are_text(text: str) -> None:
    assert without_elements(text) == text


@pytest.mark.parametrize(
    "unit",
    ["\nimport A from", "\nimport A from ''", "<A", "\nimport a " + "\n" * 50 + "from '", "a={<b"],
)
def test_time_grows_linearly_with_what_may_be_mdx(unit: str) -> None:
    def read(count: int) -> None:
        is_mdx(f"<{unit * count}")
        without_elements(f"<{unit * count}")

    assert grows_linearly(read, 16_000)
