"""The pages to read in: an entry, all entries, the API. They need no JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from entrywise.data.entries import Entry, Section
from entrywise.data.questions.examples import asked_first, wording_in
from entrywise.index.listing.folders import Folder
from entrywise.index.listing.listing import Group, Listing
from entrywise.rag.compose.paragraphs import headings
from entrywise.rag.compose.texts.catalogue import texts_of
from entrywise.web.api.description import ANSWERS
from entrywise.web.api.etag import conditional
from entrywise.web.documents.html import Documents
from entrywise.web.documents.page import contents, shown_sections
from entrywise.web.pages.compare import compared_with
from entrywise.web.pages.reference import routes
from entrywise.web.pages.templating import render
from entrywise.web.served.links import MARKDOWN, base_url, entry_path, markdown_address
from entrywise.web.served.llms import llms_blocks, llms_txt
from entrywise.web.served.markdown import Address, entry_markdown
from entrywise.web.served.served import MOST_LINKS, InUse, Served
from entrywise.web.served.shelves import (
    MOST_GROUPS,
    branches,
    matches,
    matches_of,
    part,
    shelved,
    trail,
)

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_MEDIA_TYPE = "text/markdown"

Place = Annotated[int, Query(ge=0, le=2**63 - 1)]
"""A place in a list, from 0, or a number of entries; no larger than SQLite has numbers."""

_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section, or a paragraph of one under what it tells, in three pieces; the middle one is the
    quote to be marked, often empty."""

    name: str
    before: str
    quote: str
    after: str
    heading: str = ""


@router.get("/entry/{entry_id:path}")
def entry(
    request: Request,
    served: InUse,
    entry_id: str,
    section: str = "",
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """An entry with all its sections; the characters from `start` to `end` of one are marked. One
    that is called so leads to the address of its id.

    Below the same path with `.md`, the entry as Markdown.
    """
    if found := served.knowledge_base.entry(entry_id):
        return _entry_page(request, served, found, (section, start, end))
    if found := served.knowledge_base.entry(entry_id.removesuffix(MARKDOWN)):
        text = entry_markdown(found, served.related(found), _markdown_of(request))
        return conditional(request, PlainTextResponse(text, media_type=_MEDIA_TYPE))
    if found := served.named(entry_id):
        return RedirectResponse(entry_path(found.id))
    raise HTTPException(404, f"no entry has the id {entry_id!r}; browse all of them to find it")


@router.get("/llms.txt")
def llms(request: Request, served: InUse, start: Place = 0, entries: Place = 0) -> Response:
    """All entries, for programs that read; where they are many, a list of parts, each so many
    `entries` from the one at `start` on."""
    base = base_url(request)
    identity, listing = served.knowledge_base.identity, served.knowledge_base.listing
    blocks = llms_blocks(listing, start, entries or listing.entries, base)
    if not blocks:
        raise HTTPException(404, f"there are {listing.entries} entries; /llms.txt lists them")
    return conditional(request, PlainTextResponse(llms_txt(identity, blocks)))


@router.get("/browse")
def browse(
    request: Request,
    served: InUse,
    q: str = "",
    category: str = "",
    folder: str = "",
    start: Place = 0,
    by: Literal["category", "name"] = "category",
) -> HTMLResponse:
    """All entries by category and folder, or by name; those that do not hold every word of `q` are
    hidden.

    Where they are many, a part of them by name, from the place `start` on, or those that hold the
    words.
    """
    q, listing = q.strip(), served.knowledge_base.listing
    groups = listing.groups(MOST_GROUPS)
    if served.is_one_page:
        shelves = shelved(listing, groups, by_name=by == "name")
        entries = [entry for shelf in shelves for entry in shelf.all]
        return render(
            request,
            "browse.html",
            served=served,
            shelves=shelves,
            matches=matches_of(served, entries, q),
            by=by,
            q=q,
        )
    group, root, opened = _chosen(listing, category, folder)
    return render(
        request,
        "browse_parts.html",
        served=served,
        groups=groups,
        group=group,
        folder=opened,
        branches=list(branches(listing, root, folder)) if root else [],
        part=None if q else part(listing, opened or group, start),
        matches=matches(served, q) if q else None,
        q=q,
    )


def _chosen(
    listing: Listing, category: str, folder: str
) -> tuple[Group | None, Folder | None, Folder | None]:
    """The category that is asked for, its own folder, and the one below it that is asked for.

    Raises:
        HTTPException: there is no such category or folder.
    """
    group = listing.group(category) if category else None
    if category and group is None:
        raise HTTPException(404, f"no entry has the category {category!r}; /browse lists all")
    root = listing.folder_of(group) if group else None
    opened = listing.folder(folder) if root and folder.startswith(f"{root.path}/") else None
    if folder and opened is None:
        raise HTTPException(404, f"no entry is in the folder {folder!r}; /browse lists all")
    return group, root, opened


@router.get("/docs")
def docs(request: Request, served: InUse) -> HTMLResponse:
    """The API, from its OpenAPI description."""
    api = request.app.openapi()
    described = routes(api, base_url(request), served.texts)
    return render(request, "docs.html", api=api, answers=ANSWERS, routes=described)


def marked(section: Section, start: int, end: int) -> MarkedSection:
    """A section with the characters from `start` to `end` (exclusive) set apart.

    >>> marked(Section("oneliner", "Heads share keys."), 6, 11)
    MarkedSection(name='oneliner', before='Heads ', quote='share', after=' keys.', heading='')
    """
    end = max(start, end)
    text = section.text
    return MarkedSection(section.name, text[:start], text[start:end], text[end:])


def paragraphs(
    section: Section, start: int, end: int, headings: Mapping[str, str]
) -> list[MarkedSection]:
    """A section of a term, a paragraph for each thing that it tells; `start` and `end` as above.

    >>> section = Section("text", "Heads share keys. Llama does.", tells=((18, "use"),))
    >>> [(one.heading, one.after) for one in paragraphs(section, 0, 0, {"use": "Users"})]
    [('', 'Heads share keys.'), ('Users', 'Llama does.')]
    """
    begins = [(0, ""), *section.tells]
    ends = [*(place for place, _ in section.tells), len(section.text)]
    shown = []
    for (first, about), last in zip(begins, ends, strict=True):
        text = section.text[first:last]
        piece = replace(section, text=text.rstrip() if last < len(section.text) else text)
        is_quoted = max(start, first) < min(end, last)
        span = (max(start - first, 0), end - first) if is_quoted else (0, 0)
        shown.append(replace(marked(piece, *span), heading=headings.get(about, about)))
    return shown


def _entry_page(
    request: Request, served: Served, entry: Entry, place: tuple[str, int, int]
) -> HTMLResponse:
    name, start, end = place
    document = shown_sections(Documents.of(served), entry, place) if entry.is_document else []
    related = served.related(entry)
    named = {one.id for one in related}
    found = served.knowledge_base.linking_to(entry.id, MOST_LINKS + len(named))
    # A neighbour is shown once.
    linking = [one for one in found if one.id not in named][:MOST_LINKS]
    comparable = compared_with(served, entry, (*related, *found))
    language = served.knowledge_base.identity.language
    told = headings(served.assistant.domain, texts_of(language))
    return render(
        request,
        "entry.html",
        entry=entry,
        served=served,
        group=served.knowledge_base.group(entry.category),
        trail=trail(served, entry),
        sections=[
            paragraphs(one, *((start, end) if one.name == name else (0, 0)), told)
            for one in entry.sections
            if not document
        ],
        document=document,
        contents=contents(document),
        questions=_questions(entry, served),
        related=related,
        linking=linking,
        comparable=comparable,
        # What is offered above already is folded.
        compares_others=any(one not in (*related, *linking) for one in comparable),
    )


def _questions(entry: Entry, served: Served) -> list[str]:
    """What one may ask about an entry; of a document what it says that it answers: its headings
    are on the page already."""
    told = asked_first(entry)[:_QUESTIONS]
    if entry.is_document:
        return told
    return [wording_in(served.texts.language).about(entry.short_name), *told]


def _markdown_of(request: Request) -> Address:
    """The whole address of an entry's Markdown: it is often read apart from its server."""
    base = base_url(request)
    return lambda entry: markdown_address(base, entry.id)
