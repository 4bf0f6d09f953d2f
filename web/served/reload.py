"""Takes up a new generation of the index while the server runs.

the pointer moves ─▶ the generation is opened beside the old one ─▶ routes get it from now on

Requests that are being answered keep what they began with, and the last of them lets it go; so no
request is dropped, and none sees two generations.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi.concurrency import run_in_threadpool

from entrywise.data.errors import EntrywiseError
from entrywise.index.index import Index
from entrywise.web.served.served import Served

SECONDS = 1.0
"""Between two looks at the pointer: to read it takes 20 µs."""

_log = logging.getLogger(__name__)

TakeUp = Callable[[Served], None]
"""Has routes answer from this from now on."""


@asynccontextmanager
async def reloading(served: Served, take_up: TakeUp) -> AsyncIterator[None]:
    """Follow the pointer of an index until this ends."""
    following = asyncio.create_task(_Follower(served, take_up).run())
    # It may be exchanged, and is held by nobody then.
    del served
    try:
        yield
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


class _Follower:
    def __init__(self, served: Served, take_up: TakeUp) -> None:
        self._served = served
        self._take_up = take_up
        self._refused: str | None = None
        """What could not be opened: it is not tried again, nor told of twice."""

    async def run(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            try:
                newer = await run_in_threadpool(self._newer)
            # It has to look again, whatever this was.
            except Exception:
                _log.exception("the index could not be looked at; looking again")
                continue
            if newer:
                self._served = newer
                self._take_up(newer)
                _log.info("generation %s is served", newer.assistant.index.manifest.generation)

    def _newer(self) -> Served | None:
        """What is served of another generation, where the pointer names one that can be opened."""
        assistant = self._served.assistant
        store, named = assistant.index.store, None
        try:
            named = store.current()
            if named in (assistant.index.generation.name, self._refused):
                return None
            newer = self._served.over(Index(store))
        except EntrywiseError as error:
            if named is None or named != self._refused:
                kept = assistant.index.manifest.generation
                _log.warning("%s; generation %s is served until then", error, kept)
            self._refused = named
            return None
        newer.prepare()
        return newer
