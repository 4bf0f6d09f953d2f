"""Where the marks of a copied answer lead: whole addresses, since a copy is read anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from entrywise.rag.answer import Citation
from entrywise.rag.render.documents.spans import is_absolute
from entrywise.web.served.links import Links


@dataclass(frozen=True, slots=True)
class Source:
    """A page, or a section of a document, with the numbers of the marks that lead to it."""

    title: str
    address: str
    numbers: tuple[int, ...]


def quote_address(citation: Citation, links: Links) -> str:
    """The page that shows a quote where it stands: the original one where it is on the web."""
    if citation.url and is_absolute(citation.url):
        return citation.url
    return links.quote(citation)


def sources(citations: Sequence[Citation], links: Links) -> list[Source]:
    """The pages that are cited, in the order of their first quotes, each at the section of its
    quotes if that is one; of a document, its sections."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for one in citations:
        title = f"{one.title} > {one.heading}" if one.heading else one.title
        is_elsewhere = one.url and is_absolute(one.url)
        address = str(one.url) if is_elsewhere else links.section(one)
        page = address if is_elsewhere or one.heading else links.entry(one.entry)
        found.setdefault((title, page), {})[one.number] = address
    return [
        Source(title, _shared(addresses.values(), page), tuple(addresses))
        for (title, page), addresses in found.items()
    ]


def _shared(addresses: Iterable[str], page: str) -> str:
    """The address that is the same for all quotes of a page, else that of the page."""
    first, *others = dict.fromkeys(addresses)
    return page if others else first
