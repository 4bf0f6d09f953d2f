from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from entrywise.index.map.labels import ZOOMS, is_leftward, label, named_from

RIGHT = np.zeros(3, dtype=bool)


def zooms(
    points: list[list[float]], letters: list[int], leftward: NDArray[np.bool_]
) -> list[float]:
    """The zoom from which each name has room."""
    places = named_from(np.array(points, np.float32), letters, leftward)
    return [ZOOMS[place] for place in places.tolist()]


def test_names_have_room_once_the_zoom_has_moved_the_dots_apart() -> None:
    near, first, alone = zooms([[0, 0], [30, 0], [0, 300]], [10, 5, 5], RIGHT)
    # The last dots are named first. From 30 units on the first name, 10 letters of 6.4 pixels
    # behind a dot of 12, ends before the second dot begins at 12 pixels before its middle.
    assert alone == first == 0.22
    assert near == next(zoom for zoom in ZOOMS if 30 * zoom > 88)


def test_a_name_to_the_left_is_in_the_way_of_what_is_there() -> None:
    points: list[list[float]] = [[0, 0], [100, 0]]
    assert zooms(points, [1, 5], np.array([False, True]))[0] == 0.7
    assert zooms(points, [1, 5], np.array([True, False]))[0] == 0.3


def test_two_names_in_one_place_are_never_shown_together() -> None:
    assert zooms([[5, 5], [5, 5]], [3, 3], RIGHT[:2]) == [8.0, 0.22]


def test_no_name_covers_what_is_there_at_any_zoom() -> None:
    drawing = np.random.default_rng(0)
    points = (drawing.random((120, 2)) * [1000, 700]).astype(np.float32)
    letters = drawing.integers(3, 28, 120).tolist()
    leftward = is_leftward(points)
    rooms = named_from(points, letters, leftward)
    assert len(set(rooms.tolist())) > 5
    lengths = np.array(letters) * 6.4 + 12
    for place, zoom in enumerate(ZOOMS[:-1]):
        pixels = points * zoom
        left = pixels[:, 0] - np.where(leftward, lengths, 12)
        right = pixels[:, 0] + np.where(leftward, 12, lengths)
        for one in np.flatnonzero(rooms <= place).tolist():
            level = np.abs(pixels[:, 1] - pixels[one, 1]) < 18 - 1e-3
            ends = right[one] - left, right - left[one]
            covers = level & (ends[0] > 1e-3) & (ends[1] > 1e-3) & (rooms <= place)
            assert np.flatnonzero(covers).tolist() == [one]


def test_a_long_name_is_cut() -> None:
    assert label("-Nano/-Micro/-Mini/-Small/-Tiny") == "-Nano/-Micro/-Mini/-Small/-…"
    assert label("A name of just so many chars") == "A name of just so many chars"
    assert label("A name of just so many letters") == "A name of just so many…"
    assert label("A name of so many letters x, and more") == "A name of so many letters x…"
    assert label("Rindfleischetikettierungsgesetz") == "Rindfleischetikettierungsge…"
