"""The pages: a question and its answer, an entry, all entries, the API. No JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from entrywise.data.entries import Entry, Section
from entrywise.web.served import InUse, Served

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_EXAMPLES = 4
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section in three pieces; the middle one is the quote to be marked, often empty."""

    name: str
    before: str
    quote: str
    after: str


@router.get("/")
def home(request: Request, served: InUse, q: str = "") -> HTMLResponse:
    """The form, and the answer when there is a question."""
    if q:
        return _answer_page(request, served, q)
    return _page(request, "home.html", served=served, examples=_examples(served))


@router.post("/")
def asked(request: Request, served: InUse, question: Annotated[str, Form()] = "") -> HTMLResponse:
    """The answer to the question in the form."""
    return _answer_page(request, served, question)


@router.get("/entry/{entry_id:path}")
def entry(
    request: Request,
    served: InUse,
    entry_id: str,
    section: str = "",
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """An entry with all its sections; the characters from `start` to `end` of one are marked."""
    found = served.entry(entry_id)
    if found is None:
        raise HTTPException(404, f"no entry has the id {entry_id!r}; browse to find it")
    return _page(
        request,
        "entry.html",
        entry=found,
        category=served.category(found.category),
        sections=[
            marked(one, start, end) if one.name == section else marked(one, 0, 0)
            for one in found.sections
        ],
        related=served.entries(found.related),
        linking=served.linking_to(entry_id),
    )


@router.get("/browse")
def browse(request: Request, served: InUse) -> HTMLResponse:
    """All entries by category."""
    return _page(request, "browse.html", served=served, groups=served.grouped())


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The API, from its OpenAPI description."""
    return _page(request, "docs.html", api=request.app.openapi())


def marked(section: Section, start: int, end: int) -> MarkedSection:
    """A section with the characters from `start` to `end` (exclusive) set apart.

    >>> marked(Section("oneliner", "Heads share keys."), 6, 11)
    MarkedSection(name='oneliner', before='Heads ', quote='share', after=' keys.')
    """
    end = max(start, end)
    text = section.text
    return MarkedSection(section.name, text[:start], text[start:end], text[end:])


def _answer_page(request: Request, served: Served, question: str) -> HTMLResponse:
    answer = served.assistant.ask(question)
    nearest = served.entries(tuple(hit.entry for hit in answer.retrieved[:_NEAREST]))
    return _page(request, "answer.html", answer=answer, nearest=nearest)


def _examples(served: Served) -> list[str]:
    """Questions on the entries that most others point to, as people ask for them."""
    links = served.knowledge_base.backlinks
    hubs = sorted(served.knowledge_base, key=lambda entry: -len(links[entry.id]))
    return [_question_on(entry) for entry in hubs[:_EXAMPLES]]


def _question_on(entry: Entry) -> str:
    return entry.questions[0] if entry.questions else f"Explain {entry.short_name}"


def _page(request: Request, template: str, **context: object) -> HTMLResponse:
    templates: Jinja2Templates = request.app.state.templates
    return templates.TemplateResponse(request, template, context)
