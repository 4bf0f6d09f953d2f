from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from entrywise.index.vectors.compact import CompactVectors, codes_of, write_compact


@pytest.fixture
def rows() -> np.ndarray:
    drawn = np.random.default_rng(0).standard_normal((50, 384)).astype(np.float32)
    drawn[7, 3] = 40.0  # Some models have one dimension that is larger than all others.
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def test_vectors_come_back_nearly_as_they_were_and_of_unit_length(
    rows: np.ndarray, tmp_path: Path
) -> None:
    blocks = (codes_of(block) for block in (rows[:0], rows[:1], rows[1:30], rows[30:]))
    write_compact(tmp_path / "v.npy", blocks, 50, 384)
    kept = CompactVectors(tmp_path / "v.npy")

    assert (len(kept), kept.shape) == (50, (50, 384))
    cosines = np.sum(kept[:] * rows, axis=1)
    assert np.delete(cosines, 7).min() > 0.9999 > cosines[7] > 0.999
    np.testing.assert_allclose(np.linalg.norm(kept[3:9], axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(kept[[4, 2]], np.array([kept[4], kept[2]]))
    np.testing.assert_array_equal(kept.codes(3, 5), codes_of(rows[3:5]))
    assert (tmp_path / "v.npy").stat().st_size < 50 * 384 + 200


def test_no_vectors_and_a_zero_one_are_kept_too(tmp_path: Path) -> None:
    write_compact(tmp_path / "none.npy", iter(()), 0, 384)
    assert CompactVectors(tmp_path / "none.npy")[:].shape == (0, 384)
    assert not codes_of(np.zeros((1, 4), np.float32)).any()


@pytest.mark.parametrize("content", [b"", b"no array"])
def test_a_file_that_is_no_array_is_a_plain_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "v.npy").write_bytes(content)
    with pytest.raises((OSError, ValueError, EOFError)):
        CompactVectors(tmp_path / "v.npy")
