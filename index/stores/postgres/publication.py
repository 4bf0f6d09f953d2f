"""Publishing a generation in a database, and sweeping those that nobody holds: one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from entrywise.data.errors import IndexMissing, IndexUnusable
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.layout import Layout, Manifest, parsed_manifest, read_manifest
from entrywise.index.stores.base import Store
from entrywise.index.stores.postgres.address import Address
from entrywise.index.stores.postgres.connections import Connection, connected
from entrywise.index.stores.postgres.faults import told
from entrywise.index.stores.postgres.files import KEPT, write_files
from entrywise.index.stores.postgres.schema import BUILDING, lock_class, migrate
from entrywise.index.stores.postgres.tables.writing import write_tables

_KEPT_FOR_REPLICAS = "10 minutes"
"""While another server streams from this one: the locks of its readers are not seen here, and they
take up what is new within seconds."""

_SWEPT = f"""
SELECT number, tables FROM generations WHERE number <> (SELECT number FROM pointer) AND (
    NOT EXISTS (SELECT FROM pg_stat_replication)
    OR replaced < now() - interval '{_KEPT_FOR_REPLICAS}')
"""


OpenFolder = Callable[[Path], Store]
"""Gives the store in a folder: what is published is written there first."""


class PostgresDraft:
    """A `Draft`: a folder of this machine, and the connection that has the right to publish it."""

    def __init__(
        self, folder: Path, connection: Connection, address: Address, files: OpenFolder
    ) -> None:
        self.folder = folder
        self._files = files
        self._connection = connection
        self._address = address

    def publish(self, generation: str) -> None:
        """Write tables of what is in the folder and have them read, in one transaction."""
        connection = self._connection
        with told(self._address), connection.transaction():
            if _current(connection) == generation:
                return
            manifest = read_manifest(self.folder)
            number = _point(connection, Layout(self.folder).manifest.read_bytes(), generation)
            connection.execute(f'CREATE SCHEMA "{self._address.schema}_{number}"'.encode())
            write_files(connection, self.folder, manifest.files)
            _search(connection, self._address, f'"{self._address.schema}_{number}", ')
            with closing(self._files(self.folder).open()) as opened:
                write_tables(connection, self.folder, opened)
            _search(connection, self._address)


@contextmanager
def drafted(address: Address, files: OpenFolder) -> Iterator[PostgresDraft]:
    """The right to publish a generation, and a folder to write it in.

    Args:
        files: opens what was written there.

    Raises:
        IndexMissing: another process has it, or this user may not write.
    """
    with _writing(address) as connection, TemporaryDirectory(prefix="entrywise-") as folder:
        yield PostgresDraft(Path(folder), connection, address, files)


def recalibrated(address: Address, calibration: Calibration, of: str) -> Manifest:
    """Publish a generation of the same tables that differs by its calibration; see `Store`."""
    with _writing(address) as connection, told(address), connection.transaction():
        if _current(connection) != of:
            raise IndexUnusable(f"{address} was built anew meanwhile; calibrate it again")
        [(content, tables)] = connection.execute(
            "SELECT manifest, tables FROM generations JOIN pointer USING (number)", binary=True
        ).fetchall()
        manifest = replace(parsed_manifest(content, address), calibration=calibration)
        content, manifest = manifest.encoded()
        _point(connection, content, manifest.generation, tables)
        return manifest


@contextmanager
def _writing(address: Address) -> Iterator[Connection]:
    """A connection that alone may write, and sweeps before and afterwards."""
    with closing(connected(address)) as connection:
        with told(address):
            lock = (lock_class(address), BUILDING)
            statement = "SELECT pg_try_advisory_lock(%s, %s)"
            [(is_ours,)] = connection.execute(statement, lock).fetchall()
            if not is_ours:
                raise IndexMissing(
                    f"{address}: another process builds this index; try again when it is done"
                )
            migrate(connection, address)
            _search(connection, address)
            _sweep(connection, address)
        yield connection
        with told(address):
            _sweep(connection, address)


def _search(connection: Connection, address: Address, before: str = "") -> None:
    """Find tables by their names: those of all generations, and first those in other schemas; and
    the types of pgvector."""
    connection.execute(
        "SELECT set_config('search_path', %s || (SELECT extnamespace::regnamespace::text "
        "FROM pg_extension WHERE extname = 'vector'), false)",
        (f'{before}"{address.schema}", ',),
    )


def _current(connection: Connection) -> str | None:
    """The digest of the generation that is read."""
    found = connection.execute("SELECT name FROM generations JOIN pointer USING (number)")
    row = found.fetchone()
    return row[0] if row else None


def _point(
    connection: Connection, manifest: bytes, generation: str, tables: int | None = None
) -> int:
    """Have another generation read, of new tables unless it has those of one; its number."""
    [(number,)] = connection.execute(
        "INSERT INTO generations (name, tables, manifest) VALUES (%s, %s, %s) RETURNING number",
        (generation, tables or 0, manifest),
    ).fetchall()
    if tables is None:
        connection.execute("UPDATE generations SET tables = number WHERE number = %s", (number,))
    connection.execute(
        "UPDATE generations SET replaced = now() WHERE number = (SELECT number FROM pointer)"
    )
    connection.execute(
        "INSERT INTO pointer (number) VALUES (%s) "
        "ON CONFLICT (single) DO UPDATE SET number = excluded.number",
        (number,),
    )
    return int(number)


def _sweep(connection: Connection, address: Address) -> None:
    """Drop the generations that nobody reads and nobody will, and the files that none has."""
    key = lock_class(address)
    for number, tables in connection.execute(_SWEPT).fetchall():
        with connection.transaction():
            [(is_free,)] = connection.execute(
                "SELECT pg_try_advisory_xact_lock(%s, %s)", (key, tables)
            ).fetchall()
            # What is calibrated anew has the tables of what it replaces.
            shared = connection.execute(
                "SELECT FROM generations WHERE tables = %s AND number <> %s", (tables, number)
            ).fetchall()
            if is_free or shared:
                connection.execute("DELETE FROM generations WHERE number = %s", (number,))
            if is_free and not shared:
                connection.execute(f'DROP SCHEMA "{address.schema}_{tables}" CASCADE'.encode())
    manifests = connection.execute("SELECT manifest FROM generations", binary=True).fetchall()
    records = [json.loads(content)["files"] for (content,) in manifests]
    kept = [one["sha256"] for files in records for name, one in files.items() if name in KEPT]
    connection.execute("DELETE FROM files WHERE sha256 <> ALL(%s)", (kept,))
