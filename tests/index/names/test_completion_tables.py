"""What an update writes of completions has the bytes of what is written anew."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from entrywise.index.names.completion_tables import update, write
from entrywise.index.names.forms import Name
from entrywise.index.passages.rows import UNKNOWN, inverse

WORDS = ["Ärger", "Attention", "attention", "C++", "latent", "at", "a", "x" * 70, "x" * 70 + "y"]
Called = list[tuple[str, list[str]]]
"""Of each entry its id and its names."""


def called(count: int, seed: int) -> Called:
    drawing = random.Random(seed)

    def name() -> str:
        return drawing.choice([" ", "-", "  "]).join(
            drawing.choices(WORDS, k=drawing.choice([1, 2, 3]))
        )

    ends = ["install", "In-stall", "index", "a b", "ärger", "z", f"z{seed}"]
    return [
        (f"{seed}-{one}/{drawing.choice(ends)}", [name() for _ in range(drawing.randrange(4))])
        for one in range(count)
    ]


def names_of(entries: Called) -> list[Name]:
    return [Name(form, one, True, "") for one, (_, forms) in enumerate(entries) for form in forms]


def paths(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.txt", folder / f"{name}.npy"


def assert_written_alike(folder: Path, before: Called, entries: Called, rows: list[int]) -> None:
    """`rows`: where each entry was, `UNKNOWN` of one that is other or new."""
    ids = [one for one, _ in entries]
    write(*paths(folder, "old"), names_of(before), [one for one, _ in before])
    write(*paths(folder, "fresh"), names_of(entries), ids)
    names = [name for name in names_of(entries) if rows[name.entry] == UNKNOWN]
    moved = inverse(np.array(rows, np.int64), len(before))
    update(*paths(folder, "new"), paths(folder, "old"), moved, names, ids)
    for one, fresh in zip(paths(folder, "new"), paths(folder, "fresh"), strict=True):
        assert one.read_bytes() == fresh.read_bytes()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("places", [[0], [7], [3, 4, 11], []])
@pytest.mark.parametrize("kind", ["new", "gone", "other"])
def test_an_update_writes_what_a_build_writes(
    tmp_path: Path, seed: int, places: list[int], kind: str
) -> None:
    before, others = called(12, seed), called(12, seed + 100)
    after = [*enumerate(before)]
    for place in reversed(places):
        now = (UNKNOWN, others[place] if kind == "new" else (before[place][0], others[place][1]))
        after[place : place + (kind != "new")] = [] if kind == "gone" else [now]
    rows, entries = [row for row, _ in after], [one for _, one in after]
    assert_written_alike(tmp_path, before, entries, rows)


@pytest.mark.parametrize("name", ["Aa", "Zz"])
def test_a_new_name_may_be_the_first_or_the_last(tmp_path: Path, name: str) -> None:
    before = [("g/m", ["Middle"]), ("g/z", ["zy"])]
    assert_written_alike(tmp_path, before, [*before, ("g/n", [name, f"{name}z"])], [0, 1, UNKNOWN])


def test_names_may_come_to_none_and_go_to_none(tmp_path: Path) -> None:
    one = [("guide", ["Guide"])]
    assert_written_alike(tmp_path, one, [("!", [])], [UNKNOWN])
    assert_written_alike(tmp_path, [("!", [])], one, [UNKNOWN])
