from __future__ import annotations

import numpy as np
import pytest

from entrywise.index.passages.rows import stretch


@pytest.mark.parametrize(
    ("first", "end", "expected"), [(1, 2, (1, 3)), (0, 9, (0, 4)), (3, 5, (3, 3)), (9, 10, (4, 4))]
)
def test_a_stretch_is_where_values_begin_and_end(
    first: int, end: int, expected: tuple[int, int]
) -> None:
    table = np.array([[0, 7], [1, 7], [1, 7], [5, 7]], np.int32)
    assert stretch(table[:, 0], first, end) == expected


def test_it_copies_no_column(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[np.ndarray] = []
    searched = np.searchsorted

    def watched(column: np.ndarray, values: np.ndarray) -> np.ndarray:
        looked_for.append(values)
        return searched(column, values)

    monkeypatch.setattr(np, "searchsorted", watched)
    stretch(np.arange(9, dtype=np.int32), 3, 5)
    assert [values.dtype for values in looked_for] == [np.int32]
