"""The entries themselves."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import JSONResponse, Response

from entrywise.web.api.etag import conditional
from entrywise.web.gate.problems import PROBLEMS
from entrywise.web.schemas.entries import EntriesBody, EntryBody, EntrySummary, entry_record
from entrywise.web.served.links import base_url
from entrywise.web.served.served import InUse

router = APIRouter(responses=PROBLEMS)


MOST_LISTED = 500
"""Entries of one response: 150 KB, made in 10 ms."""


@router.get(
    "/api/entries",
    response_model=None,
    responses={
        200: {
            "model": EntriesBody,
            "headers": {
                "Link": {
                    "description": "The address of what follows, with rel=next, if there is more.",
                    "schema": {"type": "string"},
                }
            },
        }
    },
)
def entries(
    request: Request,
    served: InUse,
    limit: Annotated[
        int, Query(ge=1, le=MOST_LISTED, description="How many are listed at most.", examples=[10])
    ] = MOST_LISTED,
    after: Annotated[
        str,
        Query(
            description="The id of the entry to go on after, as next names it.",
            examples=["{entry}"],
        ),
    ] = "",
) -> Response:
    """The entries of the knowledge base, in short; of many the first ones.

    Where there are more, next is the id to go on after, and the header Link leads there.
    """
    listing = served.knowledge_base.listing
    last = listing.ordinal(after) if after else -1
    if last is None:
        raise HTTPException(404, f"no entry has the id {after!r}; give one that next named")
    found = listing.by_ordinal(last + 1, limit + 1)
    listed = [EntrySummary.of(one) for one in found[:limit]]
    following = listed[-1].id if len(found) > limit else None
    body = EntriesBody(entries=listed, total=len(served.knowledge_base), next=following)
    response = JSONResponse(body.model_dump())
    if following is not None:
        query = urlencode({"limit": limit, "after": following})
        response.headers["Link"] = f'<{base_url(request)}/api/entries?{query}>; rel="next"'
    return conditional(request, response)


@router.get(
    "/api/entries/{entry_id:path}",
    response_model=None,
    responses={
        200: {"model": EntryBody},
        304: {"description": "unchanged since the state whose ETag was sent as If-None-Match"},
    },
)
def entry(
    request: Request,
    served: InUse,
    entry_id: Annotated[str, PathParameter(description="Its id.", examples=["{entry}"])],
) -> Response:
    """One entry, with all its fields, and an ETag of its state."""
    found = served.knowledge_base.entry(entry_id)
    if found is None:
        raise HTTPException(404, f"no entry has the id {entry_id!r}; /api/entries lists them all")
    return conditional(request, JSONResponse(entry_record(found)))
