"""An entry as Markdown, for programs that read. HTML in it is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from entrywise.data.entries import Entry, Section
from entrywise.rag.render.escape import heading, label, one_line
from entrywise.rag.render.safe_markdown import safe_markdown
from entrywise.web.documents.headings import with_headings


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


def _sections(entry: Entry) -> Iterator[str]:
    for section in entry.sections:
        yield from (f"## {heading(section.name).capitalize()}", section.text)


def _document(entry: Entry) -> Iterator[str]:
    """What a document says in Markdown that most readers know, with its headings at their
    levels."""
    for section, headings in with_headings(entry.sections):
        yield from (f"{'#' * one.level} {heading(one.text)}" for one in headings)
        yield _source(section)


def _source(section: Section) -> str:
    if not section.is_markdown:
        return section.text
    # Whoever asks for terms does not wait for what documents need.
    from entrywise.data.documents.links import with_labels_read
    from entrywise.data.documents.stretches import lines_of, remarks_of
    from entrywise.rag.render.documents.alerts import with_alerts

    source = "\n".join(line.text for line in lines_of(section))
    told = with_alerts(source, remarks_of(section)).strip("\n")
    return with_labels_read(told, section.links)


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
