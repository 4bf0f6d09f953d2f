"""Errors: a page for people, problem details for programs (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from entrywise.data.errors import QuestionError
from entrywise.web.gate.middleware import SECURITY_HEADERS
from entrywise.web.schemas.bodies import Problem
from entrywise.web.schemas.openai import ErrorBody

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

# What a page is headed with; programs get the phrase of the standard.
_HEADINGS = {
    401: "A key is needed",
    404: "Not found",
    413: "Too large",
    422: "That cannot be read",
    429: "Too many questions",
    500: "The server failed",
}

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
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    """A request that does not fit its schema."""
    faults = cast(RequestValidationError, error).errors()
    return _response(request, 422, "; ".join(map(_fault, faults)))


async def _unanswerable(request: Request, error: Exception) -> Response:
    """An empty question, or one that is far too long."""
    return _response(request, 422, str(error))


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of the server. This response does not pass the middleware: it needs its headers."""
    response = _response(request, 500, "the server failed at this request; its log says why")
    response.headers.update(SECURITY_HEADERS)
    response.headers["X-Request-ID"] = request.state.request_id
    return response


def _response(request: Request, status: int, detail: str) -> Response:
    """A refusal in the shape that who asked at this address can read."""
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
    templates: Jinja2Templates = request.app.state.templates
    refused = getattr(request.state, "refusable", {})
    heading = _HEADINGS.get(status, problem.title)
    context = {"problem": problem, "heading": heading, "refused": refused}
    return templates.TemplateResponse(request, "error.html", context, status)


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
