"""ETags: who has the newest state of an entry already gets no second copy (RFC 9110)."""

from __future__ import annotations

from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response


def conditional(request: Request, response: Response, cache: str = "no-cache") -> Response:
    """A response with an ETag, or 304 where the client names that of this very state.

    The tag is weak: gzip may change the bytes on their way.

    Args:
        cache: how long the client may keep it without asking, as Cache-Control says it.
    """
    tag = f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
    response.headers.update({"ETag": f"W/{tag}", "Cache-Control": cache})
    known = request.headers.get("If-None-Match", "")
    known_tags = [one.strip().removeprefix("W/") for one in known.split(",")]
    if tag in known_tags or known.strip() == "*":
        response.headers.add_vary_header("Accept-Encoding")
        kept = {n: v for n, v in response.headers.items() if not n.startswith("content-")}
        return Response(status_code=304, headers=kept)
    return response
