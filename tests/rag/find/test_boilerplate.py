"""Blocks of sections that tell nothing by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Section
from entrywise.rag.find.boilerplate import idle_blocks, named_pages, what_links_lose

PAGES = "- [Boats](boats.md): how to moor one, with ropes that hold.\n"
CARD = '<Card title="Boats" icon="boat" href="/boats">\n  How to moor one.\n</Card>\n'


def section(markdown: str) -> Section:
    (only,) = read_page(markdown).sections
    return only


def test_the_name_of_a_page_is_with_what_is_right_below_it() -> None:
    own = (
        "**[Boats](boats.md)**\n\nHow to moor one.\n\nOpen the gate at noon.\n\n- [Fees](fees.md)\n"
    )
    assert named_pages(section(own)) == {0, 1, 3}
    assert named_pages(section("Boats are moored.")) == set()


TERMS = "**[Pier](pier.md)**\n\nOf wood.\n\n**[Buoys](buoys.md)**\n\nOf cork."
LINKED = "[Pier](pier.md) [Buoys](buoys.md)"


def test_links_lose_something_beside_what_tells() -> None:
    def lost(markdown: str, *, is_markdown: bool = True) -> list[bool]:
        own = replace(section(markdown), is_markdown=is_markdown)
        spans = [(block.start, block.end) for block in own.blocks]
        return (what_links_lose(own, spans) > 0).tolist()

    assert lost(f"A boat is moored.\n\n- {LINKED}\n{PAGES}") == [False, True, False]
    assert lost(f"- {LINKED}\n- {LINKED}\n") == [False, False]
    assert lost("A boat is moored.") == [False]
    assert lost("A boat is moored.\n\n- How to row\n- Why to row\n") == [False, True, True]
    assert lost("- How to row\n- Why to row\n") == [False, False]
    assert lost("A boat is moored.\n\n- [Pier][]\n\n[Pier]: pier.md\n") == [False, True]
    assert lost(f"A boat is moored.\n\n- {LINKED}\n", is_markdown=False) == [False, False]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (f"| Related |\n|---|\n| {LINKED} |\n\nA boat is moored with two ropes.", {0, 1}),
        (f"| Related |\n|---|\n| {LINKED} |\n| Ropes |\n\nA boat is moored.", set[int]()),
        (f"AA\n\nA boat is moored.\n\n**See also**\n\n- {LINKED}\n", {0, 2, 3}),
        (f"A boat is moored. See:\n\n- {LINKED}\n", set[int]()),
        (f"- {LINKED}\n- {LINKED}\n", set[int]()),
        (f"A boat is moored with two ropes.\n\n{CARD}", {1}),
        ("A boat is moored.\n\nIn short\n\nMoor it.", set[int]()),
        ("*Added in version 3.0.*\n\nA boat is moored.", {0}),
        ("Berths: `12`\n\nA boat is moored.", set[int]()),
        ("Fee：none\n\nA boat is moored.", set[int]()),
        ("No.\n\nA boat is moored.", set[int]()),
        ("*Added in version 3.0.*", set[int]()),
        (f"A boat is moored.\n\n**See also**\n\n{TERMS}\n\n**Chat**\n\nAsk us.", {*range(1, 8)}),
        (f"A boat is moored.\n\n**See also**\n\n{TERMS}\n\n" + "It is red.\n\n" * 6, set[int]()),
        ("A boat is moored.\n\n**See also**\n\n**[Pier](pier.md)**\n\nOf wood.", set[int]()),
        (f"**See also**\n\n{TERMS}\n\nA boat is moored.", set[int]()),
        ("A boat is moored.\n\nHere:\n\n- How to row\n- Why boats float\n", set[int]()),
        ("A boat is moored.\n\n- How to row\n- Why boats float\n- Wie man rudert\n", {1, 2, 3}),
        ("A boat is moored.\n\n- How to row\n- Ropes\n", set[int]()),
        ("A boat is moored.\n\n- When: at noon\n- Where: at the pier\n", set[int]()),
        ("A boat is moored.\n\n- How to row\n\n  With oars.\n\n- Why to row\n", set[int]()),
        ("A boat is moored.\n\n- How it is rowed is told.\n- Who rows is told.\n", set[int]()),
    ],
)
def test_links_and_labels_beside_a_text_tell_nothing(markdown: str, expected: set[int]) -> None:
    assert idle_blocks(section(markdown)) == expected
