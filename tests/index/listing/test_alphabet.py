from __future__ import annotations

import random
from itertools import groupby

import pytest

from entrywise.index.listing.alphabet import MOST_MARKS, marks, sort_key


def labels(*names: str) -> list[str]:
    return [one.label for one in marks(sorted(map(sort_key, names)))]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["beta", "Alpha", "älter", "-Nano"], ["A", "B", "N"]),
        (["4-bit", "8-bit", "bf16"], ["0–9", "B"]),
        (["Жук", "яблоко", "apple"], ["A", "Ж", "Я"]),
        (["!!!", "a"], ["#", "A"]),
        ([], []),
    ],
)
def test_an_initial_is_that_of_the_letters_of_a_name(names: list[str], expected: list[str]) -> None:
    assert labels(*names) == expected


def test_marks_follow_each_other_and_leave_nothing_out() -> None:
    found = marks(sorted(sort_key(name) for name in "anna bert berta cäsar 1 2 zoë".split()))
    places = [place for one in found for place in range(one.first, one.first + one.entries)]
    assert places == list(range(7))


def test_of_thousands_of_initials_neighbours_share_a_mark() -> None:
    names = [chr(0x4E00 + number) for number in range(3_000)]
    found = marks(names)
    assert len(found) <= MOST_MARKS
    assert sum(one.entries for one in found) == 3_000
    assert found[0].label == f"{names[0]}–{names[found[0].entries - 1]}"


@pytest.mark.parametrize("seed", range(20))
def test_initials_are_counted_without_reading_all_names(seed: int) -> None:
    drawing = random.Random(seed)
    letters = drawing.choice(["ab", "a1٣²", "", "äaéz", "bcdefg"])
    size = drawing.randrange(80)
    names = [
        "".join(drawing.choices(letters, k=drawing.randrange(3) if letters else 0))
        for _ in range(size)
    ]
    keys = sorted(map(sort_key, names))
    initials = [("0–9" if key[:1].isdigit() else key[:1].upper() or "#") for key in keys]
    expected = [(label, len([*some])) for label, some in groupby(initials)]
    assert [(one.label, one.entries) for one in marks(keys)] == expected
