"""Telling the maintainers that something is missing: a form that works without JavaScript.

It is kept where questions are logged, and there is no such form where they are not.
"""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from entrywise.rag.log.wishes import Wishes, WishesUnwritable
from entrywise.rag.understand.input import cleaned
from entrywise.web.pages.templating import render
from entrywise.web.schemas.bodies import LONGEST_COMMENT
from entrywise.web.served.served import InUse

router = APIRouter(include_in_schema=False)

_logger = logging.getLogger(__name__)


@router.post("/missing")
async def missing(
    request: Request,
    served: InUse,
    question: Annotated[str, Form()] = "",
    comment: Annotated[str, Form(max_length=LONGEST_COMMENT)] = "",
) -> HTMLResponse:
    """Keep that a question should be answered, and thank for it."""
    log = request.app.state.settings.log_file
    if log is None:
        raise HTTPException(404, "this server keeps no questions; its setting log may name a file")
    try:
        await run_in_threadpool(Wishes(log).add, cleaned(question), comment.strip())
    except WishesUnwritable as error:
        # The path is for who runs the server.
        _logger.error("a wish is lost: %s", error)
        raise HTTPException(503, "it cannot be kept now, the server's log says why") from error
    texts = served.texts
    return render(
        request,
        "error.html",
        heading=texts("wish.thanks"),
        text=texts("wish.told"),
        near=[],
        refused={},
        is_locked=False,
    )
