"""Whether the server runs, and what it serves."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from entrywise.web.gate.problems import PROBLEMS, problem_response
from entrywise.web.schemas.bodies import (
    Health,
    Readiness,
)
from entrywise.web.served.served import InUse

router = APIRouter(responses=PROBLEMS)


@router.get("/health")
async def health() -> Health:
    """The server runs."""
    return Health(status="ok")


@router.get(
    "/health/ready",
    responses={503: problem_response("the index was found to be damaged since it was opened")},
)
async def ready(request: Request, served: InUse) -> Readiness:
    """The index is open; what it holds."""
    if damage := request.app.state.recheck.damage:
        raise HTTPException(503, damage)
    manifest = served.assistant.index.manifest
    return Readiness(
        status="ready",
        title=manifest.title,
        entries=len(served.knowledge_base),
        encoder=manifest.encoder,
        generation=manifest.generation,
    )
