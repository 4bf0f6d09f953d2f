"""Vectors in pgvector: whole and looked at all, or where there are many in 8 bits and in cells, of
which a search looks into as many as it takes (`cells.py`).

Numbers in 8 bits are whole, and half floats hold such exactly: cosines are those that FAISS gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import partial
from threading import local

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.memo import Remembered
from entrywise.index.stores.base import Generation
from entrywise.index.stores.postgres.connections import Asked, Connection, Connections
from entrywise.index.stores.postgres.tables.cells import put_in_cells
from entrywise.index.stores.postgres.tables.reading import RowsByEntry, text_of
from entrywise.index.vectors import codes
from entrywise.index.vectors.base import CompactRows, VectorStore
from entrywise.index.vectors.writing import WHOLE_UP_TO
from entrywise.index.words.database import Database

CHUNKS, QUESTIONS, UNANSWERED = "chunk_vectors", "question_vectors", "unanswered_vectors"
_WHOLE, _IN_8_BITS = "vector", "halfvec"
EXACT_UP_TO = 20_000
"""Vectors up to which a search looks at all, in 9 CPU ms of the server; in a folder it does so up
to a million."""
_HELD_OUT = 50
"""How many questions a search in cells is tried with."""
_TOGETHER, _REMEMBERED = 32, 128
"""Vectors that are read by row together, and how many such blocks are held."""

_TABLES = """
CREATE TABLE kinds (
    name text PRIMARY KEY, kind text NOT NULL, count integer NOT NULL, probes integer NOT NULL);
CREATE TABLE chunk_vectors (
    number integer PRIMARY KEY, entry integer NOT NULL, section integer NOT NULL,
    first integer NOT NULL, last integer NOT NULL, vector {chunk_vectors} NOT NULL);
CREATE TABLE question_vectors (number integer PRIMARY KEY, vector {question_vectors} NOT NULL);
CREATE TABLE unanswered_vectors (number integer PRIMARY KEY, vector {unanswered_vectors} NOT NULL);
"""


class VectorTable:
    """A `VectorStore`: one table."""

    def __init__(
        self,
        database: Connections,
        name: str,
        dimension: int,
        beside: Sequence[VectorTable] = (),
    ) -> None:
        """
        Args:
            name: of the table.
            beside: others that are searched with it, as they will be for the same query.
        """
        self._database = database
        self._name = name
        self.dimension = dimension
        """How many numbers a vector has."""
        held = "SELECT kind, count, probes FROM kinds WHERE name = ?"
        [(kind, count, probes)] = database.rows(held, name)
        self._kind, self._count, self._probes = str(kind), int(count), int(probes)
        self._scale = 1.0 if self._kind == _WHOLE else codes.scale(dimension)
        self._left_out = np.empty(0, np.int64)
        self._beside = beside
        self._usual = 0
        """How many rows were wanted last."""
        self._ahead = local()
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
        self._usual = most
        key = query.tobytes()
        if getattr(self._ahead, "key", None) == (key, most):
            told = self._ahead.told
        else:
            others = [one for one in self._beside if one._usual]
            asked = [one._asked(query, one._usual) for one in others]
            told, *found = self._database.several([self._asked(query, most), *asked])
            for one, rows in zip(others, found, strict=True):
                one._ahead.key, one._ahead.told = (key, one._usual), rows
        table = np.array(told, np.float64).reshape(len(told), -1)
        self._found(table)
        scores = (-table[:, -1] / self._scale**2).astype(np.float32)
        return table[:, 0].astype(np.int64), scores

    def _asked(self, query: Vectors, most: int) -> Asked:
        asked = text_of(query if self._scale == 1.0 else codes.coded(query))
        # In cells they come in this order by themselves.
        order = "distance" if self._probes else "distance, number"
        statement = (
            f"SELECT {self._columns}, vector <#> ?::{self._kind} AS distance FROM {self._name} "
            f"ORDER BY {order} LIMIT ?"
        )
        return statement, asked, most

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


class ChunkTable(VectorTable, RowsByEntry):
    """The vectors of chunks, and `Rows` of their places: those of what is found come with it."""

    _columns = "number, entry, section, first, last"

    def __init__(
        self,
        database: Connections,
        dimension: int,
        starts: NDArray[np.int32],
        beside: Sequence[VectorTable] = (),
    ) -> None:
        """
        Args:
            starts: the row of the first chunk of each entry, int32 (entries + 1,).
            beside: other tables that are searched for the same queries.
        """
        super().__init__(database, CHUNKS, dimension, beside)
        self._starts = starts
        self.shape = (self._count, 4)
        self._last = local()

    def _found(self, rows: NDArray[np.float64]) -> None:
        """Who searched asks for the places of what was found next."""
        ordered = rows[np.argsort(rows[:, 0])].astype(np.int32)
        self._last.rows, self._last.spans = ordered[:, 0], ordered[:, 1:5]

    def _of(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """The places of chunks, entry, section, start and end, by row, in any order."""
        last, spans = getattr(self._last, "rows", None), getattr(self._last, "spans", None)
        if len(rows) == self._count:
            last, spans = np.arange(self._count), _read_spans(self._database)
        elif last is None or spans is None or not np.isin(rows, last).all():
            last = np.unique(rows)
            spans = _read_spans(self._database, "WHERE number = ANY(?)", last.tolist())
        found: NDArray[np.int32] = spans[np.searchsorted(last, rows)]
        return found


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
        probes = put_in_cells(connection, name, count, asked) if is_many else 0
        held = (name, kind, count, probes)
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
            text = text_of(vector if is_whole else codes.coded(vector))
            copy.write("\t".join([str(row), *map(str, spans[row].tolist()), f"{text}\n"]))


def _asked(questions: VectorStore, sentences: CompactRows) -> list[Vectors]:
    """What a search is tried with: sample questions, or where there are few, sentences, as short as
    they are. A passage would find its like too easily."""
    some = questions.vector if len(questions) >= _HELD_OUT else sentences.__getitem__
    count = len(questions) if len(questions) >= _HELD_OUT else sentences.shape[0]
    rows = np.linspace(0, count - 1, min(_HELD_OUT, count)).astype(int).tolist()
    return [some(row) for row in rows]


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


def _read_spans(database: Database, of: str = "", *values: object) -> NDArray[np.int32]:
    found = database.rows(
        f"SELECT entry, section, first, last FROM {CHUNKS} {of} ORDER BY number", *values
    )
    return np.array(found, np.int32).reshape(-1, 4)
