"""The OpenAI-compatible endpoint: an answer in the shape of a chat completion.

    POST /v1/chat/completions    streamed or not, with url_citation annotations
    GET  /v1/models              who can answer: quotes, and the LLM if there is one

The conversation in `messages` completes a follow-up. What the system and the assistant said, and
parameters of generation, have no effect on quotes.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import chain
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import JSONResponse, Response

from entrywise.rag.answer import Step
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.marked_text import Mark, MarkedText
from entrywise.rag.understand.input import readable_questions
from entrywise.web.api.events import DESCRIBED, PAUSE, data_line, event_stream
from entrywise.web.documents.html import Documents
from entrywise.web.gate.problems import OPENAI_ERRORS
from entrywise.web.schemas.bodies import LONGEST_HISTORY
from entrywise.web.schemas.openai import (
    Completion,
    CompletionRequest,
    Model,
    ModelList,
)
from entrywise.web.served.links import Links, base_url
from entrywise.web.served.served import InUse, Served

router = APIRouter(prefix="/v1", responses=OPENAI_ERRORS)

Steps = Generator[Step | Answer, None, None]

QUOTES = "entrywise"
"""The model that answers with quotes; that of an LLM has its name behind it."""


@router.get("/models")
def models(served: InUse) -> ModelList:
    """Who can answer."""
    return ModelList(object="list", data=[_model(name, served) for name in _names(served)])


@router.get("/models/{name:path}")
def model(
    name: Annotated[str, Path(description="Its name.", examples=[QUOTES])], served: InUse
) -> Model:
    """One of those who can answer."""
    _check(name, served)
    return _model(name, served)


@router.post(
    "/chat/completions",
    response_model=None,
    responses={200: {"model": Completion, "content": DESCRIBED}},
)
def complete(request: Request, wanted: CompletionRequest, served: InUse) -> Response:
    """Answer the last message of a user, in the shape of OpenAI's chat completions.

    The text is Markdown with marks; each mark has an annotation, whose indices are those of the
    mark in the text. With stream: true it comes in chunks, the annotations with the text they
    belong to.
    """
    _check(wanted.model, served)
    *history, question = [one.text for one in wanted.messages if one.role == "user"] or [""]
    asked = readable_questions(history)[-LONGEST_HISTORY:]
    steps = served.assistant.steps(question, history=asked, llm=wanted.model != QUOTES)
    links = Links(base_url(request))
    lead = links.whole(Documents.of(served).path)
    reply = _Reply(wanted, served, MarkedText(links.quote, lead))
    if wanted.stream:
        return event_stream(reply.events(steps))
    return JSONResponse(reply.whole(steps))


def _names(served: Served) -> list[str]:
    return [QUOTES, *([f"{QUOTES}/{served.llm}"] if served.llm else [])]


def _check(name: str, served: Served) -> None:
    if name not in _names(served):
        raise HTTPException(
            404, f"there is no model {name!r}; GET /v1/models lists those that there are"
        )


def _model(name: str, served: Served) -> Model:
    index = served.assistant.index
    created = int(index.generation.made)
    return Model(id=name, object="model", created=created, owned_by=index.manifest.title)


class _Reply:
    """One completion, whole or in chunks."""

    def __init__(self, wanted: CompletionRequest, served: Served, text: MarkedText) -> None:
        self._wanted = wanted
        self._encoder = served.assistant.index.encoder
        self._text = text
        self._usage: dict[str, int] = {}
        self._head = {
            "id": f"chatcmpl-{uuid4().hex}",
            "created": int(time.time()),
            "model": wanted.model,
        }

    def whole(self, steps: Steps) -> dict[str, Any]:
        """The completion, when all steps are taken."""
        for _ in self._taken(steps):
            pass
        message = {
            "role": "assistant",
            "content": self._text.text,
            "refusal": None,
            "annotations": list(map(_annotation, self._text.marks)),
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage,
        }

    def events(self, steps: Steps) -> Generator[str, None, None]:
        """The chunks of the completion as server-sent events."""
        with closing(steps):
            taken = self._taken(steps)
            # What is refused is refused before a response begins.
            first = next(taken)
            yield self._chunk({"role": "assistant", "content": ""})
            said = marked = 0
            for grows in chain([first], taken):
                if not grows:
                    yield PAUSE
                    continue
                delta: dict[str, Any] = {"content": self._text.text[said:]}
                if marks := self._text.marks[marked:]:
                    delta["annotations"] = list(map(_annotation, marks))
                yield self._chunk(delta)
                said, marked = len(self._text.text), len(self._text.marks)
            yield self._chunk({}, finish="stop")
            if self._wanted.stream_options and self._wanted.stream_options.include_usage:
                yield self._event({"choices": [], "usage": self._usage})
            yield "data: [DONE]\n\n"

    def _taken(self, steps: Steps) -> Iterator[bool]:
        """Take all steps; after each, whether the text grows with it."""
        for step in steps:
            if isinstance(step, Answer):
                if self._wanted.sources is not False:
                    self._text.add_sources_of(step.citations)
                    yield True
                self._usage = self._counted(step)
            elif step.part:
                self._text.add(step.part, step.citations)
                yield True
            else:
                yield False

    def _counted(self, answer: Answer) -> dict[str, int]:
        """The tokens of an LLM where its server counted them, else word pieces of the encoder."""
        usage = answer.writing.usage if answer.writing else None
        count = self._encoder.count_pieces
        read = usage.prompt_tokens if usage else count(answer.question)
        written = usage.completion_tokens if usage else count(self._text.text)
        tokens = {"prompt_tokens": read, "completion_tokens": written}
        return {**tokens, "total_tokens": read + written}

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._event({"choices": [choice]})

    def _event(self, more: dict[str, Any]) -> str:
        chunk = {**self._head, "object": "chat.completion.chunk", **more}
        return f"{data_line(chunk)}\n\n"


def _annotation(mark: Mark) -> dict[str, Any]:
    citation = {
        "start_index": mark.start,
        "end_index": mark.end,
        "title": mark.citation.title,
        "url": mark.url,
    }
    return {"type": "url_citation", "url_citation": citation}
