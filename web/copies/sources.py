"""The parts of a copied answer by the sections that they quote, and where its marks lead: whole
addresses, since a copy is read anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from entrywise.rag.answer import AnswerValues, Citation, Part
from entrywise.rag.render.documents.spans import is_absolute
from entrywise.rag.render.visitor import is_excerpt
from entrywise.web.served.links import Links


@dataclass(frozen=True, slots=True)
class Source:
    """A page, or a section of a document, with the numbers of the marks that lead to it."""

    title: str
    address: str
    numbers: tuple[int, ...]


def by_section(answer: AnswerValues, called: Mapping[str, str]) -> Iterator[Part]:
    """The parts of an answer, those that quote several sections of terms in one for each: what is
    pasted has paragraphs.

    Args:
        called: what stands above those of some sections, where others come before them.
    """

    def section(number: int) -> tuple[str, str]:
        one = answer.citations[number - 1]
        return one.entry, one.section

    for part in answer.parts:
        if part.kind != "quote" or is_excerpt(part, answer.citations):
            yield part
            continue
        for place, ((_, name), numbers) in enumerate(groupby(part.citations, section)):
            heading = called.get(name) if place else part.heading
            yield replace(part, citations=tuple(numbers), heading=heading)


def quote_address(citation: Citation, links: Links) -> str:
    """The page that shows a quote where it stands: the original one where it is on the web."""
    if citation.url and is_absolute(citation.url):
        return citation.url
    return links.quote(citation)


def sources(citations: Sequence[Citation], links: Links) -> list[Source]:
    """The pages that are cited, in the order of their first quotes; of a document, its sections."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for one in citations:
        title = f"{one.title} > {one.heading}" if one.heading else one.title
        is_elsewhere = one.url and is_absolute(one.url)
        address = str(one.url) if is_elsewhere else links.section(one)
        numbers.setdefault((title, address), []).append(one.number)
    return [Source(*of, tuple(marks)) for of, marks in numbers.items()]
