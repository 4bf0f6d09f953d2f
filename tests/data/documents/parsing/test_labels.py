from __future__ import annotations

import pytest

from entrywise.data.documents.parsing.labels import is_label
from entrywise.data.documents.sections import read_page

STORES = """\
# Galley

## Stores

Keep all of it dry.

Ship's biscuit

- Tin: a year
- Bag: two months

Salted cod (whole):

- Barrel: half a year

Limes

1. Crate: three weeks
2. Net: one week
"""


def headings(markdown: str) -> list[str]:
    return [one.path[-1] if one.path else "" for one in read_page(markdown).sections]


def test_labels_above_lists_are_headings_of_them() -> None:
    page = read_page(STORES)

    assert [(one.path, one.text) for one in page.sections] == [
        (("Stores",), "Keep all of it dry."),
        (("Stores", "Ship's biscuit"), "- Tin: a year\n- Bag: two months"),
        (("Stores", "Salted cod (whole)"), "- Barrel: half a year"),
        (("Stores", "Limes"), "1. Crate: three weeks\n2. Net: one week"),
    ]


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Limes\n", "Limes.\n"),
        ("Limes\n", "**Limes**\n"),
        ("Limes\n", "Limes that we\nbought in port\n"),
        ("Limes\n", "Limes of which every one of us has one\n"),
        # It says nothing by itself.
        ("Limes\n", "Salted cod (whole)\n"),
        # What follows its list belongs to none of them.
        ("Limes\n", "Eat these first.\n\nLimes\n"),
    ],
)
def test_other_paragraphs_above_lists_are_text(label: str, other: str) -> None:
    assert len(headings(STORES)) == 4
    assert headings(STORES.replace(label, other)) == ["Stores"]


def test_items_are_not_read_without_the_label_above_them() -> None:
    [section] = read_page("# Galley\n\nLimes\n\n- Crate: three weeks\n- Net: one week\n").sections

    assert [block.lead for block in section.blocks] == [-1, 0, 0]
    assert [section.blocks[0].plain] == ["Limes"]


def test_what_ends_as_a_sentence_is_no_label() -> None:
    assert is_label("Limes (fresh):", 1)
    assert not any(is_label(text, 1) for text in ("Eat it.", "Which ones?", "—", ""))
