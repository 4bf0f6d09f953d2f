from __future__ import annotations

import pytest

from entrywise.rag.render.documents.spans import Span, html_spans, is_absolute
from entrywise.rag.render.documents.tree import Paragraph, parsed


def spans(source: str) -> tuple[Span, ...]:
    (paragraph,) = parsed(source)
    assert isinstance(paragraph, Paragraph)
    return paragraph.spans


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("**a** *b*", [Span("a", strong=True), Span(" "), Span("b", emphasis=True)]),
        ("***a***", [Span("a", strong=True, emphasis=True)]),
        ("`a  b`", [Span("a b", code=True)]),
        ("[a `b`](c.md)", [Span("a ", link="c.md"), Span("b", code=True, link="c.md")]),
        ("![a *b*](c.png)", [Span("a b", picture="c.png")]),
        ("<https://a.b>", [Span("https://a.b", link="https://a.b")]),
        ("a\nb  \nc", [Span("a"), Span(" "), Span("b"), Span("\n"), Span("c")]),
        ("[a][elsewhere] [b]", [Span("a"), Span(" [b]")]),
        ("[“a\n`b`”][elsewhere]", [Span("“a"), Span(" "), Span("b", code=True), Span("”")]),
        ("![a][elsewhere]", [Span("a")]),
        ("a &amp; \\* b", [Span("a & * b")]),
    ],
)
def test_a_span_has_no_markup(source: str, found: list[Span]) -> None:
    assert list(spans(source)) == found


def test_a_link_whose_address_is_quoted_leads_there() -> None:
    linked, _ = parsed("[a][here] [b][elsewhere]\n\n[here]: https://a.b\n\nend")
    assert isinstance(linked, Paragraph)
    assert linked.spans == (Span("a", link="https://a.b"), Span(" "), Span("b"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("press <kbd>A</kbd>", "press A"),
        ("a<br/>b", "a\nb"),
        ('see <img src="http://evil/x.png" alt="a map">', "see a map"),
        ("run <name> now", "run <name> now"),
        ("x <script>alert(1)</script>", "x <script>alert(1)</script>"),
        ("a <Step number={2}>b</Step> c", "a b c"),
        ("a `Box` or <Box> and `</Box>`", "a Box or <Box> and </Box>"),
        ("<Badge /> **a**", " a"),
        ("a<!-- no -->b", "ab"),
    ],
)
def test_tags_of_looks_vanish_and_others_are_text(source: str, text: str) -> None:
    assert "".join(span.text for span in spans(source)) == text


def test_a_block_of_html_is_a_text() -> None:
    html = "<table><tr><td>Salt &amp;</td>\n<td><b>pepper</b></td></tr></table>"
    assert html_spans(html) == (Span("Salt & pepper"),)
    assert html_spans("<hr>") == ()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.org/x", "http:x", "http://[", ""]
)
def test_only_the_web_and_mail_are_absolute(address: str) -> None:
    assert not is_absolute(address)
    assert is_absolute("mailto:a@b.c")
