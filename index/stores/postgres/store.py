"""An index in a database: what is read of it, and the right to replace it."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, closing
from functools import cached_property
from pathlib import Path

from entrywise.data.errors import IndexMissing
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.generations.structure import check_structure
from entrywise.index.layout import Manifest, damaged, parsed_manifest
from entrywise.index.stores.base import Draft
from entrywise.index.stores.postgres.address import Address
from entrywise.index.stores.postgres.connections import Connection, Connections
from entrywise.index.stores.postgres.faults import NO_INDEX
from entrywise.index.stores.postgres.files import Files
from entrywise.index.stores.postgres.generation import Held, PostgresGeneration
from entrywise.index.stores.postgres.publication import OpenFolder, drafted, recalibrated
from entrywise.index.stores.postgres.schema import lock_class, version_of

_CURRENT = """
SELECT number, tables, manifest, extract(epoch FROM made)::float8 FROM {schema}.generations
WHERE number = coalesce(%s::integer, (SELECT number FROM {schema}.pointer))
"""
# Tables first, then where pgvector is: a reader's rights may end there.
_SEARCHED = """
SELECT set_config('jit', 'off', false), pg_advisory_lock_shared(%s, %s),
    set_config('search_path', %s || coalesce(', ' || (
        SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'vector'), ''),
        false)
"""
# Where there are cells, a search looks into as many as was measured.
_WIDENED = """
SELECT set_config('ivfflat.probes', greatest(max(probes), 1)::text, false) FROM kinds
"""


class PostgresStore:
    """A `Store`: one index of a database."""

    def __init__(self, address: str, cache: Path, files: OpenFolder) -> None:
        """
        Args:
            address: `postgresql://USER@HOST/DATABASE`.
            cache: the folder that keeps the files of what is read.
            files: opens the folder that a build writes to.

        Raises:
            IndexMissing: it is no such address.
        """
        self._text = address
        self._address = Address.of(address)
        self._cache = cache
        self._files = files

    def __str__(self) -> str:
        return str(self._address)

    def __reduce__(self) -> tuple[type[PostgresStore], tuple[str, Path, OpenFolder]]:
        return PostgresStore, (self._text, self._cache, self._files)

    @cached_property
    def _watching(self) -> Connections:
        """For who asks again and again which generation is read."""
        return Connections(self._address, lambda connection: None)

    def current(self) -> str:
        """The number of the generation that is read."""
        schema = self._address.schema
        found = self._watching.rows(f'SELECT number FROM "{schema}".pointer')
        if not found:
            raise self._missing()
        return str(found[0][0])

    def manifest(self) -> Manifest:
        """What the index was made of."""
        schema = self._address.schema
        found = self._watching.rows(
            f'SELECT manifest FROM "{schema}".generations JOIN "{schema}".pointer USING (number)'
        )
        if not found:
            raise self._missing()
        return parsed_manifest(found[0][0], self)

    def open(self) -> PostgresGeneration:
        """Hold the generation that is read: every connection has a shared lock on its tables."""
        held: list[Held] = []

        def prepare(connection: Connection) -> None:
            held.append(self._hold(connection, held[0].number if held else self._address.pinned))

        connections = Connections(self._address, prepare)
        with ExitStack() as failing:
            failing.callback(connections.close)
            opened = self._opened(connections, held)
            failing.pop_all()
            return opened

    def _opened(self, connections: Connections, held: list[Held]) -> PostgresGeneration:
        # The first connection says what is held.
        connections.rows("SELECT 1")
        schema = self._address.schema
        files = Files(connections, schema, held[0].manifest.files, self._cache)
        pinned = f"{self._text.partition('#')[0]}#{held[0].number}"
        store = PostgresStore(pinned, self._cache, self._files)
        return PostgresGeneration(held[0], connections, files, store)

    def verify(self) -> str:
        """Compare files with their hashes, and tables with each other."""
        with closing(self.open()) as opened:
            try:
                check_structure(opened)
            except (LookupError, ValueError) as error:
                raise damaged(self, str(error)) from error
            opened.words.check()
            counts = opened.manifest.counts
            return f"{opened.check_files()} files and {counts['entries']:,} entries fit each other"

    def leftovers(self) -> str:
        """Nothing: what is not committed is nowhere."""
        return ""

    def drafted(self) -> AbstractContextManager[Draft]:
        """The right to publish a generation."""
        return drafted(self._address, self._files)

    def recalibrate(self, calibration: Calibration, *, of: str) -> Manifest:
        """Publish a generation of the same tables with another calibration."""
        return recalibrated(self._address, calibration, of)

    def _hold(self, connection: Connection, number: int | None) -> Held:
        """Have a connection hold a generation, the current one without a number, and find its
        tables."""
        schema, key = self._address.schema, lock_class(self._address)
        version_of(connection, self._address)
        while True:
            statement = _CURRENT.format(schema=f'"{schema}"').encode()
            found = connection.execute(statement, (number,), binary=True).fetchall()
            if not found:
                raise self._missing(number)
            [(held, tables, manifest, made)] = found
            connection.execute(_SEARCHED, (key, tables, f'"{schema}_{tables}"'))
            # It may have been swept before the lock was held.
            if connection.execute(statement, (held,)).fetchall():
                connection.execute(_WIDENED)
                return Held(held, parsed_manifest(manifest, self), made)
            connection.execute("SELECT pg_advisory_unlock_shared(%s, %s)", (key, tables))

    def _missing(self, number: int | None = None) -> IndexMissing:
        if number is None:
            return IndexMissing(f"{self}: {NO_INDEX}")
        return IndexMissing(f"{self}: generation {number} was replaced and swept; open it again")
