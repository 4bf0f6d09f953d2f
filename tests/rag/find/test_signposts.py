from __future__ import annotations

import pytest

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, Section
from entrywise.rag.find.signposts import adds_nothing, is_signature, only_leads_on

PAGES = "- [Boats](boats.md): how to moor one, with ropes that hold.\n"
CARD = '<Card title="Boats" icon="boat" href="/boats">\n  How to moor one.\n</Card>\n'
TITLED = "**[Boats](boats.md)**\n\nHow to moor one, with ropes that hold.\n\n"


def section(markdown: str) -> Section:
    (only,) = read_page(markdown).sections
    return only


@pytest.mark.parametrize(
    "markdown",
    [
        f"Our guides:\n\n{PAGES * 3}",
        f"Our guides:\n\n{TITLED * 3}",
        f"<Cards>\n{CARD * 2}</Cards>",
        CARD.replace("/boats", "https://boats.example"),
        "- [[Boats]]\n  - How to moor one.\n" * 3,
        "Our guides:\n\n" + PAGES.replace("[", "\N{SPEEDBOAT} [") * 3,
        f"Our guides:\n\n{PAGES.replace('(boats.md)', '[boats]') * 3}\n[boats]: boats.md\n",
        'See [how to moor]({{< relref "boats" >}}).',
        "See [how to moor][].\n\n[how to moor]: boats.md\n",
        "- What mooring and unmooring a boat takes: [FAQ](faq.md)\n- Fees for it: [VAT](vat.md).",
    ],
)
def test_a_list_of_pages_with_a_line_on_each_only_leads_on(markdown: str) -> None:
    assert only_leads_on(section(markdown))


@pytest.mark.parametrize(
    "markdown",
    [
        f"Our guides:\n\n{PAGES * 2}",
        f"{'A boat is moored with two ropes. ' * 5}\n\n{PAGES * 3}",
        CARD.replace(' href="/boats"', "") * 3,
        f"Our guides:\n\n{PAGES.replace('boats.md', 'https://boats.example') * 3}",
        f"Our guides:\n\n{PAGES * 3}\n```\nmoor\n```",
        "- What mooring and unmooring a boat takes: [FAQ](faq.md), or two hands and a rope",
        "- What mooring and unmooring a boat takes: [FAQ](https://boats.example)",
    ],
)
def test_a_list_that_says_something_by_itself_does_not(markdown: str) -> None:
    assert not only_leads_on(section(markdown))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("```\nmoor(boat)\n```\n\n**See also:**\n\n- [x](y.md)\n", True),
        ("```\nmoor(boat)\n```\n\nMoors it.\n", False),
        ("Moors it:\n\n```\nmoor(boat)\n```\n", False),
    ],
)
def test_a_signature_without_a_text_tells_nothing(markdown: str, expected: bool) -> None:
    assert is_signature(section(markdown)) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("![The harbour](harbour.png)", True),
        ("The harbour.", True),
        ("[Boats](boats.md), [oars](oars.md)", True),
        ("![The harbour at noon](harbour.png)", False),
        ("The harbour is full, see [boats](boats.md).", False),
    ],
)
def test_what_only_repeats_a_title_or_leads_on_adds_nothing(markdown: str, expected: bool) -> None:
    page = Entry("harbour", "The harbour", "documents", (one := section(markdown),))
    spans = [(block.start, block.end) for block in one.blocks]
    assert adds_nothing(page, one, spans) == expected
