from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from entrywise.data.documents.plain_text import one_blank, plain_inline, without_tags


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold**, *slanted* and `code`", "Bold, slanted and code"),
        ("[a link](https://a.b) and <https://c.d>", "a link and https://c.d"),
        ("![a cat](cat.png) here", "a cat here"),
        ("one\ntwo  \nthree", "one two three"),
        ("one<br>two, H<sub>2</sub>O", "one two, H2O"),
        ("&lt;tag&gt; \\*star\\*", "<tag> *star*"),
        ("`<!-- x -->`", "<!-- x -->"),
    ],
)
def test_markup_is_left_out(markdown: str, plain: str) -> None:
    (inline,) = (t for t in MarkdownIt().enable("html_inline").parse(markdown) if t.children)
    tokens = MarkdownIt("commonmark").parseInline(markdown)[0].children or []
    assert inline.children
    assert plain_inline(tokens) == plain


def test_tags_and_comments_are_left_out() -> None:
    assert without_tags("<p class='a'>Salt &amp;<!-- no --> <b>pepper</b></p>\n") == "Salt & pepper"
    assert without_tags("a < b") == "a < b"


def test_blanks_are_one() -> None:
    assert one_blank(" a \n\t b ") == "a b"
