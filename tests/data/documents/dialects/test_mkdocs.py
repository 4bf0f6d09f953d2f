from __future__ import annotations

import pytest
from quoted import FENCE

from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.documents.remarks import Remark, remarks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Press ++ctrl+alt+"x"++, ++arrow-up++.', "Press Ctrl+Alt+x, Arrow Up."),
        ("H~2~O, x^2^ and CO~2~", "H2O, x² and CO2"),
        ("2<sup>64</sup> x<sup>n+1</sup> and 1<sup>st</sup>", "2⁶⁴ x^(n+1) and 1st"),
        (":material-clock-fast:{ .lg .middle } __Fast__", "__Fast__"),
        ("*[HTML]: Hyper Text\n\nHTML.", "\n\nHTML."),
        ("`#!python f(x)`, ``#!sh a `b` ``", "`f(x)`, ``a `b` ``"),
        ("[TOC]\n\n[[toc]]\n\nA.", "\n\n\n\nA."),
        ("::: pkg.mod.Class\n    options:\n      a: b\n\nA.", "\n\n\n\nA."),
        ("/// details | More\n    type: warning\n\nA.\n///", "**More**\n\n\nA.\n"),
    ],
)
def test_what_mkdocs_writes_reads_as_on_its_pages(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "C++ and D++, i++; ~~gone~~, ~home, 2^10, a ^ b",
        "`++a++ H~2~O`, \\++a++",
        "a :smile: at 10:30:15",
        f"{FENCE}\n*[A]: b\n::: a.b\n{FENCE}",
        "* [a]: b",
        "`#!python`, `#!/bin/sh -e`, `a #!b c`",
    ],
)
def test_what_only_looks_so_stays(text: str) -> None:
    assert to_commonmark(text) == text


def test_a_block_says_of_what_kind_it_is() -> None:
    text = "/// details | More\n    type: warning\n\nA.\n///"
    assert remarks(text) == [Remark(range(5), "warning")]
