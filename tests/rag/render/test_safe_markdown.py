from __future__ import annotations

import pytest
from growth import grows_linearly
from harm import harm
from hypothesis import example, given
from hypothesis import strategies as st

from entrywise.rag.render.safe_markdown import safe_addition, safe_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    "<!-- a --> <!DOCTYPE html> <?php x ?> <![CDATA[x]]>",
    "<a\nhref='javascript:x'>b</a>",
    "[x](javascript:alert(1))",
    "[x]( JaVaScRiPt:alert(1) 'title')",
    "[x](<java\tscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](&#106;avascript:alert(1)) [y](javascript&colon;alert(1)) [z](javascript\\:alert(1))",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)\n[y](file:///etc/passwd)",
    "[x][a]\n\n[a]: javascript:alert(1)",
    "[a]:\n  <javascript:alert(1)>\n\n[a]",
    "> [a]: data:text/html,x\n\n[a]",
    "<javascript:alert(1)>",
    "`<b> | x`\n|---|---|\n| `<i>` | <u> |",
    "``` \n<b>\n```\n<b>",
    "~~~\n```\n~~~\n<b>\n```",
    "- ```\n  <b>\n\n<i>",
    "    <b>\n- x\n\n    <b>",
    "\\<b> \\`<i>`",
    "`a``<b>`",
    "<<br>script>alert(1)<<br>/script> <s<br>cript>",
    "<b",
    "$a<b$ and $c>d$",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_element_and_no_odd_link_comes_out(text: str) -> None:
    assert harm(safe_markdown(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n*b* **c** `<d>` [e](https://f.g) <https://h.i> <a@b.c> [j](k.md#l:m) [n](../o)\n",
        "```cpp\nstd::vector<std::string> a;\n```\n\n    <b>\n",
        "| a | b |\n|---|---|\n| `<c>` | [d](#e) |\n",
        "a < b, c<3, $d<e$, <- f [1]: g",
        "[x]: https://a.b 'c'\n\n[x] ![y](/z.png) [m](mailto:a@b.c)",
    ],
)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert safe_markdown(text) == text


def test_a_break_in_a_cell_is_a_blank() -> None:
    text = "| a | b |\n|---|---|\n| rye<br/>oats<BR><br >`<br>` | c |\n\n    <br>\n"
    assert safe_markdown(text) == text.replace("rye<br/>oats<BR><br >", "rye oats ")
    assert safe_addition("One", ", two<br/>three") == ", two three"


def test_code_stays_readable_beside_what_is_escaped() -> None:
    assert safe_markdown("`<b>` <i>\n\n```\n<u>\n```\n") == "`<b>` &lt;i>\n\n```\n<u>\n```\n"


PIECES = st.sampled_from(
    [
        *HOSTILE,
        *("`", "``", "```\n", "~~~\n", "<", "<b", ">", "<script", "</", '"', "'", "=", "<i x='"),
        *("[", "]", "(", ")", "]:", "](", "javascript:", "\n", "\n\n", "    ", "- ", "> ", "|"),
        *("|---|---|\n", "---\n", " [1] ", "\\", "a", "&lt;", "&#60;", "<!--", "-->", "\t", "1. "),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
@example("<b>" * 20_000)
@example("[x](javascript:a)<b>" * 5_000)
def test_whatever_is_put_together_is_harmless(text: str) -> None:
    assert harm(safe_markdown(text)) == []


@given(st.lists(st.lists(PIECES, max_size=5).map("".join), max_size=6))
@example(["`", "<script>`", "`"])
@example(["`<b> | x`", "\n|---|---|\n"])
@example(["```\n<b>", "\n```\n<i>", "\n```"])
@example(["<img alt='", "' src=x onerror=y>"])
def test_what_grows_is_harmless_at_every_step(pieces: list[str]) -> None:
    text = ""
    for number, piece in enumerate(pieces):
        text += safe_addition(text, piece) + f" [{number}]"
        assert harm(text) == []


@pytest.mark.parametrize("text", ["` `` ```", "```\n``\n", "<", "[a", "](", "<a@", "]: ", "> > "])
def test_long_texts_take_no_longer_than_their_length(text: str) -> None:
    def made_safe(size: int) -> str:
        return safe_markdown(("<b>" + text * size)[:size])

    assert grows_linearly(made_safe, 8_000)
    # What is far too long is not parsed at all.
    assert grows_linearly(made_safe, 160_000)
