"""The preview of an entry: what it is in one line, and what it is compared with."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from entrywise.web.api.etag import conditional
from entrywise.web.pages.compare import compared_with
from entrywise.web.pages.templating import render
from entrywise.web.served.served import MOST_LINKS, InUse

router = APIRouter(include_in_schema=False)

_COMPARED_WITH = 3

_CACHED = "private, max-age=300"


@router.get("/preview/{entry_id:path}", response_class=HTMLResponse)
def preview(request: Request, served: InUse, entry_id: str) -> object:
    """A piece of a page on an entry."""
    entry = served.knowledge_base.entry(entry_id)
    if entry is None:
        raise HTTPException(404, f"no entry has the id {entry_id!r}; browse all of them to find it")
    linking = served.knowledge_base.linking_to(entry.id, MOST_LINKS)
    compared = compared_with(served, entry, (*served.related(entry), *linking))
    found = render(request, "preview.html", entry=entry, compared=compared[:_COMPARED_WITH])
    return conditional(request, found, _CACHED)
