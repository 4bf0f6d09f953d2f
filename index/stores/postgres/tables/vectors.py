"""Vectors in pgvector: whole and looked at all, or where there are many in 8 bits and searched in a
graph (HNSW), as widely as it takes.

Numbers in 8 bits are whole, and half floats hold such exactly: cosines are those that FAISS gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import partial
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.stores.base import Generation
from entrywise.index.stores.postgres.connections import Connection
from entrywise.index.stores.postgres.tables.reading import Remembered, rows_of
from entrywise.index.vectors import codes
from entrywise.index.vectors.base import CompactRows, VectorStore
from entrywise.index.vectors.writing import WHOLE_UP_TO
from entrywise.index.words.database import Database

CHUNKS, QUESTIONS, UNANSWERED = "chunk_vectors", "question_vectors", "unanswered_vectors"
_WHOLE, _IN_8_BITS = "vector", "halfvec"
EXACT_UP_TO = 50_000
"""Vectors up to which a search looks at all; in a folder it does so up to a million."""
_NEAREST, _RECALL, _HELD_OUT = 400, 0.98, 50
"""How many of the nearest a question asks for, the share of them to be found, and how many
questions that is measured with."""
_WIDTHS = (400, 600, 800, 1000)
"""How many candidates a search in a graph keeps; pgvector takes no more than 1,000."""
_CONSTRUCTION = 200
"""Candidates while a graph is made. Of 60,000 drawn passages questions find 0.95 of the nearest
with 400 candidates and 0.993 with 1,000; of one made with 64, as pgvector does, 0.91 with 400. It
took 54 s instead of 20."""
_TOGETHER, _REMEMBERED = 32, 128
"""Vectors that are read by row together, and how many such blocks are held."""

_TABLES = """
CREATE TABLE kinds (
    name text PRIMARY KEY, kind text NOT NULL, count integer NOT NULL, width integer NOT NULL);
CREATE TABLE chunk_vectors (
    number integer PRIMARY KEY, entry integer NOT NULL, section integer NOT NULL,
    first integer NOT NULL, last integer NOT NULL, vector {chunk_vectors} NOT NULL);
CREATE TABLE question_vectors (number integer PRIMARY KEY, vector {question_vectors} NOT NULL);
CREATE TABLE unanswered_vectors (number integer PRIMARY KEY, vector {unanswered_vectors} NOT NULL);
"""


class VectorTable:
    """A `VectorStore`: one table."""

    def __init__(self, database: Database, name: str, dimension: int) -> None:
        """
        Args:
            name: of the table.
        """
        self._database = database
        self._name = name
        self.dimension = dimension
        """How many numbers a vector has."""
        held = "SELECT kind, count, width FROM kinds WHERE name = ?"
        [(kind, count, width)] = database.rows(held, name)
        self._kind, self._count, self._width = str(kind), int(count), int(width)
        self._scale = 1.0 if self._kind == _WHOLE else codes.scale(dimension)
        self._left_out = np.empty(0, np.int64)
        self._blocks = Remembered(partial(_read_blocks, database, name, self._scale), _REMEMBERED)

    def __len__(self) -> int:
        return self._count

    def without(self, rows: Sequence[int]) -> VectorTable:
        """The same vectors, of which some rows are not found."""
        other = copy(self)
        other._left_out = np.array(rows, np.int64)
        return other

    def search(self, query: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """The `limit` nearest rows to one query."""
        if not self._count:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found, scores = self._nearest(query, min(limit + len(self._left_out), self._count))
        kept = ~np.isin(found, self._left_out)
        return found[kept][:limit], scores[kept][:limit]

    def _nearest(self, query: Vectors, most: int) -> tuple[NDArray[np.int64], Vectors]:
        asked = query if self._scale == 1.0 else codes.coded(query)
        # In a graph they come in order by themselves.
        order = "distance" if self._width else "distance, number"
        told = self._database.rows(
            f"SELECT {self._columns}, vector <#> ?::{self._kind} AS distance FROM {self._name} "
            f"ORDER BY {order} LIMIT ?",
            _text(asked),
            most,
        )
        table = np.array(told, np.float64).reshape(len(told), -1)
        self._found(table)
        scores = (-table[:, -1] / self._scale**2).astype(np.float32)
        return table[:, 0].astype(np.int64), scores

    _columns = "number"

    def _found(self, rows: NDArray[np.float64]) -> None:
        """What was found, a column for each of `_columns`."""

    def codes(self, first: int, last: int) -> None:
        """None: it keeps none that a file could."""

    def vector(self, row: int) -> NDArray[np.float32]:
        """The vector of a row, float32 (dim,); others beside it are asked for next."""
        block = row // _TOGETHER
        vector: NDArray[np.float32] = self._blocks.of([block])[block][row % _TOGETHER]
        return vector


class ChunkTable(VectorTable):
    """The vectors of chunks, and `Rows` of their places: those of what is found come with it."""

    _columns = "number, entry, section, first, last"

    def __init__(self, database: Database, dimension: int, starts: NDArray[np.int32]) -> None:
        """
        Args:
            starts: the row of the first chunk of each entry, int32 (entries + 1,).
        """
        super().__init__(database, CHUNKS, dimension)
        self._starts = starts
        self.shape = (self._count, 4)
        """(chunks, 4): entry, section, start, end."""
        self._last = local()

    def _found(self, rows: NDArray[np.float64]) -> None:
        """Who searched asks for the places of what was found next."""
        ordered = rows[np.argsort(rows[:, 0])].astype(np.int32)
        self._last.rows, self._last.spans = ordered[:, 0], ordered[:, 1:5]

    def __getitem__(self, key: Any, /) -> NDArray[Any]:
        """The places of chunks, by row, range of rows or several; and maybe columns of them."""
        rows, columns = key if isinstance(key, tuple) else (key, slice(None))
        wanted = rows_of(rows, self._count)
        if isinstance(rows, slice) and len(wanted) == self._count:
            table = _all_spans(self._database)
        else:
            table = self._spans(np.atleast_1d(wanted))
        selected: NDArray[Any] = (table if np.ndim(wanted) else table[0])[..., columns]
        return selected

    def _spans(self, wanted: NDArray[np.int64]) -> NDArray[np.int32]:
        """The places of chunks by row, in any order."""
        rows, spans = getattr(self._last, "rows", None), getattr(self._last, "spans", None)
        if rows is None or spans is None or not np.isin(wanted, rows).all():
            rows = np.unique(wanted)
            spans = _read_spans(self._database, rows)
        found: NDArray[np.int32] = spans[np.searchsorted(rows, wanted)]
        return found

    def stretch(self, first: int, end: int) -> tuple[int, int]:
        """Where the chunks of the entries from `first` to `end`, exclusive, begin and end."""
        return int(self._starts[first]), int(self._starts[end])


def write_vectors(connection: Connection, generation: Generation) -> None:
    """Write the vectors of a generation.

    Raises:
        psycopg.Error: they cannot be written.
    """
    tables: dict[str, VectorStore] = {
        CHUNKS: generation.chunk_vectors,
        QUESTIONS: generation.question_vectors,
        UNANSWERED: generation.unanswered_vectors,
    }
    dimension = generation.chunk_vectors.dimension
    kinds = {name: _kind(name, vectors) for name, vectors in tables.items()}
    sized = {name: f"{kind}({dimension})" for name, kind in kinds.items()}
    connection.execute(_TABLES.format(**sized).encode())
    asked = _asked(generation.question_vectors, generation.sentence_vectors)
    for name, vectors in tables.items():
        kind, count = kinds[name], len(vectors)
        # They are read with their rows: beside them, not in a table of what is too long.
        connection.execute(f"ALTER TABLE {name} ALTER vector SET STORAGE MAIN".encode())
        spans = generation.chunks[:] if name == CHUNKS else np.empty((count, 0), np.int32)
        _copy(connection, name, vectors, spans, is_whole=kind == _WHOLE)
        is_many = kind == _IN_8_BITS and count > EXACT_UP_TO
        width = _width(connection, name, asked) if is_many else 0
        held = (name, kind, count, width)
        connection.execute("INSERT INTO kinds VALUES (%s, %s, %s, %s)", held)


def _kind(name: str, vectors: VectorStore) -> str:
    """What vectors are kept in, as FAISS has them: those of questions in 8 bits, and of chunks
    where there are many; those of a model whose numbers do not fit, whole."""
    if name == CHUNKS and len(vectors) <= WHOLE_UP_TO:
        return _WHOLE
    fit = all(codes.fit(vectors.vector(row)) for row in range(len(vectors)))
    return _IN_8_BITS if fit else _WHOLE


def _copy(
    connection: Connection,
    name: str,
    vectors: VectorStore,
    spans: NDArray[np.int32],
    *,
    is_whole: bool,
) -> None:
    with connection.cursor().copy(f"COPY {name} FROM STDIN".encode()) as copy:
        for row in range(len(vectors)):
            vector = vectors.vector(row)
            text = _text(vector if is_whole else codes.coded(vector))
            copy.write("\t".join([str(row), *map(str, spans[row].tolist()), f"{text}\n"]))


def _asked(questions: VectorStore, sentences: CompactRows) -> list[Vectors]:
    """What a search is tried with: sample questions, or where there are few, sentences, as short as
    they are. A passage would find its like too easily."""
    some = questions.vector if len(questions) >= _HELD_OUT else sentences.__getitem__
    count = len(questions) if len(questions) >= _HELD_OUT else sentences.shape[0]
    rows = np.linspace(0, count - 1, min(_HELD_OUT, count)).astype(int).tolist()
    return [some(row) for row in rows]


def _width(connection: Connection, name: str, asked: Sequence[Vectors]) -> int:
    """Make a graph: how many candidates a search in it has to keep to find enough of the nearest; 0
    where no number suffices, and a search looks at all."""
    queries = [_text(codes.coded(query)) for query in asked]
    statement = f"SELECT number FROM {name} ORDER BY vector <#> %s::halfvec LIMIT {_NEAREST}"

    def found() -> list[set[int]]:
        return [{n for (n,) in connection.execute(statement.encode(), (q,))} for q in queries]

    nearest = found()
    # A graph that fits into memory is made in a tenth of the time.
    connection.execute("SELECT set_config('maintenance_work_mem', '1GB', true)")
    connection.execute(
        f"CREATE INDEX ON {name} USING hnsw (vector halfvec_ip_ops) "
        f"WITH (ef_construction = {_CONSTRUCTION})".encode()
    )
    connection.execute(f"ANALYZE {name}".encode())
    for width in _WIDTHS:
        connection.execute(search_of(width))
        shares = [len(right & got) / _NEAREST for right, got in zip(nearest, found(), strict=True)]
        if sum(shares) / len(shares) >= _RECALL:
            return width
    connection.execute(f"DROP INDEX {name}_vector_idx".encode())
    return 0


def search_of(width: int) -> bytes:
    """What has a connection search a graph so widely."""
    return (
        f"SELECT set_config('hnsw.ef_search', '{width}', false), "
        "set_config('hnsw.iterative_scan', 'strict_order', false)"
    ).encode()


def _text(vector: Vectors) -> str:
    """A vector as pgvector reads it; nine digits tell every float32 from the next."""
    numbers = ",".join([f"{number:.9g}" for number in vector.tolist()])
    return f"[{numbers}]"


def _read_blocks(
    database: Database, name: str, scale: float, blocks: Sequence[int]
) -> Mapping[int, Vectors]:
    rows = database.rows(
        f"SELECT number / {_TOGETHER}, array_agg(vector::real[] ORDER BY number) FROM {name} "
        f"WHERE number / {_TOGETHER} = ANY(?) AND number BETWEEN ? AND ? GROUP BY 1",
        list(blocks),
        min(blocks) * _TOGETHER,
        (max(blocks) + 1) * _TOGETHER - 1,
    )
    return {block: np.array(found, np.float32) / np.float32(scale) for block, found in rows}


def _read_spans(database: Database, rows: NDArray[np.int64]) -> NDArray[np.int32]:
    found = database.rows(
        f"SELECT entry, section, first, last FROM {CHUNKS} WHERE number = ANY(?) ORDER BY number",
        rows.tolist(),
    )
    return np.array(found, np.int32).reshape(-1, 4)


def _all_spans(database: Database) -> NDArray[np.int32]:
    found = database.rows(f"SELECT entry, section, first, last FROM {CHUNKS} ORDER BY number")
    return np.array(found, np.int32).reshape(-1, 4)
