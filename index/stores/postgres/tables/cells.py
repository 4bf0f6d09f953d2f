"""Vectors in cells (pgvector's IVFFlat), of which a search looks into as many as find enough of the
nearest: measured when an index is published, as in a folder (`index/vectors/cells.py`).

Not in a graph (HNSW), which takes ten times as long to make, twice as long to search, and finds too
few where vectors lie wide apart (`docs/scale.md`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from entrywise.index.encoders.base import Vectors
from entrywise.index.stores.postgres.connections import Connection
from entrywise.index.stores.postgres.tables.reading import text_of
from entrywise.index.vectors import codes

_NEAREST, _RECALL = 400, 0.99
"""How many of the nearest a question asks for, and the share of them to be found."""
_MOST_CELLS = 2_000
"""pgvector's k-means keeps a number for each cell and each of the fifty vectors a cell that it
looks at: of so many 800 MB."""
_WORTH = 1 / 2
"""The share of cells beyond which a search may as well look at all vectors."""


def put_in_cells(connection: Connection, name: str, count: int, asked: Sequence[Vectors]) -> int:
    """Put the vectors of a table in cells.

    Args:
        count: how many there are.
        asked: what a search is tried with, float32 (dim,) each.

    Returns:
        how many cells a search has to look into; 0 where they save little: it looks at all vectors.
    """
    queries = [text_of(codes.coded(query)) for query in asked]
    statement = f"SELECT number FROM {name} ORDER BY vector <#> %s::halfvec LIMIT {_NEAREST}"

    def found() -> list[set[int]]:
        return [{n for (n,) in connection.execute(statement.encode(), (q,))} for q in queries]

    nearest = found()
    cells = min(round(2 * math.sqrt(count)), _MOST_CELLS)
    # What is compared is kept in memory, and as much of the table as there is room for.
    connection.execute("SELECT set_config('maintenance_work_mem', '1GB', true)")
    connection.execute(
        f"CREATE INDEX ON {name} USING ivfflat (vector halfvec_ip_ops) "
        f"WITH (lists = {cells})".encode()
    )
    connection.execute(f"ANALYZE {name}".encode())
    for probes in _steps(cells):
        connection.execute(search_of(probes))
        shares = [len(right & got) / _NEAREST for right, got in zip(nearest, found(), strict=True)]
        if sum(shares) / len(shares) >= _RECALL:
            return probes
    connection.execute(f"DROP INDEX {name}_vector_idx".encode())
    return 0


def _steps(cells: int) -> Iterator[int]:
    """How many cells are tried: a quarter more each time."""
    probes = max(round(cells / 50), 1)
    while probes <= _WORTH * cells:
        yield probes
        probes += math.ceil(probes / 4)


def search_of(probes: int) -> bytes:
    """What has a connection look into so many cells."""
    return f"SELECT set_config('ivfflat.probes', '{probes}', false)".encode()
