from __future__ import annotations

import time

import pytest

from entrywise.data.documents.links import addresses, with_addresses


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ('[a](b.md) ![c]( d.png "e")', ["b.md", "d.png"]),
        ("[a](<b c.md>) [d](<e>)", ["b c.md", "e"]),
        ("[a](b_(c).md#d) ([e](f))", ["b_(c).md#d", "f"]),
        ("[![a](b)](c)", ["b", "c"]),
        ("[a]() [b](<>) [c](d", []),
        ("[a](b(c) [d](<e>f) [g] (h)", []),
    ],
)
def test_addresses_are_those_of_commonmark(markdown: str, found: list[str]) -> None:
    assert list(addresses(markdown)) == found


def test_only_addresses_are_made_anew() -> None:
    text = "b [b](b) ![b](<b b> 'b') [b](b(b) [b]"
    assert with_addresses(text, lambda one: f"/{one}") == "b [b](/b) ![b](</b b> 'b') [b](b(b) [b]"


@pytest.mark.parametrize("piece", ["](a", "](<a", "]( ", "](a(b"])
def test_hostile_texts_take_no_more_than_their_length(piece: str) -> None:
    def seconds(count: int) -> float:
        before = time.process_time()
        assert list(addresses(piece * count)) == []
        return time.process_time() - before

    # Ten times for the length, three for chance.
    assert min(seconds(100_000) for _ in range(3)) < 30 * min(seconds(10_000) for _ in range(3))
