"""Connections that wait are accepted one after the other."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack, closing
from itertools import pairwise

from entrywise.web.gate.event_loop import AcceptingLoop

CLIENTS = 6


def test_one_connection_is_accepted_in_a_turn() -> None:
    """Of the others another worker may take some."""

    async def accepted() -> list[int]:
        made: list[asyncio.Protocol] = []
        lost: list[asyncio.Protocol] = []

        class Connection(asyncio.Protocol):
            def connection_lost(self, exc: Exception | None) -> None:
                lost.append(self)

        def protocol() -> asyncio.Protocol:
            made.append(Connection())
            return made[-1]

        loop = asyncio.get_running_loop()
        server = await loop.create_server(protocol, "127.0.0.1", 0, backlog=100)
        address = server.sockets[0].getsockname()
        counts = [0]
        with ExitStack() as clients:
            for _ in range(CLIENTS):
                clients.enter_context(closing(socket.create_connection(address)))
            while counts[-1] < CLIENTS:
                await asyncio.sleep(0)
                counts.append(len(made))
        while len(lost) < CLIENTS:
            await asyncio.sleep(0)
        server.close()
        return counts

    with closing(AcceptingLoop()) as loop:
        counts = loop.run_until_complete(asyncio.wait_for(accepted(), timeout=60))
    assert all(after - before <= 1 for before, after in pairwise(counts))
