"""Errors: a page for people, problem details for programs (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from entrywise.data.entries import Entry
from entrywise.data.errors import QuestionError
from entrywise.data.languages import DEFAULT
from entrywise.rag.understand.input import MAX_CHARACTERS
from entrywise.web.gate.middleware import SECURITY_HEADERS
from entrywise.web.schemas.bodies import Problem
from entrywise.web.schemas.openai import ErrorBody
from entrywise.web.served.served import Served
from entrywise.web.texts.catalogue import texts_of

MEDIA_TYPE = "application/problem+json"


def problem_response(description: str) -> dict[str, Any]:
    """How a refusal looks, for OpenAPI."""
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    }


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": problem_response("what is wrong, as problem details")
}
"""The refusals that every route may answer with."""

OPENAI_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "what is wrong, in OpenAI's shape", "model": ErrorBody}
}
"""Those of the routes for OpenAI's clients."""

ONE, MANY = "<one>", "<many>"
"""What a body is read as that may be an object or a list of them; no name of a field."""

_FOR_PROGRAMS = ("/api/", "/chat", "/health", "/mcp", "/metrics", "/suggest")

_FOR_OPENAI_CLIENTS = "/v1/"
# What OpenAI's servers answer with where others answer with another status.
_OPENAI_STATUS = {422: 400}
_OPENAI_KINDS: dict[int, tuple[str, str | None]] = {
    401: ("invalid_request_error", "invalid_api_key"),
    429: ("requests", "rate_limit_exceeded"),
}

# What a page says, by its name in web/texts/; programs get the detail.
_ON_PAGES = {
    401: "key",
    403: "forbidden",
    404: "missing",
    413: "large",
    422: "invalid",
    429: "often",
    500: "failed",
}
# Browsers ask for a password by themselves: a key is taken as one, whatever the name. Of one header
# Chromium reads the first.
_CHALLENGES = ('Basic realm="entrywise", charset="UTF-8"', 'Bearer realm="entrywise"')
_ENTRY = "/entry/"
_FOR_MAINTAINERS = "/gaps"
_NEAR = 3
"""Entries that may be meant by one that is missing."""

# What the framework says, in words that help.
_REMEDIES = {
    "Not Found": "nothing is at this address; ask a question at /, or see /docs for the API",
    "Method Not Allowed": "this address does not take this method; /docs lists those it takes",
    "There was an error parsing the body": "the body is no JSON in UTF-8, or too deep; mend it",
}


def add_handlers(app: FastAPI) -> None:
    """Answer every error of an application in one shape."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(QuestionError, _unanswerable)
    app.add_exception_handler(Exception, _failed)


async def _refused(request: Request, error: Exception) -> Response:
    """An unknown path or entry, a wrong method, a body that is too large."""
    return refusal(request, cast(HTTPException, error))


def refusal(request: Request, error: HTTPException) -> Response:
    """The response that says why a request is refused."""
    detail = _REMEDIES.get(error.detail, error.detail)
    response = _response(request, error.status_code, detail)
    response.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        for challenge in _CHALLENGES:
            response.headers.append("WWW-Authenticate", challenge)
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    """A request that does not fit its schema."""
    faults = cast(RequestValidationError, error).errors()
    names = ", ".join(dict.fromkeys(str(fault["loc"][-1]) for fault in faults))
    return _response(request, 422, "; ".join(map(_fault, faults)), names=names)


async def _unanswerable(request: Request, error: Exception) -> Response:
    """An empty question, or one that is far too long."""
    count = len(getattr(request.state, "refusable", {}).get("question", ""))
    told = "long" if count > MAX_CHARACTERS else "empty"
    return _response(request, 422, str(error), told, count=count, most=MAX_CHARACTERS)


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of the server. This response does not pass the middleware: it needs its headers."""
    response = _response(request, 500, "the server failed at this request; its log says why")
    response.headers.update(SECURITY_HEADERS)
    response.headers["X-Request-ID"] = request.state.request_id
    return response


def _response(
    request: Request, status: int, detail: str, told: str = "", **values: object
) -> Response:
    """A refusal in the shape that who asked at this address can read.

    Args:
        told: what a page says instead of what it says of the status, by its name in the catalogue.
        values: what is filled in there.
    """
    # Not from its address, which is put together from headers of the client.
    path = request.scope["path"]
    if path.startswith(_FOR_OPENAI_CLIENTS):
        body = _openai_error(status, detail, path)
        return JSONResponse(body, _OPENAI_STATUS.get(status, status))
    problem = Problem(
        type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail
    )
    if path.startswith(_FOR_PROGRAMS):
        return JSONResponse(problem.model_dump(), status, media_type=MEDIA_TYPE)
    return _page(request, status, told or _ON_PAGES.get(status, "other"), values)


def _page(request: Request, status: int, told: str, values: dict[str, object]) -> Response:
    """A refusal for people, in the language of the knowledge base."""
    templates: Jinja2Templates = request.app.state.templates
    served: Served | None = getattr(request.app.state, "served", None)
    path = request.scope["path"]
    near: list[Entry] = []
    if status == 401 and path == _FOR_MAINTAINERS:
        told = "maintainer"
    elif status == 404 and path.startswith(_ENTRY):
        told = "no_entry"
        near = served.near(path.removeprefix(_ENTRY), _NEAR) if served else []
    elif status == 404 and served and (named := _named(served, path)):
        # Nothing is guessed here: who looks for holes asks for addresses by the thousand.
        near = [named]
    texts = served.texts if served else texts_of(DEFAULT)
    context = {
        "heading": texts(f"problem.{told}"),
        "text": texts(f"problem.{told}_text", **values),
        "near": near,
        "refused": getattr(request.state, "refusable", {}),
        "is_locked": status == HTTPStatus.UNAUTHORIZED,
    }
    return templates.TemplateResponse(request, "error.html", context, status)


def _named(served: Served, path: str) -> Entry | None:
    """The entry whose id a path is, as where documents are published, or whose name it ends in."""
    own_id = path.strip("/")
    return served.knowledge_base.entry(own_id) or served.named(own_id.rpartition("/")[2])


def _openai_error(status: int, detail: str, path: str) -> dict[str, Any]:
    """An error in the shape of OpenAI's, from which its clients make exceptions."""
    kind, code = _OPENAI_KINDS.get(status, ("invalid_request_error", None))
    if status >= 500:
        kind = "server_error"
    if status == 404 and path.startswith(("/v1/models/", "/v1/chat/completions")):
        code = "model_not_found"
    return {"error": {"message": detail, "type": kind, "param": None, "code": code}}


def _fault(fault: dict[str, Any]) -> str:
    """One fault: where it is, and what is wrong there."""
    place = ".".join(str(step) for step in fault["loc"][1:] if step not in (ONE, MANY))
    if fault["type"] == "model_attributes_type":
        if place:
            return f"{place}: it is no JSON object"
        return "the body is no JSON object; send one, with Content-Type: application/json"
    if fault["type"] == "json_invalid":
        return (
            f"the body is no JSON ({fault['ctx']['error']}, character {fault['loc'][1]}); mend it"
        )
    return f"{place or 'body'}: {fault['msg']}"
