"""The page with the map of all entries."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from entrywise.index.map.labels import HEIGHT, WIDTH
from entrywise.index.map.map import ViewName
from entrywise.web.pages.templating import render
from entrywise.web.served.links import base_url
from entrywise.web.served.served import InUse
from entrywise.web.served.shelves import MOST_GROUPS

_MOST_PAGES = 8

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_MOST_LIT = 100


# A plain function, which FastAPI runs in a thread: a thousand dots take 30 ms to write down.
@router.get("/map")
def show_map(
    request: Request, served: InUse, view: ViewName = "links", lit: str = ""
) -> HTMLResponse:
    """A view of the map, by meaning where no entry refers to another; the entries whose ids are in
    `lit`, parted by commas, are lit up."""
    atlas = served.atlas
    if not atlas.has_links:
        view = "meaning"
    # A page has the address of its server in it, of which a client may say what it likes.
    kept = view, base_url(request)
    if not lit and kept in atlas.pages:
        return HTMLResponse(atlas.pages[kept])
    entries = served.knowledge_base.known(lit.split(",")[:_MOST_LIT])
    page = render(
        request,
        "map.html",
        served=served,
        shown=atlas.view(view),
        view=view,
        lit=[entry.id for entry in entries],
        groups=served.knowledge_base.listing.groups(MOST_GROUPS),
        width=WIDTH,
        height=HEIGHT,
    )
    if not lit:
        if len(atlas.pages) >= _MOST_PAGES:
            atlas.pages.clear()
        atlas.pages[kept] = bytes(page.body)
    return page
