from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.run_in_titles import run_in_titles
from entrywise.data.documents.sections import read_page


def titled(markdown: str) -> list[str]:
    """The first word of each paragraph that has a title."""
    (section,) = read_page(markdown).sections
    return [section.text[start:].split()[0] for start in sorted(run_in_titles(section))]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Rent. It rises.\n\nClub house. It is free.\n\nBees. Two.", ["Rent.", "Club", "Bees."]),
        (
            "**Locked.** Wait.\n\n**Slow** backups: wait.\n\nSo wait.\n\n__Full:__ Clean it.",
            ["**Locked.**", "**Slow**", "__Full:__"],
        ),
        # Two are no section of several things, nor are three of seven.
        ("Rent. It rises.\n\nBees. Two.", []),
        ("A. One.\n\nB. Two.\n\nC. Three.\n\n" + "The pump waits for a tide.\n\n" * 4, []),
        # A sentence of more words is no title, nor what is all that a paragraph says.
        ("It rises in May again. So.\n\nTwo hives are ours. So.\n\nIt is up now. So.", []),
        ("Rent.\n\nBees.\n\nFence.", []),
    ],
)
def test_paragraphs_of_several_things_begin_with_titles(markdown: str, expected: list[str]) -> None:
    assert titled(markdown) == expected


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("**Fee: **Two.", "Fee: Two."),
        ("1. **Fee. **Two **weeks**.", "Fee. Two weeks."),
        ("**Fee **is** due.", "**Fee is due."),
        ("**Fee** is **due.", "Fee is **due."),
        ("**Fee: ** and **", "**Fee: ** and **"),
    ],
)
def test_a_title_in_bold_ends_before_its_blank(line: str, plain: str) -> None:
    (section,) = read_page(line).sections
    assert [one.plain for one in section.blocks] == [plain]


def test_what_several_begin_with_is_no_title() -> None:
    answers = "Q: Is it free?\n\nA: It is.\n\nQ: Is it open?\n\nA: On Mondays.\n\n"
    assert titled(answers) == []
    assert titled(
        "Rent. It rises.\n\nBees. Two.\n\nRent. It falls.\n\nFence. Up.\n\nDogs. No."
    ) == [
        "Bees.",
        "Fence.",
        "Dogs.",
    ]


def test_an_answer_begins_with_none() -> None:
    answers = ("Yes. To all.", "No. Not yet.", "Ours. Since May.", "Soon. In June.")
    assert titled("\n\n".join(answers)) == ["Yes.", "No.", "Ours.", "Soon."]
    assert titled("\n\n".join(f"Is it so, or is it *not?*\n\n{one}" for one in answers)) == []


def test_items_and_rows_have_none() -> None:
    assert titled("- Rent. It rises.\n- Bees. Two.\n- Fence. It is up.\n") == []


@pytest.mark.parametrize("unit", ["aa", "a ", "a."])
def test_time_grows_linearly_with_a_paragraph(unit: str) -> None:
    assert grows_linearly(lambda count: titled("\n\n".join([unit * count] * 3)), 60_000)
