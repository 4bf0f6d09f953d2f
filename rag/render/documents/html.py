"""Quotes of documents as HTML that is safe on any page: all text is escaped, no tag and no address
comes from the quote but those of links that lead to the web, or where the caller says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import NamedTuple

from entrywise.rag.render.documents.spans import BREAK, Span, is_absolute
from entrywise.rag.render.documents.tree import (
    Block,
    Code,
    Item,
    Listing,
    Node,
    Paragraph,
    Quotation,
    Row,
    Spans,
    Table,
)
from entrywise.rag.render.formulas import readable

_LONG_CELL = 40
"""Characters of a cell that is a sentence rather than a word."""

_BULLET = '<span class="bullet" aria-hidden="true">• </span>'
"""Of an item that is no task, among tasks."""


def readable_html(text: str) -> str:
    """A text as it reads, escaped."""
    return escape(readable(text))


def nowhere(address: str) -> str | None:
    """Where links within a knowledge base lead when nobody knows its pages."""
    return None


class Picture(NamedTuple):
    """A picture that can be shown: its address, and how wide and high it is in pixels, 0 where that
    is not known."""

    address: str
    width: int = 0
    height: int = 0


def no_picture(address: str) -> Picture | None:
    """What is shown of a picture when nobody has it."""
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """How elements look.

    `mark` gives the element of a citation's number, `text` that of a text, `label` that of one in a
    link or a heading, `lead` the address that a link within the knowledge base leads to, if it
    does, `picture` what shows a picture of it; `attributes` what stands in the tag of a
    block, `remark` what stands above a remark of a kind, `head` above code in a language, which may
    be empty. All that they give is HTML, but for addresses.
    """

    mark: Callable[[int], str]
    text: Callable[[str], str] = readable_html
    label: Callable[[str], str] = readable_html
    lead: Callable[[str], str | None] = nowhere
    attributes: Callable[[Node], str] = lambda node: ""
    picture: Callable[[str], Picture | None] = no_picture
    remark: Callable[[str], str] = lambda kind: ""
    head: Callable[[str], str] = lambda language: ""


def html_of(blocks: Sequence[Block], form: Form) -> str:
    """The elements of blocks."""
    return "".join(_element(block, form) for block in blocks)


def _element(block: Block, form: Form) -> str:
    match block:
        case Paragraph():
            said = _inline(block.spans, _labelled(form) if block.is_title else form)
            shown = f"<strong>{said}</strong>" if block.is_title else said
            return f"<p{_look(block) or form.attributes(block)}>{shown}</p>"
        case Code():
            said = f"<code>{escape(block.text)}</code>"
            shown = f'<pre tabindex="0"{form.attributes(block)}>{said}</pre>'
            head = form.head(block.language)
            return f'<div class="code">{head}{shown}</div>' if head else shown
        case Table():
            return _table(block, form)
        case Listing():
            return _listing(block, form)
        case Quotation(remark=""):
            return f"<blockquote>{html_of(block.blocks, form)}</blockquote>"
        case Quotation():
            said = f"{form.remark(block.remark)}{html_of(block.blocks, form)}"
            return f'<div class="admonition" role="note">{said}</div>'


def _look(paragraph: Paragraph) -> str:
    """That of marks alone, which stand behind what has no room for them."""
    spans = paragraph.spans
    return ' class="marks"' if spans and all(one.mark is not None for one in spans) else ""


def _listing(listing: Listing, form: Form) -> str:
    has_tasks = listing.has_tasks
    items = "".join(
        _item(item, form, _BULLET if has_tasks and not item.is_task else "", listing.is_tight)
        for item in listing.items
    )
    if listing.start is None:
        return f'<ul class="tasks">{items}</ul>' if has_tasks else f"<ul>{items}</ul>"
    start = "" if listing.start == 1 else f' start="{listing.start}"'
    return f"<ol{start}>{items}</ol>"


def _item(item: Item, form: Form, sign: str, is_tight: bool) -> str:
    opening, rest = item.blocks[:1], item.blocks[1:]
    match opening:
        case (Paragraph() as text,) if is_tight:
            said, own = _inline(text.spans, form), form.attributes(text)
            if not (own and rest):
                return f"<li{own}>{sign}{said}{html_of(rest, form)}</li>"
            # What holds for its text need not hold for what is below it.
            return f"<li>{sign}<span{own}>{said}</span>{html_of(rest, form)}</li>"
    return f"<li>{sign}{html_of(item.blocks, form)}</li>"


def _table(table: Table, form: Form) -> str:
    titles, scopes = table.header.cells, [' scope="col"'] * len(table.header.cells)
    head = f"<thead>{_row(table.header, 'th', form, scopes)}</thead>" if any(titles) else ""
    longest = [
        max(map(_length, column)) for column in zip(*(row.cells for row in table.rows), strict=True)
    ]
    looks = [' class="long"' if length > _LONG_CELL else "" for length in longest]
    rows = "".join(_row(row, "td", form, looks) for row in table.rows)
    element = f"<table>{head}<tbody>{rows}</tbody></table>"
    # What is too wide scrolls, by keys too.
    return f'<div class="scroll" tabindex="0">{element}</div>'


def _row(row: Row, tag: str, form: Form, attributes: Sequence[str]) -> str:
    inside = _labelled(form) if tag == "th" else form
    cells = "".join(
        f"<{tag}{own}>{_inline(cell, inside)}</{tag}>"
        for cell, own in zip(row.cells, attributes, strict=True)
    )
    return f"<tr{form.attributes(row)}>{cells}</tr>"


def _length(cell: Spans) -> int:
    return sum(len(span.text) for span in cell)


def _inline(spans: Spans, form: Form) -> str:
    pieces = []
    for is_quoted, inside in groupby(spans, key=lambda span: span.quoted):
        said = _links(tuple(inside), form)
        pieces.append(f"<mark>{said}</mark>" if is_quoted else said)
    return "".join(pieces)


def _links(spans: Spans, form: Form) -> str:
    pieces = []
    for link, inside in groupby(spans, key=lambda span: span.link):
        own = _labelled(form) if link else form
        said = "".join(_span(span, own) for span in inside)
        pieces.append(_linked(said, link, form) if link else said)
    return "".join(pieces)


def _labelled(form: Form) -> Form:
    return replace(form, text=form.label)


def _linked(said: str, link: str, form: Form) -> str:
    if is_absolute(link):
        return f'<a href="{escape(link)}" rel="nofollow noopener noreferrer">{said}</a>'
    address = form.lead(link)
    return f'<a href="{escape(address)}">{said}</a>' if address else said


def _span(span: Span, form: Form) -> str:
    if span.mark is not None:
        return form.mark(span.mark)
    if span.text == BREAK:
        return "<br>"
    if span.picture and (picture := form.picture(span.picture)):
        size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
        said = f'src="{escape(picture.address)}" alt="{escape(span.text)}"{size}'
        # Wanted only where one reads so far.
        return f'<img {said} loading="lazy">'
    said = f"<code>{escape(span.text)}</code>" if span.code else form.text(span.text)
    if span.strong:
        said = f"<strong>{said}</strong>"
    return f"<em>{said}</em>" if span.emphasis or span.picture is not None else said
