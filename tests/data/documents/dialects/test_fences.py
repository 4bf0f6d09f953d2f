from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.dialects.fences import Directives, Fences, label_of
from entrywise.data.documents.sections import read_page


@pytest.mark.parametrize(
    ("info", "label"),
    [
        ('yaml tab="File (YAML)"', "File (YAML)"),
        ("toml title='a.toml' hl_lines=\"2 3\"", "a.toml"),
        ("js {1,3-5} filename=src/app.js showLineNumbers", "src/app.js"),
        ("js:line-numbers {2} [config.js]", "config.js"),
        ('{.python title="a.py"}', "a.py"),
        ('bash tab="Linux" title="~/.profile"', "Linux: ~/.profile"),
        ("r, name = 'plot'", "plot"),
        ("js {1,3}", ""),
        ("python hl_lines=[1,2]", ""),
        ("sh subtitle=a", ""),
        ("", ""),
    ],
)
def test_a_block_of_code_is_called_by_what_stands_behind_its_fence(info: str, label: str) -> None:
    assert label_of(info) == label


@pytest.mark.parametrize("unit", [' title="', " [", " tab='a' ", " title="])
def test_time_grows_linearly_with_what_stands_behind_a_fence(unit: str) -> None:
    assert grows_linearly(lambda count: label_of(unit * count), 16_000)


@pytest.mark.parametrize(
    ("opening", "is_read"),
    [
        ("```mermaid", False),
        ("~~~ mermaid title='Boats'", False),
        ("```{.mermaid}", False),
        ("``` GeoJSON", False),
        ("```mermaid-example", True),
        ("```text mermaid", True),
        ("```", True),
    ],
)
def test_code_that_readers_see_a_picture_of_is_left_out(opening: str, *, is_read: bool) -> None:
    fence = opening[:3]
    lines = ["Boats:", opening, "flowchart LR", "    pier --> boat", fence, "Row."]
    read = lines if is_read else ["Boats:", "", "", "", "", "Row."]
    directives = Directives(lines)
    told = [directives.converted(line, number) for number, line in enumerate(lines)]
    assert [line if one is None else one for one, line in zip(told, lines, strict=True)] == read


def test_a_picture_that_is_never_closed_is_read() -> None:
    lines = ["```mermaid", "flowchart LR", "", "What else is there."]
    directives = Directives(lines)
    assert [directives.converted(line, number) for number, line in enumerate(lines)] == lines


@pytest.mark.parametrize(
    ("lines", "of_fence"),
    [
        (["1. ```sh", "   row", "   ```", "Go."], [True, True, True, False]),
        (["- 2. ~~~", "     row", "     ~~~", "- Go."], [True, True, True, False]),
        # With the item it ends.
        (["- ```sh", "  row", "", "Go.", "- Home."], [True, True, True, False, False]),
        (["Row", ":   ```sh", "    row", "    ```", "Go."], [False, True, True, True, False]),
        (["-```", "1.~~~", "a ```sh"], [False, False, False]),
    ],
)
def test_a_fence_may_begin_an_item_or_a_definition(lines: list[str], of_fence: list[bool]) -> None:
    fences = Fences()
    assert [fences.read(line) for line in lines] == of_fence


def test_what_stands_behind_a_fence_in_an_item_is_read() -> None:
    page = read_page(
        "# Boats\n\n1. ```sh\n   row <hard>\n   ```\n\n## Oars\n\nSee <kbd>x</kbd>.\n\n"
        "XML\n:   ```xml\n    <boat>\n    </boat>\n    ```\n\n## Sails\n\nRed.\n"
    )
    assert [(one.path, [block.plain for block in one.blocks]) for one in page.sections] == [
        ((), ["row <hard>"]),
        (("Oars",), ["See x.", "XML", "<boat>\n</boat>"]),
        (("Sails",), ["Red."]),
    ]


def test_marks_of_many_items_before_a_fence_take_linear_time() -> None:
    assert grows_linearly(lambda size: Fences().read("- " * size + "``"), 20_000)
