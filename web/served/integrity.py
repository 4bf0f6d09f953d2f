"""Reads what is served again from time to time: a disk may rot without a trace.

every week ─▶ each file is compared with its hash ─▶ one that differs is told in the log, and the
server is not ready until another generation is taken up

Answers go on meanwhile: each entry has a checksum of its own, which is compared before it is
quoted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi.concurrency import run_in_threadpool

from entrywise.data.errors import IndexUnusable
from entrywise.web.served.served import Served

SECONDS = 7 * 24 * 3600.0
"""From the start to the first look, and between two: a gigabyte takes a second or two."""

_log = logging.getLogger(__name__)


class Recheck:
    """What the last look at what is served found."""

    def __init__(self) -> None:
        self.damage = ""
        """What is wrong with it, in a line; empty where nothing is."""

    @asynccontextmanager
    async def going_on(self, served: Callable[[], Served]) -> AsyncIterator[None]:
        """Look again and again, until this ends.

        Args:
            served: gives what is served now.
        """
        looking = asyncio.create_task(self._run(served))
        try:
            yield
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def _run(self, served: Callable[[], Served]) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            # A store is a plain value: nothing here holds a generation that is let go meanwhile.
            generation = served().assistant.index.manifest.generation
            store = served().assistant.index.generation.store
            try:
                await run_in_threadpool(store.verify)
                found = ""
            except IndexUnusable as error:
                found = str(error)
            # It has to look again, whatever this was.
            except Exception:
                _log.exception("the index could not be looked through; looking again later")
                continue
            if generation == served().assistant.index.manifest.generation:
                self.damage = found
                if found:
                    _log.error("%s", found)
