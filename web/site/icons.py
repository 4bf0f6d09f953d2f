"""The icon as a picture, in the colour of the knowledge base.

GET /icon-192.png, /icon-512.png    for those who show it as it is
GET /icon-full.png                  for phones, which cut its corners as they like
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entrywise.web.api.etag import conditional
from entrywise.web.served.colours import light_scheme
from entrywise.web.served.served import InUse
from entrywise.web.site.drawing import icon, png

router = APIRouter(include_in_schema=False)

Name = Literal["192", "512", "full"]
_SIZES: dict[Name, int] = {"192": 192, "512": 512, "full": 512}
ACCENT = "#0b6b66"
"""That of base.css."""
_CACHED = "public, max-age=86400"


@router.get("/icon-{name}.png")
def show_icon(request: Request, served: InUse, name: Name) -> Response:
    """The icon, which a browser keeps for a day."""
    accent = served.knowledge_base.identity.accent or ACCENT
    return conditional(request, Response(_drawn(name, accent), media_type="image/png"), _CACHED)


@lru_cache(maxsize=8)
def _drawn(name: Name, accent: str) -> bytes:
    scheme = light_scheme(accent)
    return png(icon(_SIZES[name], scheme.accent, scheme.on_accent, fills=name == "full"))
