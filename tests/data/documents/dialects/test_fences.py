from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.dialects.fences import label_of


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
