"""The JSON API beside answers: search, entries, votes, and health."""

from __future__ import annotations

import logging
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, HTTPException
from fastapi import Query as QueryParameter

from entrywise.data.entries import Entry
from entrywise.rag.assistant import DEFAULT_TOP
from entrywise.rag.formulas import readable
from entrywise.web.feedback import Vote, VotesUnwritable
from entrywise.web.problems import PROBLEMS, problem_response
from entrywise.web.schema import (
    MOST_HITS,
    Completion,
    EntriesBody,
    Feedback,
    Health,
    HitsBody,
    Query,
    Readiness,
    summary,
)
from entrywise.web.served import InUse, VotesInUse

router = APIRouter(responses=PROBLEMS)

_logger = logging.getLogger(__name__)


@router.get("/api/search")
def search(
    served: InUse,
    q: Annotated[str, QueryParameter(description="Words to search for.")],
    limit: Annotated[
        int, QueryParameter(ge=1, le=MOST_HITS, description="How many entries are returned.")
    ] = DEFAULT_TOP,
) -> HitsBody:
    """The entries that fit a query, best first, without an answer."""
    return HitsBody(hits=served.assistant.search(q, limit))


@router.post("/api/search")
def search_by_body(wanted: Query, served: InUse) -> HitsBody:
    """The entries that fit a query, best first, without an answer."""
    return HitsBody(hits=served.assistant.search(wanted.query, wanted.limit))


@router.get("/api/entries")
def entries(served: InUse) -> EntriesBody:
    """All entries of the knowledge base, in short."""
    return EntriesBody(entries=[summary(entry) for entry in served.knowledge_base])


@router.get("/api/entries/{entry_id:path}")
def entry(entry_id: str, served: InUse) -> Entry:
    """One entry, with all its fields."""
    found = served.entry(entry_id)
    if found is None:
        raise HTTPException(404, f"no entry has the id {entry_id!r}; /api/entries lists them all")
    return found


@router.get("/suggest", include_in_schema=False)
def suggest(served: InUse, q: str = "") -> list[Completion]:
    """The entries that what is being typed may mean, for the question box."""
    found = [served.knowledge_base.entries[ordinal] for ordinal in served.completer.complete(q)]
    return [Completion(id=e.id, name=e.name, oneliner=readable(e.oneliner)) for e in found]


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
