"""Server-sent events: an answer part by part."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import aclosing
from typing import Any

from fastapi.concurrency import iterate_in_threadpool
from fastapi.responses import StreamingResponse

EVENT_STREAM = "text/event-stream"

DESCRIBED: dict[str, Any] = {
    EVENT_STREAM: {
        "schema": {
            "type": "object",
            "description": "One of the events of the stream.",
            "properties": {
                "event": {"type": "string", "description": "Its name.", "examples": ["answer"]},
                "data": {
                    "type": "string",
                    "description": "What it carries, as JSON.",
                    "examples": ["{}"],
                },
            },
            "required": ["data"],
        }
    }
}
"""A stream as a response, for OpenAPI."""

# A proxy that collects a response before it passes it on would undo the streaming.
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


# JSON leaves them as they are, and readers that split lines as JavaScript and Python do end lines
# there.
_LINE_ENDS = {ord(one): f"\\u{ord(one):04x}" for one in "\u0085\u2028\u2029"}


def event(name: str, data: dict[str, Any]) -> str:
    """One server-sent event; JSON keeps line breaks escaped, so the data is one line.

    >>> event("part", {"html": "<p>"})
    'event: part\\ndata: {"html": "<p>"}\\n\\n'
    """
    return f"event: {name}\n{data_line(data)}\n\n"


def data_line(data: dict[str, Any]) -> str:
    """The line of an event that carries JSON, without its end."""
    return f"data: {json.dumps(data, ensure_ascii=False).translate(_LINE_ENDS)}"


_GZIP = 16 + zlib.MAX_WBITS
"""The window of zlib that makes it write the frame of gzip."""

_NOT_AT_ALL = re.compile(r"q=0(?:\.0*)?")

PAUSE = ": waiting\n\n"
"""A comment, which no reader of a stream shows: it keeps proxies patient, and notices who left."""


def event_stream(events: Generator[str, None, None], *, accepting: str = "") -> StreamingResponse:
    """A response that sends events one by one, and closes their generator when its reader leaves.

    The first is made before the response starts: what fails by then fails with its own status.

    Args:
        accepting: how the reader takes it encoded, as Accept-Encoding says: with gzip, each event
            is compressed by itself, and waits for no other.
    """
    first = next(events)
    sent, headers = _sent(first, events), _HEADERS
    if wants(accepting, "gzip"):
        headers = headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return StreamingResponse(_compressed(sent), media_type=EVENT_STREAM, headers=headers)
    return StreamingResponse(sent, media_type=EVENT_STREAM, headers=headers)


def wants(header: str, value: str) -> bool:
    """Whether a header of a request lists a value, and wants it at all (RFC 9110, 12.4).

    >>> wants("br, gzip;q=0.5", "gzip"), wants("br, gzip;q=0", "gzip")
    (True, False)
    """
    for part in header.lower().split(","):
        listed, *parameters = map(str.strip, part.split(";"))
        if listed == value:
            return not any(_NOT_AT_ALL.fullmatch(one) for one in parameters)
    return False


async def _compressed(sent: AsyncGenerator[str, None]) -> AsyncIterator[bytes]:
    stream = zlib.compressobj(wbits=_GZIP)
    async with aclosing(sent) as texts:
        async for text in texts:
            yield stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)
    yield stream.flush()


async def _sent(first: str, events: Generator[str, None, None]) -> AsyncGenerator[str, None]:
    try:
        yield first
        async for one in iterate_in_threadpool(events):
            yield one
    finally:
        events.close()
