"""The page that a browser keeps for when the server cannot be reached.

GET /worker.js      what the browser runs between the pages and the server (static/worker.js)
GET /unreachable    the page that it shows then

Both are the same for everyone, and tell of the knowledge base its name and looks.
"""

from __future__ import annotations

from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from entrywise.web.api.etag import conditional
from entrywise.web.pages.files import FOLDER
from entrywise.web.pages.templating import render

router = APIRouter(include_in_schema=False)

_WORKER = (FOLDER / "worker.js").read_text(encoding="utf-8")


@router.get("/worker.js")
def worker(request: Request) -> Response:
    """The worker; it is another one where the page that it keeps is."""
    code = _WORKER.replace("VERSION", sha256(bytes(_page(request).body)).hexdigest()[:16])
    return conditional(request, Response(code, media_type="text/javascript"))


@router.get("/unreachable")
def unreachable(request: Request) -> HTMLResponse:
    """The page that says that the server cannot be reached, and what was asked in this browser."""
    return _page(request)


def _page(request: Request) -> HTMLResponse:
    return render(request, "unreachable.html")
