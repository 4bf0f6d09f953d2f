from __future__ import annotations

import pytest

from entrywise.data.documents.sections import read_page

PAGE = """# Leave

## Sick pay

It lasts for six weeks[^1].

It is paid[^pay].

## Overtime

It is paid at 125 percent.

[^1]: Only after four weeks, see [the form][f].
[^pay]: By the company.

    Not by us[^b].
[^b]: Ever.
[f]: form.md
"""


def told(text: str) -> dict[str, list[tuple[str, str, int]]]:
    """Kind, source and lead of the blocks of each section."""
    return {
        one.name: [(kind, one.text[start:end], lead) for kind, start, end, _, lead in one.blocks]
        for one in read_page(text).sections
    }


def test_a_note_belongs_to_what_refers_to_it_wherever_it_stands() -> None:
    assert told(PAGE) == {
        "sick-pay": [
            ("paragraph", "It lasts for six weeks[^1].", -1),
            ("paragraph", "It is paid[^pay].", -1),
            ("note", "[^1]: Only after four weeks, see [the form][f].", 0),
            ("note", "[^pay]: By the company.", 1),
            ("paragraph", "Not by us[^b].", 3),
            ("note", "[^b]: Ever.", 4),
        ],
        "overtime": [("paragraph", "It is paid at 125 percent.", -1)],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[^1]\n\n[^1]: b\n\nc", ["paragraph", "note", "paragraph"]),
        ("`[^1]` a\n\n[^1]: b", ["paragraph", "note"]),
        ("a[^1]\n\n[^1]: b\ngoes on", ["paragraph", "note"]),
        ("a[^1]\n\n```\n[^1]: b\n```", ["paragraph", "code"]),
    ],
)
def test_a_note_in_its_place_stays_there(text: str, expected: list[str]) -> None:
    (section,) = read_page(text).sections
    assert section.text == text
    assert [block.kind for block in section.blocks] == expected


def test_a_note_of_several_sections_is_below_each_and_one_that_nobody_needs_stays() -> None:
    text = "# A\n## B\nb[^1]\n## C\nc[^1]\n## D\nd\n\n[^1]: e\n\n[^2]: f"
    assert [[source for _, source, _ in blocks] for blocks in told(text).values()] == [
        ["b[^1]", "[^1]: e"],
        ["c[^1]", "[^1]: e"],
        ["d", "[^2]: f"],
    ]


def test_where_a_link_leads_is_no_part_of_the_note_above() -> None:
    section = read_page(PAGE).sections[0]
    assert section.blocks[2].plain == "¹ Only after four weeks, see the form."
    assert "form.md" not in " ".join(block.plain for block in section.blocks)
