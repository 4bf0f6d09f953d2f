from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from entrywise.index.index import Index
from entrywise.index.vectors import writing as vectors
from entrywise.index.vectors.faiss import VectorIndex, Vectors
from entrywise.index.vectors.writing import VectorWriter, write


def unit_vectors(count: int, dim: int = 32, seed: int = 0) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


def opened(path: Path, rows: Vectors) -> VectorIndex:
    write(path, rows)
    return VectorIndex(path)


def test_the_nearest_are_those_of_brute_force(tmp_path: Path) -> None:
    rows = unit_vectors(500)
    index = opened(tmp_path / "v", rows)
    for query in unit_vectors(50, seed=1):
        found, cosines = index.search(query, 10)
        every = rows @ query
        assert found.tolist() == np.argsort(-every)[:10].tolist()
        np.testing.assert_allclose(cosines, every[found], atol=1e-6)


def test_a_quarter_of_the_bits_moves_a_cosine_by_little(tmp_path: Path) -> None:
    rows = unit_vectors(500, dim=384)
    write(tmp_path / "whole", rows)
    write(tmp_path / "compact", rows, compact=True)
    sizes = [(tmp_path / name).stat().st_size for name in ("whole", "compact")]
    assert sizes[1] < 0.26 * sizes[0]
    index = VectorIndex(tmp_path / "compact")
    for query in unit_vectors(20, dim=384, seed=1):
        found, cosines = index.search(query, 10)
        np.testing.assert_allclose(cosines, (rows @ query)[found], atol=4e-3)
    np.testing.assert_allclose(np.linalg.norm(index.vector(0)), 1, atol=5e-3)
    # Written again, what was read back is the same: an update changes nothing.
    again = np.array([index.vector(row) for row in range(500)])
    write(tmp_path / "again", again, compact=True)
    assert (tmp_path / "again").read_bytes() == (tmp_path / "compact").read_bytes()


def test_vectors_with_one_large_dimension_are_kept_whole(tmp_path: Path) -> None:
    """At 384 dimensions 8 bits reach to 0.306."""
    rows = unit_vectors(50, dim=384)
    rows[:, 7] = 0.6
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    write(tmp_path / "v", rows, compact=True)
    found, cosines = VectorIndex(tmp_path / "v").search(rows[3], 5)
    np.testing.assert_allclose(cosines, (rows @ rows[3])[found], atol=1e-6)


def test_a_limit_beyond_the_number_of_rows_gives_all_of_them(tmp_path: Path) -> None:
    rows = unit_vectors(3)
    found, cosines = opened(tmp_path / "v", rows).search(rows[1], 10)
    assert sorted(found.tolist()) == [0, 1, 2]
    assert found[0] == 1
    assert cosines[0] == pytest.approx(1)
    assert list(cosines) == sorted(cosines, reverse=True)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path / "v", np.empty((0, 32), np.float32))
    found, cosines = index.search(unit_vectors(1)[0], 5)
    assert (len(index), str(found.dtype), str(cosines.dtype)) == (0, "int64", "float32")
    assert (found.size, cosines.size) == (0, 0)


def test_a_vector_can_be_read_back(tmp_path: Path) -> None:
    rows = unit_vectors(20)
    index = opened(tmp_path / "v", rows)
    assert len(index) == 20
    np.testing.assert_array_equal(index.vector(7), rows[7])


@pytest.mark.parametrize("known", [60, 0])
def test_codes_that_are_taken_over_are_what_their_vectors_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    monkeypatch.setattr(vectors, "WHOLE_UP_TO", 50)
    monkeypatch.setattr(vectors, "_WAITING", 7)
    rows = unit_vectors(100, dim=384)
    write(tmp_path / "fresh", rows)
    fresh = VectorIndex(tmp_path / "fresh")
    with VectorWriter(tmp_path / "v", 100, 384, known_codes=known) as writer:
        for first, last in ((0, 40), (41, 90)):
            codes = fresh.codes(first, last)
            assert codes is not None
            writer.add_codes(codes)
            writer.add(rows[last : 41 if first == 0 else 100])
    assert (tmp_path / "v").read_bytes() == (tmp_path / "fresh").read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == []


@pytest.mark.parametrize("known", [60, 0])
def test_one_vector_that_has_no_codes_makes_all_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    monkeypatch.setattr(vectors, "WHOLE_UP_TO", 50)
    rows = unit_vectors(60, dim=384)
    write(tmp_path / "old", rows)
    old = VectorIndex(tmp_path / "old")
    large = np.zeros((1, 384), np.float32)
    large[0, 7] = 1
    with VectorWriter(tmp_path / "v", 61, 384, known_codes=known) as writer:
        codes = old.codes(0, 60)
        assert codes is not None
        writer.add_codes(codes[:30])
        writer.add(large)
        writer.add_codes(codes[30:])
    new = VectorIndex(tmp_path / "v")
    np.testing.assert_array_equal(new.vector(30), large[0])
    for row in range(60):
        np.testing.assert_array_equal(new.vector(row + (row >= 30)), old.vector(row))


def test_whether_cells_are_worth_it_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "WHOLE_UP_TO", 10)
    monkeypatch.setattr(vectors, "FLAT_UP_TO", 50)
    asked: list[int] = []
    monkeypatch.setattr(vectors.cells, "in_cells", lambda rows: asked.append(len(rows)))
    rows = unit_vectors(60, dim=384)
    write(tmp_path / "old", rows)
    old = VectorIndex(tmp_path / "old")
    codes = old.codes(0, 60)
    assert codes is not None
    for known in (60, 40):
        with VectorWriter(tmp_path / f"from {known}", 60, 384, known_codes=known) as writer:
            writer.add_codes(codes)
    # The second one grew beyond what is always looked at as a whole.
    assert asked == [60, 60]
    assert (tmp_path / "from 60").read_bytes() == (tmp_path / "old").read_bytes()


def test_vectors_that_are_whole_have_no_codes(tmp_path: Path) -> None:
    assert opened(tmp_path / "v", unit_vectors(3)).codes(0, 3) is None


def test_vectors_of_the_small_index_point_back_at_themselves(small_index: Index) -> None:
    for row in range(len(small_index.chunk_vectors)):
        vector = small_index.chunk_vectors.vector(row)
        assert small_index.chunk_vectors.search(vector, 1)[0].tolist() == [row]


def test_a_search_keeps_to_its_thread_and_leaves_other_searches_theirs(tmp_path: Path) -> None:
    """OpenMP's helpers would spin between two searches: their processor time is the process's."""
    import faiss

    write(tmp_path / "v", unit_vectors(2_000, dim=384), compact=True)
    index = VectorIndex(tmp_path / "v")
    query = unit_vectors(1, dim=384, seed=1)[0]

    def tasks() -> int:
        return len(list(Path("/proc/self/task").iterdir()))

    def searched() -> tuple[int, int]:
        faiss.omp_set_num_threads(2)
        before = tasks()
        index.search(query, 10)
        return faiss.omp_get_max_threads(), tasks() - before

    # A thread that searched nothing yet has no helpers.
    with ThreadPoolExecutor(1) as pool:
        threads, more = pool.submit(searched).result()
    assert threads == 2
    assert more <= 0


def test_what_stops_half_way_writes_nothing(tmp_path: Path) -> None:
    def stopped() -> None:
        with vectors.VectorWriter(tmp_path / "v", 2, 16) as writer:
            writer.add(unit_vectors(1, 16))
            raise KeyError

    with pytest.raises(KeyError):
        stopped()
    assert list(tmp_path.iterdir()) == []
