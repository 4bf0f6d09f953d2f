from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.dialects.fences import Directives, label_of


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
