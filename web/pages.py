"""The pages: an entry, all entries, the API. They need no JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from entrywise.data.entries import Section
from entrywise.web.served import InUse
from entrywise.web.templating import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section in three pieces; the middle one is the quote to be marked, often empty."""

    name: str
    before: str
    quote: str
    after: str


@router.get("/entry/{entry_id:path}")
def entry(
    request: Request,
    served: InUse,
    entry_id: str,
    section: str = "",
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """An entry with all its sections; the characters from `start` to `end` of one are marked."""
    found = served.entry(entry_id)
    if found is None:
        raise HTTPException(404, f"no entry has the id {entry_id!r}; browse to find it")
    return render(
        request,
        "entry.html",
        entry=found,
        category=served.category(found.category),
        sections=[
            marked(one, start, end) if one.name == section else marked(one, 0, 0)
            for one in found.sections
        ],
        related=served.entries(found.related),
        linking=served.linking_to(entry_id),
    )


@router.get("/browse")
def browse(request: Request, served: InUse) -> HTMLResponse:
    """All entries by category."""
    return render(request, "browse.html", served=served, groups=served.grouped())


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The API, from its OpenAPI description."""
    return render(request, "docs.html", api=request.app.openapi())


def marked(section: Section, start: int, end: int) -> MarkedSection:
    """A section with the characters from `start` to `end` (exclusive) set apart.

    >>> marked(Section("oneliner", "Heads share keys."), 6, 11)
    MarkedSection(name='oneliner', before='Heads ', quote='share', after=' keys.')
    """
    end = max(start, end)
    text = section.text
    return MarkedSection(section.name, text[:start], text[start:end], text[end:])
