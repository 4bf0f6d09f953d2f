"""Whether the server runs, and what it serves."""

from __future__ import annotations

from fastapi import APIRouter

from entrywise.web.gate.problems import PROBLEMS
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


@router.get("/health/ready")
async def ready(served: InUse) -> Readiness:
    """The index is open; what it holds."""
    manifest = served.assistant.index.manifest
    return Readiness(
        status="ready",
        title=manifest.title,
        entries=len(served.knowledge_base),
        encoder=manifest.encoder,
        generation=manifest.generation,
    )
