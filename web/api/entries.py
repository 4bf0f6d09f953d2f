"""The JSON API beside answers: search, entries, votes, and health."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as PathParameter
from fastapi import Query as QueryParameter
from fastapi.responses import JSONResponse, Response

from entrywise.rag.journey import DEFAULT_TOP
from entrywise.rag.render.formulas import readable
from entrywise.web.api.etag import conditional
from entrywise.web.gate.problems import PROBLEMS, problem_response
from entrywise.web.schemas.answers import HitBody, HitsBody
from entrywise.web.schemas.bodies import (
    MOST_HITS,
    Completion,
    Feedback,
    Health,
    Query,
    Readiness,
)
from entrywise.web.schemas.entries import EntriesBody, EntryBody, EntrySummary
from entrywise.web.served.served import InUse, Served, VotesInUse
from entrywise.web.served.votes import Vote, VotesUnwritable

router = APIRouter(responses=PROBLEMS)

_logger = logging.getLogger(__name__)


@router.get("/api/search")
def search(
    served: InUse,
    q: Annotated[str, QueryParameter(description="Words to search for.", examples=["{words}"])],
    limit: Annotated[
        int,
        QueryParameter(
            ge=1, le=MOST_HITS, description="How many entries are returned.", examples=[10]
        ),
    ] = DEFAULT_TOP,
) -> HitsBody:
    """The entries that fit a query, best first, without an answer."""
    return _hits(served, q, limit)


@router.post("/api/search")
def search_by_body(wanted: Query, served: InUse) -> HitsBody:
    """The entries that fit a query, best first, without an answer."""
    return _hits(served, wanted.query, wanted.limit)


def _hits(served: Served, query: str, limit: int) -> HitsBody:
    hits = served.assistant.search(query, limit)
    return HitsBody(hits=[HitBody.model_validate(hit.to_dict()) for hit in hits])


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
    return conditional(request, JSONResponse(asdict(found)))


@router.get("/suggest", include_in_schema=False)
def suggest(served: InUse, q: str = "") -> list[Completion]:
    """The entries that what is being typed may mean, for the question box."""
    return [
        Completion(id=entry.id, name=entry.name, oneliner=readable(entry.oneliner))
        for entry in served.completed(q)
    ]


@router.post(
    "/api/feedback",
    status_code=204,
    responses={503: problem_response("the vote cannot be kept, as problem details")},
)
def feedback(given: Feedback, votes: VotesInUse) -> None:
    """Keep a vote on an answer, with a comment on it."""
    vote = Vote(
        given.id or str(uuid4()),
        given.question,
        given.vote,
        given.comment,
        given.answer_status,
        tuple(given.entries),
    )
    try:
        votes.put(vote)
    except VotesUnwritable as error:
        # The path is for who runs the server, not for who votes.
        _logger.error("a vote is lost: %s", error)
        raise HTTPException(
            503, "the vote cannot be kept now, the server's log says why; try again later"
        ) from error


@router.get("/health")
async def health() -> Health:
    """The server runs."""
    return Health(status="ok")


@router.get("/health/ready")
async def ready(served: InUse) -> Readiness:
    """The index is open; what it holds."""
    manifest = served.assistant.index.manifest
    return Readiness(
        status="ready",
        title=manifest.title,
        entries=len(served.knowledge_base),
        encoder=manifest.encoder,
    )
