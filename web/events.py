"""Server-sent events: an answer part by part."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from fastapi.responses import StreamingResponse

EVENT_STREAM = "text/event-stream"

# A proxy that collects a response before it passes it on would undo the streaming.
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def event(name: str, data: dict[str, Any]) -> str:
    """One server-sent event; JSON keeps line breaks escaped, so the data is one line.

    >>> event("part", {"html": "<p>"})
    'event: part\\ndata: {"html": "<p>"}\\n\\n'
    """
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def event_stream(events: Iterable[str]) -> StreamingResponse:
    """A response that sends events one by one."""
    return StreamingResponse(events, media_type=EVENT_STREAM, headers=_HEADERS)
