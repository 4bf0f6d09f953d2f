"""Where an answer comes from: what it cites, with the text around each quote."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from entrywise.data.entries import Entry
from entrywise.rag.answer import Citation, Closest
from entrywise.rag.render.answer import Answer
from entrywise.web.documents.html import Documents
from entrywise.web.documents.page import unwrapped
from entrywise.web.pages.excerpt import Excerpt, excerpt
from entrywise.web.served.served import Served


@dataclass(frozen=True, slots=True)
class Source:
    """A citation, and its quote where it stands; of a document `html` shows that."""

    citation: Citation
    excerpt: Excerpt
    html: Markup | None = None


def quoted_numbers(answer: Answer) -> frozenset[int]:
    """The numbers of the citations that a part shows as quotes."""
    parts = (part for part in answer.parts if not part.written)
    return frozenset(number for part in parts for number in part.citations)


def by_entry(served: Served, answer: Answer) -> tuple[tuple[Entry, tuple[Source, ...]], ...]:
    """What an answer cites, by entry, in the order of their first quotes."""
    quoted, groups = quoted_numbers(answer), dict[str, list[Source]]()
    for citation in answer.citations:
        source = _source(served, citation, is_read=citation.number in quoted)
        groups.setdefault(citation.entry, []).append(source)
    return tuple((served.knowledge_base[entry], tuple(found)) for entry, found in groups.items())


def near(served: Served, closest: Closest) -> Source:
    """A passage that is near, as one that is cited."""
    entry = served.knowledge_base[closest.entry]
    section = next(one for one in entry.sections if one.name == closest.section)
    citation = Citation(
        0,
        entry.id,
        entry.name,
        section.name,
        closest.start,
        closest.end,
        closest.quote,
        closest.url,
        heading=" > ".join(section.path) or None,
        is_markdown=section.is_markdown,
    )
    return _source(served, citation, is_evidence=False)


def _source(
    served: Served,
    citation: Citation,
    *,
    is_evidence: bool = True,
    is_read: bool = False,
) -> Source:
    sections = served.knowledge_base[citation.entry].sections
    text = unwrapped(next(one for one in sections if one.name == citation.section))
    html = None
    if citation.is_markdown:
        html = Documents.of(served).around(citation, is_evidence=is_evidence, is_read=is_read)
    return Source(citation, excerpt(text, citation.start, citation.end), html)
