"""All copies of an answer, one for each form."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from entrywise.rag.answer import AnswerValues, Citation, Part
from entrywise.rag.render.documents.markdown import Lead, nowhere
from entrywise.rag.render.documents.plain_text import plain_quotes
from entrywise.rag.render.escape import one_line, printable
from entrywise.rag.render.formulas import readable
from entrywise.web.copies.html import copied_html
from entrywise.web.copies.markdown import copied_markdown
from entrywise.web.copies.sources import quote_address, sources
from entrywise.web.copies.table import csv_of, html_of
from entrywise.web.copies.text import copied_text
from entrywise.web.served.links import Links
from entrywise.web.texts.catalogue import Texts


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """The tables of an answer."""

    csv: str
    html: str


@dataclass(frozen=True, slots=True)
class CopiedQuote:
    """One quote, without its formulas' markup, and where it is."""

    text: str
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class Copies:
    """An answer as text, as HTML and as Markdown; its tables, None where it has none; and its
    quotes, in the order of their numbers."""

    text: str
    html: str
    markdown: str
    table: CopiedTable | None
    quotes: tuple[CopiedQuote, ...]


def copies(
    answer: AnswerValues,
    turn: int,
    links: Links,
    texts: Texts,
    *,
    details: Iterable[str] = (),
    folded: Collection[Part] = (),
    path: Lead = nowhere,
) -> Copies:
    """What one can take along of an answer.

    Args:
        turn: its place in the conversation, from 1.
        links: the addresses of the server.
        texts: what stands above the sources, and what places are called.
        details: sections that hold technical notes.
        folded: parts that are out of sight, whose tables nobody means.
        path: the path to which a link of an entry leads; None for all that is none of the
            knowledge base.
    """

    def address(citation: Citation) -> str:
        return quote_address(citation, links)

    def name(citation: Citation) -> str:
        return _name(citation, texts)

    called = dict.fromkeys(details, texts("answer.details"))
    cited, heading = sources(answer.citations, links), texts("answer.sources")
    seen = [part for part in answer.parts if part not in folded]
    csv = csv_of(seen, answer.citations)
    return Copies(
        text=copied_text(answer, cited, heading, called),
        html=copied_html(answer, cited, heading, called, address),
        markdown=copied_markdown(answer, turn, called, name, address, links.whole(path)),
        table=CopiedTable(csv, html_of(seen, answer.citations)) if csv else None,
        quotes=tuple(
            CopiedQuote(printable(readable(_text(one))), name(one), address(one))
            for one in answer.citations
        ),
    )


def _text(citation: Citation) -> str:
    """A quote by itself: code and tables have lines."""
    return "\n".join(plain_quotes([citation])) if citation.is_markdown else citation.quote


def _name(citation: Citation, texts: Texts) -> str:
    """What the place of a quote is called.

    A document's headings stand below its title; a section of a term is named behind it.
    """
    if citation.is_markdown:
        return one_line(" > ".join(filter(None, (citation.title, citation.heading))))
    return one_line(f"{citation.title}, {texts.place(citation)}")
