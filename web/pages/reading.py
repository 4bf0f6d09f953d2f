"""The pages to read in: an entry, all entries, the API. They need no JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from entrywise.data.entries import Entry, Section
from entrywise.rag.render.formulas import readable
from entrywise.web.api.etag import conditional
from entrywise.web.documents.html import Documents
from entrywise.web.documents.page import contents, shown_sections
from entrywise.web.pages.reference import routes
from entrywise.web.pages.templating import render
from entrywise.web.served.examples import sentence
from entrywise.web.served.links import base_url, entry_path
from entrywise.web.served.markdown import Address, entry_markdown, llms_txt
from entrywise.web.served.served import InUse, Served

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

MARKDOWN = ".md"
_MEDIA_TYPE = "text/markdown"

_COMPARED_WITH = 4
_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section in three pieces; the middle one is the quote to be marked, often empty."""

    name: str
    before: str
    quote: str
    after: str


@router.get("/entry/{entry_id:path}")
def entry(
    request: Request,
    served: InUse,
    entry_id: str,
    section: str = "",
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """An entry with all its sections; the characters from `start` to `end` of one are marked.

    Below the same path with `.md`, the entry as Markdown.
    """
    if found := served.entry(entry_id):
        return _entry_page(request, served, found, (section, start, end))
    if found := served.entry(entry_id.removesuffix(MARKDOWN)):
        text = entry_markdown(found, served.entries(found.related), _markdown_of(request))
        return conditional(request, PlainTextResponse(text, media_type=_MEDIA_TYPE))
    raise HTTPException(404, f"no entry has the id {entry_id!r}; browse all of them to find it")


@router.get("/llms.txt")
def llms(request: Request, served: InUse) -> Response:
    """All entries, for programs that read."""
    identity = served.knowledge_base.identity
    text = llms_txt(identity, served.grouped(), _markdown_of(request))
    return conditional(request, PlainTextResponse(text))


@router.get("/browse")
def browse(request: Request, served: InUse, q: str = "") -> HTMLResponse:
    """All entries by category; those that do not hold every word of `q` are hidden."""
    words = q.lower().split()
    shown = {entry.id for entry in served.knowledge_base if _holds(entry, words)}
    return render(
        request, "browse.html", served=served, groups=served.grouped(), shown=shown, q=q.strip()
    )


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The API, from its OpenAPI description."""
    api = request.app.openapi()
    return render(request, "docs.html", api=api, routes=routes(api, base_url(request)))


def marked(section: Section, start: int, end: int) -> MarkedSection:
    """A section with the characters from `start` to `end` (exclusive) set apart.

    >>> marked(Section("oneliner", "Heads share keys."), 6, 11)
    MarkedSection(name='oneliner', before='Heads ', quote='share', after=' keys.')
    """
    end = max(start, end)
    text = section.text
    return MarkedSection(section.name, text[:start], text[start:end], text[end:])


def _holds(entry: Entry, words: list[str]) -> bool:
    """Whether what the page shows of an entry, or another name of it, holds every word (in lower
    case): the rule of browse.js."""
    shown = (entry.name, readable(entry.expansion), readable(entry.oneliner), *entry.aliases)
    text = " ".join(shown).lower()
    return all(word in text for word in words)


def _entry_page(
    request: Request, served: Served, entry: Entry, place: tuple[str, int, int]
) -> HTMLResponse:
    name, start, end = place
    document = shown_sections(Documents.of(served), entry, place) if entry.is_document else []
    related = served.entries(entry.related)
    linking = served.linking_to(entry.id)
    return render(
        request,
        "entry.html",
        entry=entry,
        category=served.category(entry.category),
        colour=served.colour(entry.category),
        sections=[
            marked(one, start, end) if one.name == name else marked(one, 0, 0)
            for one in entry.sections
            if not document
        ],
        document=document,
        contents=contents(document),
        questions=[f"Explain {entry.short_name}", *map(sentence, entry.questions[:_QUESTIONS])],
        related=related,
        linking=linking,
        comparable=list(dict.fromkeys((*related, *linking)))[:_COMPARED_WITH],
    )


def _markdown_of(request: Request) -> Address:
    """The whole address of an entry's Markdown: it is often read apart from its server."""
    base = base_url(request)
    return lambda entry: f"{base}{entry_path(entry.id)}{MARKDOWN}"
