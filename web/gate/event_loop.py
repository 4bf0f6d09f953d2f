"""Accepts connections one at a time, so that a flood never takes all descriptors, and workers that
listen together get as many each.

asyncio accepts all that wait, as many as its `backlog` says, before it lets anybody look at the
first of them. Without descriptors left it writes a traceback for each.
"""

from __future__ import annotations

import asyncio
import errno
import logging
from typing import Any

_AT_ONCE = 1
"""Connections accepted in one turn of the loop. With eight, of two workers one took 12 of 16 on
average that came together, now 9. Four turns pass until one that has to go is closed: these
descriptors, and more, `connections.py` leaves free."""

_SHORT_OF = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)

_log = logging.getLogger(__name__)


class AcceptingLoop(asyncio.SelectorEventLoop):
    """An event loop whose servers accept one connection at a time; the others wait."""

    def __init__(self) -> None:
        """Say what goes wrong in accepting in a line."""
        super().__init__()
        self.set_exception_handler(_tell)

    async def create_server(self, *how: Any, backlog: int = 100, **more: Any) -> asyncio.Server:
        """As asyncio's; `backlog` connections wait in the system until they are accepted."""
        server = await super().create_server(*how, backlog=_AT_ONCE, **more)
        for listening in server.sockets:
            with listening.dup() as same:
                same.listen(backlog)
        return server


def _tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if isinstance(error, OSError) and error.errno in _SHORT_OF:
        _log.warning("no connection is accepted for a second (%s)", error.strerror)
    else:
        loop.default_exception_handler(context)
