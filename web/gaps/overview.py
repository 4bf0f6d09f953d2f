"""GET /gaps: what is missing in the knowledge base, and what was no help, for its maintainers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from entrywise.data.entries import Entry
from entrywise.rag.log.gaps import Gap
from entrywise.web.gaps.draft import draft
from entrywise.web.gaps.report import Reporter
from entrywise.web.gate.credentials import digest, sent_key
from entrywise.web.pages.templating import render
from entrywise.web.served.links import Links, base_url
from entrywise.web.served.served import InUse, Served, VotesInUse
from entrywise.web.served.votes import Vote

router = APIRouter(include_in_schema=False)

MOST_SHOWN = 50
"""Groups, and questions that were voted down."""
_DAYS = 90


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap, what is missing in few words, the entries that are nearest to it, and a draft of the
    one that is missing."""

    gap: Gap
    topic: str
    nearest: tuple[Entry, ...]
    draft: str


@dataclass(frozen=True, slots=True)
class VotedDown:
    """A question whose answer was no help: how often, and what was said of it."""

    question: str
    count: int
    comments: tuple[str, ...]


# A plain function, which FastAPI runs in a thread: every question is asked again.
@router.get("/gaps")
def gaps(
    request: Request,
    served: InUse,
    votes: VotesInUse,
    days: Annotated[int, Query(ge=1, le=3650)] = _DAYS,
) -> HTMLResponse:
    """What was asked in vain in the last days, and which answers were no help."""
    _let_in(request)
    since = (datetime.now(UTC) - timedelta(days=days)).date()
    reporter: Reporter | None = request.app.state.reporter
    found = reporter.gaps(served, since) if reporter else None
    links = Links(base_url(request))
    page = render(
        request,
        "gaps.html",
        served=served,
        days=days,
        found=found,
        gaps=[_shown(gap, served, links) for gap in found.groups[:MOST_SHOWN]] if found else [],
        voted=voted_down(votes.read(served.knowledge_base.identity.title))[:MOST_SHOWN],
    )
    page.headers["Cache-Control"] = "no-store"
    return page


def voted_down(votes: Sequence[Vote]) -> list[VotedDown]:
    """The questions whose answers were no help, the most frequent first."""
    by_question: dict[str, list[Vote]] = {}
    for vote in votes:
        if vote.vote == "down":
            by_question.setdefault(vote.question, []).append(vote)
    found = [
        VotedDown(question, len(group), tuple(one.comment for one in group if one.comment))
        for question, group in by_question.items()
    ]
    return sorted(found, key=lambda one: -one.count)


def _let_in(request: Request) -> None:
    """Insist on the key of a maintainer."""
    keys = request.app.state.settings.maintainers
    if not keys:
        raise HTTPException(404, "there is no such page: no maintainer_keys are set")
    sent = digest(sent_key(request.scope))
    if not sum(compare_digest(sent, digest(key)) for key in keys):
        detail = "a maintainer's key is needed; send one as Authorization: Bearer KEY"
        raise HTTPException(401, detail)


def _shown(gap: Gap, served: Served, links: Links) -> ShownGap:
    nearest = tuple(served.knowledge_base.known(gap.nearest))
    topic = gap.topic(served.assistant.index.language)
    return ShownGap(gap, topic, nearest, draft(gap, topic, nearest, links, served.texts))
