from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.links import addresses, labelled, with_addresses, with_labels_read


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ('[a](b.md) ![c]( d.png "e")', ["b.md", "d.png"]),
        ("[a](<b c.md>) [d](<e>)", ["b c.md", "e"]),
        ("[a](b_(c).md#d) ([e](f))", ["b_(c).md#d", "f"]),
        ("[![a](b)](c)", ["b", "c"]),
        ("[a](/b/<VERSION>/c) [d](e<f>(g))", ["/b/<VERSION>/c", "e<f>(g)"]),
        ("[a]() [b](<>) [c](d", []),
        ("[a](b(c) [d](<e>f) [g] (h)", []),
    ],
)
def test_addresses_are_those_of_commonmark(markdown: str, found: list[str]) -> None:
    assert list(addresses(markdown)) == found


def test_only_addresses_are_made_anew() -> None:
    text = "b [b](b) ![b](<b b> 'b') [b](b(b) [b]"
    assert with_addresses(text, lambda one: f"/{one}") == "b [b](/b) ![b](</b b> 'b') [b](b(b) [b]"


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("[Setup] or [it][setup]", "[Setup](a.md) or [it](a.md)"),
        ("![Setup][] and [set\nup][setup]", "![Setup](a.md) and [set\nup](a.md)"),
        ("`[setup]` ``a ` [setup]`` [setup]", "`[setup]` ``a ` [setup]`` [setup](a.md)"),
        ("```\n[setup]\n```\n[setup]", "```\n[setup]\n```\n[setup](a.md)"),
        (r"\[setup] [setup](b.md) [other] [it][other]", None),
        ("[setup]: a.md", None),
        ("[page]", "[page](<b_(c).md>)"),
        ("Read [setup]: it is short", "Read [setup](a.md): it is short"),
        ("[![a](b.svg)][setup] [a [b]][setup]", "[![a](b.svg)](a.md) [a [b]](a.md)"),
        ("[a](b.md)[setup] [setup](c.md)", "[a](b.md)[setup](a.md) [setup](c.md)"),
    ],
)
def test_labels_of_links_are_read_as_their_addresses(markdown: str, read: str | None) -> None:
    links = [("setup", "a.md"), ("Setup", "a.md"), ("page", "b_(c).md")]
    assert with_labels_read(markdown, links) == (read or markdown)
    assert with_labels_read(markdown, ()) == markdown


def test_labels_are_those_that_the_document_defines() -> None:
    known = {"references": {"SET UP": {"href": "a.md"}, "PAGE": {"href": "b.md"}}}
    text = "[Set  up], [it][set up], `[page]`, [other]"
    assert labelled(text, known) == (("Set  up", "a.md"), ("set up", "a.md"))
    assert labelled(text, {}) == ()


@pytest.mark.parametrize("piece", ["[a", "[a]", "[a][", "`[a", "\\[", "[a]\n"])
def test_labels_of_hostile_texts_take_no_more_than_their_length(piece: str) -> None:
    assert grows_linearly(lambda count: with_labels_read(piece * count, [("b", "c")]), 20_000)


@pytest.mark.parametrize("piece", ["](a", "](<a", "]( ", "](a(b"])
def test_hostile_texts_take_no_more_than_their_length(piece: str) -> None:
    assert list(addresses(piece * 100)) == []
    assert grows_linearly(lambda count: list(addresses(piece * count)), 100_000)
