"""The page with the map of all entries."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from entrywise.web.pages.templating import render
from entrywise.web.served.atlas import HEIGHT, WIDTH, ViewName
from entrywise.web.served.links import base_url
from entrywise.web.served.served import InUse
from entrywise.web.served.shelves import MOST_GROUPS

_MOST_PAGES = 8

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_MOST_LIT = 100


# A plain function, which FastAPI runs in a thread: the first look at a view takes a second.
@router.get("/map")
def show_map(
    request: Request, served: InUse, view: ViewName = "links", lit: str = ""
) -> HTMLResponse:
    """A view of the map; the entries whose ids are in `lit`, parted by commas, are lit up."""
    atlas = served.atlas
    # A page has the address of its server in it, of which a client may say what it likes.
    kept = view, base_url(request)
    if not lit and kept in atlas.pages:
        return HTMLResponse(atlas.pages[kept])
    wanted = lit.split(",")[:_MOST_LIT]
    page = render(
        request,
        "map.html",
        served=served,
        dots=atlas.view(view),
        view=view,
        lit=served.knowledge_base.known(wanted),
        groups=served.knowledge_base.listing.groups(MOST_GROUPS),
        width=WIDTH,
        height=HEIGHT,
    )
    if not lit:
        if len(atlas.pages) >= _MOST_PAGES:
            atlas.pages.clear()
        atlas.pages[kept] = bytes(page.body)
    return page
