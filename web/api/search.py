"""Search, without an answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as QueryParameter

from entrywise.rag.journey import DEFAULT_TOP
from entrywise.web.gate.problems import PROBLEMS
from entrywise.web.schemas.answers import HitBody, HitsBody
from entrywise.web.schemas.bodies import MOST_HITS, Query
from entrywise.web.served.served import InUse, Served

router = APIRouter(responses=PROBLEMS)


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
