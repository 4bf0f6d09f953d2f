"""Tables that do not fit each other, though each is what its hash says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.errors import IndexDamaged
from entrywise.index.generations.inspection import inspect
from entrywise.index.index import Index
from entrywise.index.names import tables as name_tables
from entrywise.index.names.forms import Name

Put = Callable[[str, bytes], None]

# Table, row, column, what stands there then, and what is said.
WRONG = [
    ("chunks.npy", 0, 0, -1, "chunks"),
    ("chunks.npy", -1, 0, 6, "chunks"),
    ("chunks.npy", 0, 1, -1, "chunks"),
    ("chunks.npy", 0, 3, -5, "chunks"),
    ("sentences.npy", 0, 0, 5, "sentences"),
    ("sentences.npy", 2, 2, 2**30, "sentences"),
    ("questions.npy", 0, 0, -1, "labels"),
    ("questions.npy", -1, 0, 2**31 - 1, "labels"),
    ("questions.npy", 0, 1, 6, "labelled entries"),
    ("units.npy", 0, 0, 6, "units"),
    ("entries.npy", 1, 0, 0, "lines"),
    ("entries.npy", 3, 0, 2**40, "lines"),
]


def refused(root: Path) -> str:
    with pytest.raises(IndexDamaged, match="cannot be opened") as caught:
        Index(root)
    return str(caught.value)


@pytest.mark.parametrize(("name", "row", "column", "value", "said"), WRONG)
def test_what_points_beyond_its_table_is_damage(
    name: str,
    row: int,
    column: int,
    value: int,
    said: str,
    copied: Path,
    generation: Path,
    put: Put,
) -> None:
    table = np.load(generation / name)
    table[row, column] = value
    put(name, saved(table))
    assert said in refused(copied)


@pytest.mark.parametrize(("row", "column", "value"), [(0, 0, -1), (-1, 0, 10_000), (2, 0, 0)])
def test_mentions_out_of_their_places_are_found_on_demand(
    row: int, column: int, value: int, copied: Path, generation: Path, put: Put
) -> None:
    put_mention(row, column, value, generation, put)
    with closing(Index(copied)) as index, pytest.raises(IndexDamaged, match="a mention is beyond"):
        list(inspect(index))


@pytest.mark.parametrize("value", [-1, 6])
def test_a_mention_of_no_entry_is_damage_when_it_is_read(
    value: int, copied: Path, generation: Path, put: Put
) -> None:
    row, *_ = put_mention(2, 1, value, generation, put)
    with closing(Index(copied)) as index:
        with pytest.raises(IndexDamaged, match="a mention is beyond its table; build it again"):
            index.mentions(range(row, row + 1))
        with pytest.raises(IndexDamaged, match="a mention is beyond its table"):
            list(inspect(index))


def put_mention(row: int, column: int, value: int, generation: Path, put: Put) -> list[int]:
    """Change a number of a mention; what it was."""
    table = np.load(generation / "sentences.mentions.npy")
    before: list[int] = table[row].tolist()
    table[row, column] = value
    put("sentences.mentions.npy", saved(table))
    return before


@pytest.mark.parametrize(
    "name",
    ["chunks.npy", "sentences.npy", "sentences.vectors.npy", "sentences.features.npy", "units.npy"],
)
def test_a_table_of_another_size_is_damage(
    name: str, copied: Path, generation: Path, put: Put
) -> None:
    put(name, saved(np.load(generation / name)[:-1]))
    assert "instead of" in refused(copied)


@pytest.mark.parametrize("name", ["sentences.vectors.npy", "sentences.features.npy", "remarks.npy"])
def test_a_table_of_another_width_is_damage(
    name: str, copied: Path, generation: Path, put: Put
) -> None:
    put(name, saved(np.load(generation / name)[:, :-1]))
    assert "instead of" in refused(copied)


@pytest.mark.parametrize("change", ["part", "kind"])
def test_a_catalog_of_something_else_is_damage(
    change: str, copied: Path, generation: Path, put: Put
) -> None:
    catalog = json.loads((generation / "catalog.json").read_text())
    if change == "part":
        catalog["parts"]["tuning"] = -1
    if change == "kind":
        catalog["parts"] = ["tuning"]
    put("catalog.json", json.dumps(catalog).encode())
    refused(copied)


def test_names_of_entries_that_there_are_not_are_damage(copied: Path, put: Put) -> None:
    names = (Name("A", 0, False, "a"), Name("Z", 6, False, "z"))
    name_tables.write(copied / "changed", names)
    put("names.sqlite", (copied / "changed").read_bytes())
    (copied / "changed").unlink()
    assert "names: beyond 0 to 5" in refused(copied)


@pytest.mark.parametrize("change", ["row", "entry"])
def test_completions_that_do_not_fit_are_damage(
    change: str, copied: Path, generation: Path, put: Put
) -> None:
    table = np.load(generation / "completions.npy")
    if change == "entry":
        table[1, 0] = 6
    put("completions.npy", saved(table[:-1] if change == "row" else table))
    refused(copied)


def saved(table: object) -> bytes:
    content = io.BytesIO()
    np.save(content, np.asarray(table))
    return content.getvalue()
