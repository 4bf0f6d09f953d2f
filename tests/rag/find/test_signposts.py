from __future__ import annotations

import pytest

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Section
from entrywise.rag.find.signposts import named_pages, only_leads_on

PAGES = "- [Boats](boats.md): how to moor one, with ropes that hold.\n"
TITLED = "**[Boats](boats.md)**\n\nHow to moor one, with ropes that hold.\n\n"


def section(markdown: str) -> Section:
    (only,) = read_page(markdown).sections
    return only


@pytest.mark.parametrize(
    "markdown",
    [
        f"Our guides:\n\n{PAGES * 3}",
        f"Our guides:\n\n{TITLED * 3}",
        "- [[Boats]]\n  - How to moor one.\n" * 3,
        "Our guides:\n\n" + PAGES.replace("[", "\N{SPEEDBOAT} [") * 3,
    ],
)
def test_a_list_of_pages_with_a_line_on_each_only_leads_on(markdown: str) -> None:
    assert only_leads_on(section(markdown))


@pytest.mark.parametrize(
    "markdown",
    [
        f"Our guides:\n\n{PAGES * 2}",
        f"{'A boat is moored with two ropes. ' * 5}\n\n{PAGES * 3}",
        f"Our guides:\n\n{PAGES.replace('boats.md', 'https://boats.example') * 3}",
        f"Our guides:\n\n{PAGES * 3}\n```\nmoor\n```",
    ],
)
def test_a_list_that_says_something_by_itself_does_not(markdown: str) -> None:
    assert not only_leads_on(section(markdown))


def test_the_name_of_a_page_is_with_what_is_right_below_it() -> None:
    own = (
        "**[Boats](boats.md)**\n\nHow to moor one.\n\nOpen the gate at noon.\n\n- [Fees](fees.md)\n"
    )
    assert named_pages(section(own)) == {0, 1, 3}
    assert named_pages(section("Boats are moored.")) == set()
