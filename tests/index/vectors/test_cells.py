from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from entrywise.index.vectors import cells, writing
from entrywise.index.vectors.accuracy import EXACT
from entrywise.index.vectors.cells import NEAREST, RECALL
from entrywise.index.vectors.faiss import VectorIndex
from entrywise.index.vectors.writing import write

COUNT, DIM = 5_000, 64


def clustered(seed: int = 0, spread: float = 0.7, centres: int = 20) -> NDArray[np.float32]:
    """Vectors around some centres, as those of texts are."""
    random = np.random.default_rng(seed)
    around = random.standard_normal((centres, DIM))
    rows = around[np.arange(COUNT) % centres] + spread * random.standard_normal((COUNT, DIM))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand are many, and 400 of 5,000 may take most of the cells."""
    monkeypatch.setattr(writing, "WHOLE_UP_TO", 500)
    monkeypatch.setattr(writing, "FLAT_UP_TO", 1_000)
    monkeypatch.setattr(cells, "_WORTH", 1)


def recall(index: VectorIndex, rows: NDArray[np.float32]) -> float:
    """The share of the nearest that a search finds, of rows that it did not measure itself by."""
    shares = []
    for row in range(7, COUNT, 61):
        right = set(np.argsort(-(rows @ rows[row]))[: NEAREST + 1].tolist()) - {row}
        found = set(index.search(rows[row], NEAREST + 1)[0].tolist()) - {row}
        shares.append(len(right & found) / NEAREST)
    return float(np.mean(shares))


def test_so_many_cells_are_probed_that_what_is_nearest_is_found(tmp_path: Path) -> None:
    rows = clustered()
    accuracy = write(tmp_path / "v", rows)
    index = VectorIndex(tmp_path / "v")
    assert accuracy.recall >= RECALL
    assert 1 < accuracy.probes < 100
    assert recall(index, rows) > RECALL - 0.015
    # What lies in wide clusters takes more of them.
    assert write(tmp_path / "w", clustered(spread=2.0)).probes > accuracy.probes


def test_fewer_probes_would_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = clustered()
    enough = write(tmp_path / "v", rows).probes
    monkeypatch.setattr(cells, "RECALL", 0.5)
    less = write(tmp_path / "v", rows)
    assert less.probes < enough
    assert recall(VectorIndex(tmp_path / "v"), rows) < RECALL


def test_where_cells_save_nothing_all_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = clustered()
    monkeypatch.setattr(cells, "_WORTH", 1 / 8)
    assert write(tmp_path / "v", rows) == EXACT
    assert recall(VectorIndex(tmp_path / "v"), rows) > 0.97
    # Few cells hold what is nearest where that is little, and lies together.
    monkeypatch.setattr(cells, "NEAREST", 4)
    together = clustered(spread=0.3, centres=COUNT // 5)
    assert 0 < write(tmp_path / "v", together).probes <= 256 / 8


def test_a_vector_in_a_cell_can_be_read_back_and_finds_itself(tmp_path: Path) -> None:
    rows = clustered()
    write(tmp_path / "v", rows)
    index = VectorIndex(tmp_path / "v")
    for row in (0, 42, COUNT - 1):
        np.testing.assert_allclose(index.vector(row), rows[row], atol=0.005)
        found, cosines = index.search(rows[row], 5)
        assert found[0] == row
        assert cosines[0] == pytest.approx(1, abs=0.02)
        assert len(found) == 5


def test_cells_give_fewer_rows_where_the_probed_ones_hold_no_more(tmp_path: Path) -> None:
    rows = clustered()
    write(tmp_path / "v", rows)
    found, cosines = VectorIndex(tmp_path / "v").search(rows[0], COUNT)
    assert NEAREST < len(found) == len(cosines) < COUNT
    assert found.min() >= 0


def test_vectors_with_one_large_dimension_are_found_too(tmp_path: Path) -> None:
    rows = clustered()
    rows[:, 7] = 4.0
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert write(tmp_path / "v", rows).recall >= RECALL
    np.testing.assert_allclose(VectorIndex(tmp_path / "v").vector(42), rows[42], atol=0.005)


def test_up_to_a_million_all_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "FLAT_UP_TO", COUNT)
    rows = clustered()
    assert write(tmp_path / "v", rows) == EXACT
    assert recall(VectorIndex(tmp_path / "v"), rows) > 0.97
    assert (tmp_path / "v").stat().st_size < 1.1 * rows.size


@pytest.mark.parametrize("flat_up_to", [COUNT - 1, COUNT])
def test_vectors_that_come_one_by_one_are_written_as_those_that_come_together(
    flat_up_to: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "FLAT_UP_TO", flat_up_to)
    rows = clustered()
    with writing.VectorWriter(tmp_path / "one by one", COUNT, DIM) as writer:
        for row in rows:
            writer.add(row[np.newaxis])
    assert writer.accuracy == write(tmp_path / "together", rows)
    assert (tmp_path / "one by one").read_bytes() == (tmp_path / "together").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one by one", "together"]
