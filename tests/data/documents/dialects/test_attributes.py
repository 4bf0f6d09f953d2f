from __future__ import annotations

import pytest
from quoted import FENCE

from entrywise.data.documents.dialects.commonmark import to_commonmark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Start](go.md){ .button .big } now", "[Start](go.md) now"),
        ('![A](a.png){ width="300" }', "![A](a.png)"),
        ("`x`{ .py } and **b**{.c}", "`x` and **b**"),
        ("Mind the [tide]{.smallcaps #t}.", "Mind the tide."),
        ("It rose.[^1]{.wide}", "It rose.¹"),
        ("A paragraph.\n{ .lead }", "A paragraph.\n"),
        ("A paragraph.\n{: .lead }", "A paragraph.\n"),
        ("| A {.cls} | B |\n|---|---|", "| A | B |\n|---|---|"),
        ('[a](b.md){:target="_blank"}.', "[a](b.md)."),
        ("## Size {: #big .x }", "## Size {#big}"),
        ("## Size { .x }", "## Size"),
        ("Size {: #big }\n---", "Size {#big}\n---"),
    ],
)
def test_how_a_text_looks_is_no_text(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sets {a, b} of `{ .x }` and f(x){ return 1 }",
        f"{FENCE}\n[a](b){{ .c }}\n{FENCE}",
        "## Use {#each items}",
        r"The sum $\sum_{i=1}^{n} w_i$ and $x_{i=1}$",
        r"| $\sum_{i=1}^{n} w_i$ | all |",
        "{ site.name }",
    ],
)
def test_other_braces_stay(text: str) -> None:
    assert to_commonmark(text) == text


def test_a_formula_in_brackets_keeps_its_bounds() -> None:
    assert to_commonmark(r"\(x_{i=1}\) of [a](b.md){ .c }") == "$x_{i=1}$ of [a](b.md)"


def test_braces_of_mdx_are_code() -> None:
    assert to_commonmark("**b**{.5}", is_mdx=True) == "**b**{.5}"
    assert to_commonmark("**b**{: .c }", is_mdx=True) == "**b**"
