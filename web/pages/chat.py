"""The chat: a conversation as a page, and the next answer of one as a stream.

    GET /?q=…&history=…    the page; its address holds the conversation
    POST /                 the same page, from the form, where no script runs
    POST /chat             one answer, rendered, part by part as server-sent events

All three show an answer with the macros of `answer_parts.html`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import Field

from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer
from entrywise.rag.understand.input import as_typed, readable_questions
from entrywise.web.api.events import PAUSE, event, event_stream
from entrywise.web.copies.copies import copies
from entrywise.web.documents.html import Documents
from entrywise.web.pages.formulas import drawn_piece, has_formulas
from entrywise.web.pages.templating import render
from entrywise.web.pages.turns import Turn, Unfinished, is_shown
from entrywise.web.schemas.bodies import LONGEST_HISTORY, Question
from entrywise.web.served.links import Links, base_url
from entrywise.web.served.served import InUse, Served

router = APIRouter(include_in_schema=False)

MOST_TURNS = 10
"""A page shows the last turns of a conversation: each costs an answer, some 5 ms with its place
in the page. The questions before them stay in its form and its addresses, since what follows may
refer to them."""


class Asked(Question):
    """A question to be answered in a page that has `turn - 1` turns already."""

    turn: int = Field(default=1, ge=1)


@router.get("/")
def home(
    request: Request,
    served: InUse,
    q: str = "",
    history: Annotated[tuple[str, ...], Query(max_length=LONGEST_HISTORY)] = (),
) -> HTMLResponse:
    """The form with examples, or the conversation that the address holds."""
    if not q:
        return _page(request, served, [])
    # An address with a history is one gone back to, or shared: what it asks was asked before.
    assistant = served.unlogged if history else served.assistant
    return _conversation(request, served, assistant, q, history)


@router.post("/")
def asked(
    request: Request,
    served: InUse,
    question: Annotated[str, Form()] = "",
    history: Annotated[tuple[str, ...], Form(max_length=LONGEST_HISTORY)] = (),
    llm: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """The conversation, with the question of the form as its last."""
    return _conversation(request, served, served.assistant, question, history, llm=llm)


@router.post("/chat")
def chat(request: Request, asked: Asked, served: InUse) -> Response:
    """The parts of an answer as HTML, each an event; last what comes below them, with the answer
    as JSON and as one may take it along."""
    templates: Jinja2Templates = request.app.state.templates
    macros = templates.get_template("answer_parts.html").module
    events = _events(asked, served, macros, Links(base_url(request)))
    return event_stream(events, accepting=request.headers.get("Accept-Encoding", ""))


def _events(asked: Asked, served: Served, macros: Any, links: Links) -> Generator[str, None, None]:
    earlier, typed = _typed(asked.history), as_typed(asked.question)
    answering = served.assistant.steps(
        asked.question, history=earlier, top=asked.top, llm=asked.llm
    )
    with closing(answering) as steps:
        for step in steps:
            if isinstance(step, Answer):
                turn = Turn.of(served, step, asked.turn, earlier, typed)
                below = drawn_piece(macros.below(turn, served.pages_of_examples))
                yield _last_event(turn, below, links)
            elif step.part is None:
                yield PAUSE
            elif is_shown(step.part):
                decoder = served.assistant.domain.decoder
                documents = Documents.of(served)
                identity = served.knowledge_base.identity
                part = Unfinished(asked.turn, step, decoder, documents, served.texts, identity)
                html = macros.part(part, step.part)
                # What is folded up alone is drawn when it is unfolded.
                yield event("part", {"html": drawn_piece(html) if has_formulas(html) else html})


def _last_event(turn: Turn, below: str, links: Links) -> str:
    return event(
        "answer",
        {
            "html": below,
            "answer": turn.answer.to_dict(),
            "copies": _taken(turn, links),
        },
    )


def _conversation(
    request: Request,
    served: Served,
    assistant: Assistant,
    question: str,
    history: Sequence[str],
    *,
    llm: bool = False,
) -> HTMLResponse:
    """The page of a conversation: the last question is answered by `assistant`, or refused; the
    earlier ones that the page shows are answered again, each after all that were before it."""
    asked, typed = _typed(history), as_typed(question)
    # A refusal gives them back, in the form of its page.
    request.state.refusable = {
        "question": typed,
        "history": asked,
        "llm": served.llm,
        "writes": llm,
    }
    last = assistant.ask(question, history=asked, llm=llm)
    turns = []
    for number in range(max(0, len(asked) - MOST_TURNS + 1), len(asked)):
        answer = served.unlogged.ask(asked[number], history=asked[:number])
        turns.append(Turn.of(served, answer, number + 1, asked[:number], asked[number]))
    turns.append(Turn.of(served, last, len(asked) + 1, asked, typed))
    return _page(request, served, turns, writes=llm)


def _typed(history: Sequence[str]) -> list[str]:
    """The questions of a conversation that can be read, as they were typed."""
    return [as_typed(one) for one in history if readable_questions([one])]


def _page(
    request: Request, served: Served, turns: Sequence[Turn], *, writes: bool = False
) -> HTMLResponse:
    links = Links(base_url(request))
    return render(
        request,
        "chat.html",
        served=served,
        turns=turns,
        copies={turn.number: _taken(turn, links) for turn in turns},
        examples=() if turns else served.examples,
        writes=writes,
    )


def _taken(turn: Turn, links: Links) -> dict[str, Any]:
    """What one can take along of an answer, as a script gets it."""
    taken = copies(
        turn.answer,
        turn.number,
        links,
        turn.t,
        details=turn.identity.details,
        folded=[part for part in turn.parts if turn.is_further(part)],
        path=turn.documents.path,
    )
    return asdict(taken)
