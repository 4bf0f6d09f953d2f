"""What an update writes of completions has the bytes of what is written anew."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from entrywise.index.names.completion import Completer
from entrywise.index.names.completion_tables import ending_alike, id_key, update, write
from entrywise.index.names.forms import Name
from entrywise.index.passages.rows import UNKNOWN

WORDS = ["Ärger", "Attention", "attention", "C++", "latent", "at", "a", "x" * 70, "x" * 70 + "y"]
Called = list[tuple[str, list[str]]]
"""Of each entry its id and its names."""


def called(count: int, seed: int) -> Called:
    drawing = random.Random(seed)

    def name() -> str:
        return drawing.choice([" ", "-", "  "]).join(
            drawing.choices(WORDS, k=drawing.choice([1, 2, 3]))
        )

    ends = ["install", "In-stall", "index", "a b", "ärger"]
    return [
        (f"{seed}-{one}/{drawing.choice(ends)}", [name() for _ in range(drawing.randrange(4))])
        for one in range(count)
    ]


def names_of(entries: Called) -> list[Name]:
    return [Name(form, one, True, "") for one, (_, forms) in enumerate(entries) for form in forms]


def paths(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.txt", folder / f"{name}.npy"


@pytest.mark.parametrize("seed", range(6))
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
    entries = [one for _, one in after]
    ids = [one for one, _ in entries]
    moved = np.array([ids.index(one) if one in ids else UNKNOWN for one, _ in before])
    write(*paths(tmp_path, "old"), names_of(before), [one for one, _ in before])
    write(*paths(tmp_path, "fresh"), names_of(entries), ids)
    other = {one for number, (one, _) in after if number == UNKNOWN}
    ends = {id_key(one) for one in other | {one for one, _ in before if one not in ids}}
    touched = {number: one for number, one in enumerate(ids) if id_key(one) in ends}
    names = [name for name in names_of(entries) if name.entry in touched]
    update(*paths(tmp_path, "new"), paths(tmp_path, "old"), moved, names, touched)
    for one, fresh in zip(paths(tmp_path, "new"), paths(tmp_path, "fresh"), strict=True):
        assert one.read_bytes() == fresh.read_bytes()
    assert Completer.open(*paths(tmp_path, "new")).complete("latent") is not None


def test_ids_that_end_alike_are_told_by_their_last_letters_first() -> None:
    ids = [
        "a/Install",
        "b/in-stall",
        "ab",
        "x/ab",
        "c++",
        "y/C++",
        "ÄB",
        "z/ab-",
        "stall",
        "call",
        "/",
    ]
    for one in ids:
        assert ending_alike(ids, [one]) == {
            number: other for number, other in enumerate(ids) if id_key(other) == id_key(one)
        }
