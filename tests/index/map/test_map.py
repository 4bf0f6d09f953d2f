from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from entrywise.data.errors import IndexDamaged
from entrywise.index.index import Index
from entrywise.index.map.labels import HEIGHT, WIDTH
from entrywise.index.map.map import DOT, Map


def drawn() -> Map:
    dots = np.zeros(3, DOT)
    dots["entry"] = [4, 0, 2]
    dots["links"]["x"], dots["links"]["y"] = [0, 0.5, 1], [1, 0.25, 0]
    dots["meaning"]["zoom"] = [0, 10, 3]
    return Map(dots, np.array([[0, 2], [1, 2]], np.int32))


Files = tuple[Path, Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return tmp_path / "map.npy", tmp_path / "map.links.npy"


def test_a_map_comes_back_as_it_was(files: Files) -> None:
    drawn().write(*files)
    found = Map.read(*files, entries=5)
    assert (found.dots == drawn().dots).all()
    assert (found.links == drawn().links).all()


def test_dots_are_within_the_drawing() -> None:
    assert drawn().points("links").tolist() == [[0, HEIGHT], [WIDTH / 2, HEIGHT / 4], [WIDTH, 0]]


def test_a_map_of_nothing_is_one(files: Files) -> None:
    Map(np.zeros(0, DOT), np.zeros((0, 2), np.int32)).write(*files)
    assert len(Map.read(*files, entries=0).dots) == 0


def of_dot(view: str, axis: str, value: float) -> Callable[[Map], Map]:
    def change(made: Map) -> Map:
        made.dots[view][axis][1] = value
        return made

    return change


def with_links(*links: Any) -> Callable[[Map], Map]:
    return lambda made: Map(made.dots, np.array(links, np.int32))


def with_ordinals(*ordinals: int) -> Callable[[Map], Map]:
    def change(made: Map) -> Map:
        made.dots["entry"] = ordinals
        return made

    return change


@pytest.mark.parametrize(
    "changed",
    [
        lambda made: Map(made.dots["links"], made.links),
        lambda made: Map(made.dots.reshape(1, 3), made.links),
        lambda made: Map(np.zeros((3, 4), np.float32), made.links),
        with_ordinals(4, 0, 5),
        with_ordinals(4, 0, -1),
        with_ordinals(4, 0, 4),
        of_dot("links", "x", 1.01),
        of_dot("links", "y", -0.01),
        of_dot("meaning", "x", np.nan),
        of_dot("meaning", "y", np.inf),
        of_dot("meaning", "zoom", 11),
    ],
)
def test_what_is_no_dot_of_the_index_is_damage(changed: Callable[[Map], Map], files: Files) -> None:
    changed(drawn()).write(*files)
    with pytest.raises(IndexDamaged, match=r"map\.npy of the index cannot be used .* build it ag"):
        Map.read(*files, entries=5)


@pytest.mark.parametrize(
    "changed",
    [
        lambda made: Map(made.dots, made.links.astype(np.int64)),
        lambda made: Map(made.dots, made.links.ravel()),
        with_links([0, 3]),
        with_links([-1, 1]),
        with_links([1, 1]),
        with_links([2, 0]),
        with_links([0, 1, 2]),
    ],
)
def test_what_is_no_link_of_two_dots_is_damage(changed: Callable[[Map], Map], files: Files) -> None:
    changed(drawn()).write(*files)
    with pytest.raises(IndexDamaged, match=r"map\.links\.npy of the index cannot be used"):
        Map.read(*files, entries=5)


@pytest.mark.parametrize("content", [b"", b"dots", b"\x93NUMPY\x01\x00\x06\x00{1: 2}"])
@pytest.mark.parametrize("name", ["map.npy", "map.links.npy"])
def test_what_is_no_array_is_damage(content: bytes, name: str, files: Files) -> None:
    drawn().write(*files)
    files[0].with_name(name).write_bytes(content)
    with pytest.raises(IndexDamaged, match=f"{name} of the index cannot be used"):
        Map.read(*files, entries=5)


def test_an_index_with_a_wrong_map_is_refused(
    copied: Path, generation: Path, put: Callable[[str, bytes], None]
) -> None:
    dots = np.load(generation / "map.npy")
    dots["entry"][0] = 6
    file = io.BytesIO()
    np.save(file, dots)
    put("map.npy", file.getvalue())
    with pytest.raises(IndexDamaged, match="a dot is none"):
        Index(copied)
