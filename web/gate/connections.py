"""Connections: each has deadlines, and no more are open than the process has file descriptors for.

A server that waits for whoever is slow can be held up by anybody, with a few bytes a minute
("slowloris"). Each phase of a connection ends in time, or the connection does:

HEAD ─▶ BODY ─▶ BUSY ─▶ UNREAD ─▶ IDLE ─▶ HEAD …
a head  a body  an answer  it is    nothing
comes   comes   is made    taken    comes
"""

from __future__ import annotations

import asyncio
import json
import math
from enum import Enum
from http import HTTPStatus
from pathlib import Path
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

try:
    import resource
except ImportError:  # Windows has no such limit.
    resource = None  # type: ignore[assignment]

MOST = 1000
"""Connections of one process, however many descriptors it has."""

# Descriptors that are left to all else: to connections that were accepted, and not looked at yet
# (`event_loop.py`), and to databases, files and an LLM's server. Of few descriptors it is half.
_RESERVE = 64

# Seconds between two looks at a connection; deadlines are as exact as that.
_LOOK = 0.5


class Phase(Enum):
    """What a connection waits for."""

    HEAD = "a request to begin, or its head to end"
    BODY = "the body of a request"
    BUSY = "an answer"
    UNREAD = "the client to take its answer"
    IDLE = "another request"


SECONDS = {
    Phase.HEAD: 10.0,
    # The largest, 256 KB, has to come at 9 KB a second.
    Phase.BODY: 30.0,
    # What makes an answer has its own bounds.
    Phase.BUSY: math.inf,
    Phase.UNREAD: 30.0,
    Phase.IDLE: 5.0,
}
"""How long it may wait."""

BODY_PAUSE = 10.0
"""Seconds between two pieces of a body."""

_LEAVING = 1.0
"""Seconds in which a request that has begun to come has to be there when the server ends."""

GRACE = 7
"""Seconds that the end of the server waits for answers; then they are cut. Docker, and the systemd
unit, kill after ten."""


class Connection(H11Protocol):
    """One connection, which ends when a deadline has passed, or makes room for another one."""

    # uvicorn says so, too: asyncio's own annotation is wider than what it gives.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head, if there is room."""
        super().connection_made(transport)
        self._phase = Phase.HEAD
        self._begun = self._heard = self.loop.time()
        self._is_leaving = self._is_cut = False
        self._next_look = self.loop.call_later(_LOOK, self._look)
        if not self._has_room():
            self._cut(HTTPStatus.SERVICE_UNAVAILABLE, "all connections are in use; come again")

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch it no longer."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Note that something came, and what is waited for now."""
        self._heard = self.loop.time()
        super().data_received(data)
        self._note()

    def on_response_complete(self) -> None:
        """Note that an answer is made."""
        super().on_response_complete()
        self._note()

    def pause_writing(self) -> None:
        """Note that the client takes its answer slowly."""
        super().pause_writing()
        self._note()

    def resume_writing(self) -> None:
        """Note that it has taken most of it."""
        super().resume_writing()
        self._note()

    def shutdown(self) -> None:
        """Be done soon: a request that is being answered is answered to its end, within `GRACE`."""
        self._is_leaving = True
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False
        elif self._phase is not Phase.HEAD:
            self.transport.close()
        # What waits for a head or a body has a moment more: `_look` sees to it.

    def _waits_for(self) -> Phase:
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if self.flow.write_paused:
                return Phase.UNREAD
            # A body that is not read at the time is not late.
            is_coming = cycle.more_body and not self.flow.read_paused
            return Phase.BODY if is_coming else Phase.BUSY
        if self.transport.is_closing() or self.transport.get_write_buffer_size():
            return Phase.UNREAD
        if self.conn.their_state is h11.SEND_BODY:
            # It was refused before all of it came.
            return Phase.BODY
        begins_again = cycle is not None and not self.conn.trailing_data[0]
        return Phase.IDLE if begins_again else Phase.HEAD

    def _note(self) -> None:
        """Note what is waited for, and since when."""
        now = self._waits_for()
        if now is not self._phase:
            self._phase = now
            self._begun = self.loop.time()
            if self._is_leaving and now is Phase.IDLE:
                self.transport.close()

    def _look(self) -> None:
        """End the connection if it has waited for too long."""
        self._note()
        time = self.loop.time()
        most = SECONDS[self._phase]
        if self._is_leaving and self._phase in (Phase.HEAD, Phase.BODY):
            most = _LEAVING
        is_silent = self._phase is Phase.BODY and time - self._heard > BODY_PAUSE
        if is_silent or time - self._begun > most:
            self._be_late()
        if not self._is_cut:
            self._next_look = self.loop.call_later(_LOOK, self._look)

    def _be_late(self) -> None:
        if self._phase is Phase.BODY:
            has_begun = not self.cycle.response_started
        else:
            has_begun = self._phase is Phase.HEAD and bool(self.conn.trailing_data[0])
        if has_begun:
            self._cut(HTTPStatus.REQUEST_TIMEOUT, "the request did not come in time; send it again")
        else:
            self._cut()

    def _has_room(self) -> bool:
        """Whether there is room for this one; another one goes where that makes some: of all that
        wait for their clients, who has waited the longest."""
        if len(self.connections) <= MOST and self._has_descriptors():
            return True
        waiting = [
            one
            for one in self.connections
            if isinstance(one, Connection)
            and one is not self
            and not one._is_cut
            and one._phase is not Phase.BUSY
        ]
        if not waiting:
            return False
        min(waiting, key=lambda one: one._begun)._cut()
        return True

    def _has_descriptors(self) -> bool:
        """Whether enough are left to the rest of the process."""
        most = _descriptors()
        own = self.transport.get_extra_info("socket").fileno()
        # Counting takes as long as accepting: it waits until there may be many.
        few = own < most // 2 and len(self.connections) < most // 4
        return few or _open_descriptors() <= most

    def _cut(self, status: HTTPStatus | None = None, detail: str = "") -> None:
        """End it at once, where a status is given with that answer."""
        self._is_cut = True
        self._next_look.cancel()
        if self.cycle is not None and not self.cycle.response_complete:
            # Who makes the answer is told that nobody waits for it.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if status is not None:
            self.transport.write(_problem(status, detail))
            self.transport.close()
            # Who does not take even these few bytes is not waited for.
            self.loop.call_later(_LEAVING, self.transport.abort)
        else:
            self.transport.abort()


def _descriptors() -> int:
    """How many descriptors may be open with one more connection."""
    if resource is None:
        return 2 * MOST
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return 2 * MOST
    return int(soft) - min(_RESERVE, int(soft) // 2)


def _open_descriptors() -> float:
    """How many descriptors this process has open."""
    try:
        return sum(1 for _ in Path("/dev/fd").iterdir())
    except FileNotFoundError:
        return 0
    except OSError:
        # There is none left to look with.
        return math.inf


def _problem(status: HTTPStatus, detail: str) -> bytes:
    """A whole response, as problem details."""
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    body = json.dumps(problem).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/problem+json\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


SERVING: dict[str, Any] = {
    "http": Connection,
    "loop": "entrywise.web.gate.event_loop:AcceptingLoop",
    # Nothing here speaks of WebSockets.
    "ws": "none",
    "timeout_keep_alive": int(SECONDS[Phase.IDLE]),
    "timeout_graceful_shutdown": GRACE,
}
"""How uvicorn is to serve: its settings."""
