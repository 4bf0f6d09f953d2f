"""The connections to a database: a pool, each of whose connections holds what is read.

Not psycopg's own pool: its connections are made in threads of their own, so that what is wrong with
an address comes as a timeout, and a question in a terminal would wait for threads to start.
"""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from threading import BoundedSemaphore
from typing import Any

import psycopg

from entrywise.index.stores.postgres.address import Address
from entrywise.index.stores.postgres.faults import told

Connection = psycopg.Connection[Any]
Asked = tuple[Any, ...]
"""A statement, `?` for each parameter, and its parameters."""
MOST = 8
"""Connections of one pool: who needs another waits."""


class Connections:
    """A `Database`, and a pool of connections, made when they are needed."""

    def __init__(self, address: Address, prepare: Callable[[Connection], None]) -> None:
        """
        Args:
            prepare: makes a new connection one of this pool, by the locks that it holds.
        """
        self._address = address
        self._prepare = prepare
        self._idle: deque[Connection] = deque()
        self._room = BoundedSemaphore(MOST)
        # An index that nobody closed is closed when the last one lets go of it.
        self.close = weakref.finalize(self, _close_all, self._idle)
        """Close those that nobody uses; twice does no harm."""
        self.asked = 0
        """How often the server was asked."""

    def rows(self, statement: str, *parameters: object) -> list[Any]:
        """What a statement selects, `?` for each parameter."""
        return self.several([(statement, *parameters)])[0]

    def several(self, asked: Sequence[Asked]) -> list[list[Any]]:
        """What each of some statements selects, in one round trip.

        A connection that broke while nobody used it is made anew, once.
        """
        for is_last in (False, True):
            with told(self._address), self._connection() as connection:
                try:
                    self.asked += 1
                    if len(asked) == 1:
                        return [_execute(connection, asked[0]).fetchall()]
                    with connection.pipeline():
                        cursors = [_execute(connection, one) for one in asked]
                        return [cursor.fetchall() for cursor in cursors]
                except UnicodeEncodeError:
                    # Half a character, as JSON may have one, is in no text.
                    return [[] for _ in asked]
                except psycopg.OperationalError:
                    if is_last or not connection.closed:
                        raise
                    _close_all(self._idle)
        raise AssertionError

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        if not self.close.alive:
            raise RuntimeError("the index was closed")
        with self._room:
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._made()
            try:
                yield connection
            finally:
                if not connection.closed:
                    self._idle.append(connection)

    def _made(self) -> Connection:
        with ExitStack() as failing:
            connection = failing.enter_context(closing(connected(self._address)))
            self._prepare(connection)
            failing.pop_all()
            return connection


def connected(address: Address) -> Connection:
    """A new connection, each of whose statements is a transaction unless one is begun.

    Raises:
        IndexMissing: it cannot be made.
    """
    with told(address):
        return psycopg.connect(address.conninfo, autocommit=True)


def _close_all(connections: deque[Connection]) -> None:
    with suppress(IndexError):
        while True:
            connections.pop().close()


def _execute(connection: Connection, asked: Asked) -> psycopg.Cursor[Any]:
    statement, *parameters = asked
    sql = statement.replace("%", "%%").replace("?", "%s")
    return connection.execute(sql.encode(), [*map(_sent, parameters)], binary=True)


def _sent(value: object) -> object:
    """A parameter as the server takes it, whose texts have no zero: nothing is between the two."""
    if isinstance(value, list):
        return [*map(_sent, value)]
    return value.replace("\0", "\1") if isinstance(value, str) else value
