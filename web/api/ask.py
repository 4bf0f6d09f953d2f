"""Questions over HTTP: one answer as a whole or part by part, or many answers at once."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing
from typing import Annotated

from fastapi import APIRouter, Body, Header, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Discriminator, Field, Tag

from entrywise.rag.answer import Step
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.readable import readable_steps
from entrywise.rag.understand.input import cleaned
from entrywise.web.api.events import DESCRIBED, EVENT_STREAM, PAUSE, event, event_stream, wants
from entrywise.web.gate.problems import MANY, ONE, PROBLEMS
from entrywise.web.schemas.answers import AnswerBody
from entrywise.web.schemas.bodies import Question
from entrywise.web.served.served import InUse

router = APIRouter(responses=PROBLEMS)

MOST_QUESTIONS = 100
"""Questions of one request: answered in half a second, they do not keep others waiting."""

Questions = Annotated[
    Annotated[Question, Tag(ONE)]
    | Annotated[
        Annotated[list[Question], Field(min_length=1, max_length=MOST_QUESTIONS)], Tag(MANY)
    ],
    Discriminator(lambda body: MANY if isinstance(body, list) else ONE),
    Body(),
]

Steps = Generator[Step | Answer, None, None]

# Routes are plain functions, which FastAPI runs in threads: an answer does not block the others.


@router.post(
    "/api/ask",
    response_model=None,
    responses={
        200: {
            "model": AnswerBody | list[AnswerBody],
            "content": DESCRIBED,
        }
    },
)
def ask(
    request: Request,
    asked: Questions,
    served: InUse,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Answer a question with quotes, or a list of questions with a list of answers.

    With the header Accept: text/event-stream, each part is an event named part, and the whole
    answer is the last event, named answer; both carry JSON. For a list, each answer is one event.
    """
    many = isinstance(asked, list)
    questions = asked if isinstance(asked, list) else [asked]
    if len(questions) > 1:
        # The request itself is counted by the guard.
        request.app.state.limiter.charge(request, len(questions) - 1, of=len(questions))
    for question in questions:
        # What is refused is refused before a response begins.
        cleaned(question.question)
    answers = [_steps(question, served.assistant) for question in questions]
    if wants(accept, EVENT_STREAM):
        return event_stream(_answer_events(answers) if many else _events(answers[0]))
    bodies = [_answer(steps).to_dict() for steps in answers]
    return JSONResponse(bodies if many else bodies[0])


def _steps(asked: Question, assistant: Assistant) -> Steps:
    steps = assistant.steps(asked.question, history=asked.history, top=asked.top, llm=asked.llm)
    return readable_steps(steps) if asked.formulas == "text" else steps


def _answer(steps: Steps) -> Answer:
    return next(step for step in steps if isinstance(step, Answer))


def _events(steps: Steps) -> Generator[str, None, None]:
    with closing(steps):
        for step in steps:
            if isinstance(step, Answer):
                yield event("answer", step.to_dict())
            else:
                yield event("part", step.part.to_dict()) if step.part else PAUSE


def _answer_events(answers: Iterable[Steps]) -> Generator[str, None, None]:
    for steps in answers:
        yield event("answer", _answer(steps).to_dict())
