"""Votes on answers."""

from __future__ import annotations

import logging
from uuid import uuid4

from fastapi import APIRouter, HTTPException

from entrywise.web.gate.problems import PROBLEMS, problem_response
from entrywise.web.schemas.bodies import Feedback
from entrywise.web.served.served import InUse, VotesInUse
from entrywise.web.served.votes import Vote, VotesUnwritable

router = APIRouter(responses=PROBLEMS)

_logger = logging.getLogger(__name__)


@router.post(
    "/api/feedback",
    status_code=204,
    responses={503: problem_response("the vote cannot be kept, as problem details")},
)
def feedback(given: Feedback, served: InUse, votes: VotesInUse) -> None:
    """Keep a vote on an answer, with a comment on it."""
    vote = Vote(
        given.id or str(uuid4()),
        given.question,
        given.vote,
        given.comment,
        given.answer_status,
        tuple(given.entries),
        served.knowledge_base.identity.title,
    )
    try:
        votes.put(vote)
    except VotesUnwritable as error:
        # The path is for who runs the server, not for who votes.
        _logger.error("a vote is lost: %s", error)
        raise HTTPException(
            503, "the vote cannot be kept now, the server's log says why; try again later"
        ) from error
