"""What an update writes of names has the bytes of what is written anew."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.words import name_key
from entrywise.index.names.forms import Name
from entrywise.index.names.tables import update, write
from entrywise.index.passages.rows import UNKNOWN

WORDS = [
    "Group",
    "Groups",
    "GROUP",
    "latent",
    "Attention",
    "at",
    "K-Quants",
    "ärger",
    "绿茶",
    "fp16",
]


def forms(drawing: random.Random) -> list[str]:
    """The names of an entry; documents have none."""
    count = drawing.choice([0, 1, 1, 2, 3])
    return [" ".join(drawing.choices(WORDS, k=drawing.choice([1, 2, 3]))) for _ in range(count)]


def names_of(entries: list[list[str]]) -> list[Name]:
    return [
        Name(form, entry, drawn % 2 == 0, name_key(form))
        for entry, some in enumerate(entries)
        for drawn, form in enumerate(dict.fromkeys(some))
    ]


@pytest.mark.parametrize("seed", range(12))
def test_an_update_writes_what_a_build_writes(seed: int, tmp_path: Path) -> None:
    drawing = random.Random(seed)
    before = [forms(drawing) for _ in range(30)]
    after = [*enumerate(before)]
    for _ in range(drawing.choice([1, 3, 8])):
        place = drawing.randrange(len(after))
        put = [(UNKNOWN, forms(drawing))] * drawing.choice([0, 1, 1, 2])
        after[place : place + drawing.choice([0, 1])] = put
    entries = [some for _, some in after]
    write(tmp_path / "old", names_of(before))
    write(tmp_path / "fresh", names_of(entries))
    rows = np.array([row for row, _ in after])
    other = {entry for entry, row in enumerate(rows.tolist()) if row == UNKNOWN}
    new = [name for name in names_of(entries) if name.entry in other]
    update(tmp_path / "new", tmp_path / "old", rows, new)
    assert (tmp_path / "new").read_bytes() == (tmp_path / "fresh").read_bytes()


def test_names_may_come_to_none_and_go_to_none(tmp_path: Path) -> None:
    names = [Name("Group query", 0, False, "group query")]
    write(tmp_path / "none", [])
    write(tmp_path / "one", names)
    update(tmp_path / "came", tmp_path / "none", np.array([UNKNOWN]), names)
    update(tmp_path / "went", tmp_path / "one", np.array([UNKNOWN]), [])
    assert (tmp_path / "came").read_bytes() == (tmp_path / "one").read_bytes()
    assert (tmp_path / "went").read_bytes() == (tmp_path / "none").read_bytes()
