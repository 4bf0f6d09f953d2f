"""Many vectors are in cells, of which a search looks into as many as find enough of the nearest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np
import psycopg
import pytest
from databases import NewDatabase
from numpy.typing import NDArray

from entrywise.index.stores.postgres.address import Address
from entrywise.index.stores.postgres.connections import Connections
from entrywise.index.stores.postgres.tables import vectors as tables
from entrywise.index.stores.postgres.tables.cells import search_of
from entrywise.index.vectors.faiss import VectorIndex
from entrywise.index.vectors.writing import write

pytestmark = pytest.mark.slow

COUNT, DIM = 2_000, 384


@pytest.fixture(scope="module")
def rows() -> NDArray[np.float32]:
    """Unit vectors around a few centres."""
    drawing = np.random.default_rng(5)
    centres = drawing.normal(size=(5, DIM))
    drawn = centres[drawing.integers(5, size=COUNT)] + drawing.normal(size=(COUNT, DIM))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def searched(
    rows: NDArray[np.float32],
    new_database: NewDatabase,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[tables.ChunkTable, VectorIndex]]:
    """The vectors, in 8 bits, in a database that looks at all up to so many, and in FAISS."""
    monkeypatch.setattr(tables, "WHOLE_UP_TO", 100)
    monkeypatch.setattr(tables, "EXACT_UP_TO", request.param)
    write(path := tmp_path_factory.mktemp("v") / "v", rows, compact=True)
    small = VectorIndex(path)
    address = Address.of(new_database())
    spans = np.zeros((COUNT, 4), np.int32)
    generation: Any = type(
        "Vectors",
        (),
        {
            "chunk_vectors": small,
            "question_vectors": small,
            "unanswered_vectors": small,
            "chunks": spans,
            "sentence_vectors": rows,
        },
    )
    with psycopg.connect(address.conninfo, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION vector")
        connection.execute("SET enable_seqscan = off")
        tables.write_vectors(connection, generation)

    def prepare(connection: psycopg.Connection[Any]) -> None:
        # To look at all of so few is faster.
        connection.execute("SET enable_seqscan = off")
        connection.execute(search_of(_probes(connection)))

    with closing(Connections(address, prepare)) as connections:
        yield tables.ChunkTable(connections, DIM, np.array([0, COUNT], np.int32)), small


def _probes(connection: psycopg.Connection[Any]) -> int:
    [(probes,)] = connection.execute("SELECT greatest(max(probes), 1) FROM kinds").fetchall()
    return int(probes)


@pytest.mark.parametrize("searched", [1_000], indirect=True)
def test_cells_have_what_is_near(
    searched: tuple[tables.ChunkTable, VectorIndex], rows: NDArray[np.float32]
) -> None:
    ours, small = searched
    query = "SELECT number FROM chunk_vectors ORDER BY vector <#> ?::halfvec LIMIT 400"
    plan = ours._database.rows(f"EXPLAIN {query}", str(rows[0].tolist()))
    assert "Index Scan using chunk_vectors_vector_idx" in str(plan)
    shares = []
    for row in range(0, COUNT, 100):
        found, cosines = ours.search(rows[row], 400)
        right, _ = small.search(rows[row], 400)
        shares.append(len({*found.tolist()} & {*right.tolist()}) / 400)
        assert (np.diff(cosines) <= 0).all()
    assert sum(shares) / len(shares) > 0.98


@pytest.mark.parametrize("searched", [1_900, COUNT], indirect=True)
def test_eight_bits_have_the_cosines_of_faiss(
    searched: tuple[tables.ChunkTable, VectorIndex], rows: NDArray[np.float32]
) -> None:
    """Whole numbers are multiplied and added: only the last division rounds."""
    ours, small = searched
    for row in (0, 77, 1_999):
        np.testing.assert_array_equal(ours.vector(row), small.vector(row))
        found, cosines = ours.search(rows[row], 50)
        right, expected = small.search(rows[row], 50)
        assert {*found[:40].tolist()} <= {*right.tolist()}
        np.testing.assert_allclose(cosines[:5], expected[:5], rtol=2e-7)
