from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from entrywise.index.stores.postgres.tables.reading import rows_of
from entrywise.index.stores.postgres.tables.words import _both

COUNT = 9
KEYS: list[Any] = [
    3,
    -1,
    np.int32(4),
    slice(None),
    slice(2, 5),
    slice(-3, None),
    slice(7, 99),
    slice(5, 2),
    slice(None, None, -2),
    [4, 4, -9],
    [],
    np.array([8, 0], np.int32),
    np.arange(COUNT) % 2 == 0,
]


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_rows_are_those_that_numpy_gives(key: Any) -> None:
    expected = np.arange(COUNT)[np.asarray(key, np.int64) if isinstance(key, list) else key]
    found = rows_of(key, COUNT)
    np.testing.assert_array_equal(found, expected)
    assert found.shape == np.shape(expected)


@pytest.mark.parametrize("key", [COUNT, -COUNT - 1, [0, COUNT]])
def test_a_row_that_there_is_not_is_refused(key: Any) -> None:
    with pytest.raises(IndexError, match="there are 9 rows"):
        rows_of(key, COUNT)


def test_one_row_of_many_is_found_without_numbering_all() -> None:
    many = 2**62
    assert rows_of(slice(many - 2, many), many).tolist() == [many - 2, many - 1]
    assert rows_of(-1, many) == many - 1


def test_what_is_in_both_is_what_numpy_finds() -> None:
    drawing = np.random.default_rng(5)
    for sizes in ((0, 4), (3, 0), (1, 30), (40, 40), (200, 5)):
        one, other = (np.unique(drawing.integers(0, 60, size)) for size in sizes)
        np.testing.assert_array_equal(_both(one, other), np.intersect1d(one, other))
