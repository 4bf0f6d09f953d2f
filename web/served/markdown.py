"""The knowledge base as Markdown, for programs that read: an entry, and the list of all. HTML in it
is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from entrywise.data.entries import Category, Entry
from entrywise.data.identity import Identity
from entrywise.rag.render.escape import heading, label, one_line
from entrywise.rag.render.safe_markdown import safe_markdown
from entrywise.web.documents.headings import with_headings

_ANSWERS = (
    "A knowledge base that answers in verbatim, cited quotes. Each entry is linked as Markdown; "
    "POST /api/ask answers questions, /openapi.json describes the API."
)


class Address(Protocol):
    """Where the Markdown of an entry is."""

    def __call__(self, entry: Entry, /) -> str: ...


def entry_markdown(entry: Entry, related: Iterable[Entry], address: Address) -> str:
    """An entry with all its fields, ending in a line break; its text and formulas as they stand,
    and those of a document below its headings.

    Args:
        related: the entries that it names.
        address: the address of each.
    """
    blocks = [f"# {heading(entry.name)}"]
    if entry.expansion and entry.expansion != entry.name:
        blocks.append(f"*{one_line(entry.expansion)}*")
    blocks += _document(entry) if entry.is_document else _sections(entry)
    links = [f"[{label(other.name)}]({address(other)}): {other.oneliner}" for other in related]
    for title, items in (
        ("Facts", list(_facts(entry))),
        ("Papers and further reading", list(_references(entry))),
        ("Related", links),
    ):
        if items:
            blocks += [f"## {title}", "\n".join(f"- {one_line(item)}" for item in items)]
    return safe_markdown("\n\n".join(blocks) + "\n")


def llms_txt(
    identity: Identity, groups: Iterable[tuple[Category, Sequence[Entry]]], address: Address
) -> str:
    """All entries by category, as https://llmstxt.org proposes it, ending in a line break."""
    summary = identity.description or identity.tagline
    blocks = [
        f"# {heading(identity.title)}",
        *([f"> {one_line(summary)}", _ANSWERS] if summary else [f"> {_ANSWERS}"]),
    ]
    if identity.contact:
        blocks.append(f"Contact: {one_line(identity.contact.removeprefix('mailto:'))}")
    for category, entries in groups:
        lines = [f"- [{label(e.name)}]({address(e)}): {one_line(e.oneliner)}" for e in entries]
        blocks += [f"## {heading(category.label)}", "\n".join(lines)]
    return safe_markdown("\n\n".join(blocks) + "\n")


def _sections(entry: Entry) -> Iterator[str]:
    for section in entry.sections:
        yield from (f"## {heading(section.name).capitalize()}", section.text)


def _document(entry: Entry) -> Iterator[str]:
    """The source of a document, with its headings at their levels."""
    for section, headings in with_headings(entry.sections):
        yield from (f"{'#' * one.level} {heading(one.text)}" for one in headings)
        yield section.text


def _facts(entry: Entry) -> Iterator[str]:
    for name, value in (
        ("Id", entry.id),
        ("Category", entry.category),
        ("Also called", ", ".join(entry.aliases)),
        ("Seen in", ", ".join(entry.seen_in)),
        ("Verified", entry.verified_date),
        ("Confidence", entry.confidence),
        ("Original", entry.url),
    ):
        if value:
            yield f"{name}: {value}"


def _references(entry: Entry) -> Iterator[str]:
    for paper in entry.papers:
        yield ", ".join(filter(None, (paper.title, paper.authors, paper.venue, paper.url)))
    yield from entry.sources
    for resource in entry.resources:
        yield f"{resource.label}: {resource.url}"
