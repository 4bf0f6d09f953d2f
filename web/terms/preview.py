"""The preview of an entry: what it is in one line, and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from entrywise.data.entries import Entry
from entrywise.web.api.etag import conditional
from entrywise.web.pages.compare import compared_with
from entrywise.web.pages.templating import render
from entrywise.web.served.served import MOST_LINKS, InUse, Served

router = APIRouter(include_in_schema=False)

_COMPARED_WITH = 3

_CACHED = "private, max-age=300"


@router.get("/preview/{entry_id:path}", response_class=HTMLResponse)
def preview(request: Request, served: InUse, entry_id: str) -> object:
    """A piece of a page on an entry."""
    entry = served.knowledge_base.entry(entry_id)
    if entry is None:
        raise HTTPException(404, f"no entry has the id {entry_id!r}; browse all of them to find it")
    compared = compared_with(served, entry, _linked(served, entry), _COMPARED_WITH)
    found = render(request, "preview.html", entry=entry, compared=compared)
    return conditional(request, found, _CACHED)


def _linked(served: Served, entry: Entry) -> Iterator[Entry]:
    """What an entry names, then what names it: most often the former is enough."""
    yield from served.related(entry)
    yield from served.knowledge_base.linking_to(entry.id, MOST_LINKS)
