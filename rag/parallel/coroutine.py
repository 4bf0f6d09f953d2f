"""Answers for event loops: the steps are taken in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Generator

from entrywise.rag.answer import Step
from entrywise.rag.render.answer import Answer


async def last(steps: Generator[Step | Answer, None, None]) -> Answer:
    """The answer at the end of its steps. Cancelled, it closes them as soon as the step that is
    being taken ends: an LLM's takes a fraction of a second."""
    while True:
        taking = asyncio.ensure_future(asyncio.to_thread(next, steps))
        try:
            step = await asyncio.shield(taking)
        except asyncio.CancelledError:
            await asyncio.wait([taking])
            steps.close()
            raise
        if isinstance(step, Answer):
            return step
