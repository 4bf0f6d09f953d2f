"""All entries as Markdown, as https://llmstxt.org proposes it; where they are many, in parts.

A part of at most `LEAF` entries lists them; a larger one lists the parts that it consists of. So no
file is longer where there are more entries, but by the number of parts of the first one.
"""

from __future__ import annotations

from itertools import groupby

from entrywise.data.identity import Identity
from entrywise.index.listing.listing import Listing, Summary
from entrywise.rag.render.escape import heading, label, one_line
from entrywise.rag.render.safe_markdown import safe_markdown
from entrywise.web.served.links import markdown_address

LEAF = 500
"""Entries of a part that lists them, and parts of a part."""

_ANSWERS = (
    "A knowledge base that answers in verbatim, cited quotes. Each entry is linked as Markdown; "
    "POST /api/ask answers questions, /openapi.json describes the API."
)


def llms_txt(identity: Identity, blocks: list[str]) -> str:
    """What a knowledge base is, and blocks of a list; it ends in a line break."""
    summary = identity.description or identity.tagline
    head = [
        f"# {heading(identity.title)}",
        *([f"> {one_line(summary)}", _ANSWERS] if summary else [f"> {_ANSWERS}"]),
    ]
    if identity.contact:
        head.append(f"Contact: {one_line(identity.contact.removeprefix('mailto:'))}")
    return safe_markdown("\n\n".join([*head, *blocks]) + "\n")


def llms_blocks(listing: Listing, start: int, entries: int, base: str) -> list[str]:
    """So many entries by category, or the parts that they consist of; nothing where there are none.

    Args:
        start: the place of the first one, from 0.
        base: the address of the server.
    """
    end = min(start + entries, listing.entries)
    if start >= end:
        return []
    if end - start <= LEAF:
        return _entries(listing, start, end, base)
    size = LEAF
    while size * LEAF < end - start:
        size *= LEAF
    parts = range(start, end, size)
    lines = [_part(listing, first, min(first + size, end), base) for first in parts]
    return [f"## {end - start:,} entries, in parts", "\n".join(lines)]


def _entries(listing: Listing, start: int, end: int, base: str) -> list[str]:
    blocks: list[str] = []
    listed = listing.by_category(start, end - start)
    for category, some in groupby(listed, lambda one: one.category):
        group = listing.group(category)
        assert group
        blocks += [f"## {heading(group.category.label)}", "\n".join(_line(e, base) for e in some)]
    return blocks


def _line(entry: Summary, base: str) -> str:
    address = markdown_address(base, entry.id)
    return f"- [{label(entry.name)}]({address}): {one_line(entry.oneliner)}"


def _part(listing: Listing, start: int, end: int, base: str) -> str:
    (first,), (last,) = listing.by_category(start, 1), listing.by_category(end - 1, 1)
    address = f"{base}/llms.txt?start={start}&entries={end - start}"
    categories = " to ".join(dict.fromkeys((first.category, last.category)))
    names = f"{label(first.name)} to {label(last.name)}"
    return f"- [{names}]({address}): {end - start:,} entries of {one_line(categories)}"
