"""The entries themselves."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as PathParameter
from fastapi.responses import JSONResponse, Response

from entrywise.web.api.etag import conditional
from entrywise.web.gate.problems import PROBLEMS
from entrywise.web.schemas.entries import EntriesBody, EntryBody, EntrySummary, entry_record
from entrywise.web.served.served import InUse

router = APIRouter(responses=PROBLEMS)


@router.get("/api/entries", response_model=None, responses={200: {"model": EntriesBody}})
def entries(request: Request, served: InUse) -> Response:
    """All entries of the knowledge base, in short."""
    listed = EntriesBody(entries=list(map(EntrySummary.of, served.knowledge_base)))
    return conditional(request, JSONResponse(listed.model_dump()))


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
    found = served.entry(entry_id)
    if found is None:
        raise HTTPException(404, f"no entry has the id {entry_id!r}; /api/entries lists them all")
    return conditional(request, JSONResponse(entry_record(found)))
