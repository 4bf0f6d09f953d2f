"""Quotes of documents as Markdown: their source with remarks as alerts, each with its mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from entrywise.data.documents.links import with_addresses
from entrywise.rag.answer import Citation
from entrywise.rag.render.documents.alerts import with_alerts
from entrywise.rag.render.documents.groups import groups
from entrywise.rag.render.documents.tree import Block, Code, Listing, Quotation, Table
from entrywise.rag.render.safe_markdown import outside_code

Lead: TypeAlias = Callable[[str, str], str | None]
"""The whole address of a link of an entry; None of all that leads to none of the knowledge base."""


def nowhere(entry: str, address: str) -> None:
    """Knows of no link where it leads."""


def markdown_pieces(cited: Sequence[Citation], lead: Lead = nowhere) -> Iterator[str | Citation]:
    """Text, and in the place of each mark what it cites; a mark behind code, a table or a formula
    on a line of its own has a paragraph of its own."""

    def led(text: str) -> str:
        entry = cited[0].entry
        return with_addresses(text, lambda address: lead(entry, address) or address)

    for number, group in enumerate(groups(cited)):
        if number:
            yield "\n\n"
        is_markdown = group.is_markdown
        source = with_alerts(group.source, group.remarks) if is_markdown else group.source
        yield outside_code(source, led) if is_markdown and lead is not nowhere else source
        is_apart = _ends_in_code_or_table(group.blocks) or group.source.rstrip().endswith("$$")
        gap = "\n\n" if is_apart else " "
        for one in group.citations:
            yield from (gap, one)
            gap = " "


def _ends_in_code_or_table(blocks: Sequence[Block]) -> bool:
    match blocks[-1] if blocks else None:
        case Code() | Table():
            return True
        case Listing(items=(*_, item)):
            return _ends_in_code_or_table(item.blocks)
        case Quotation(blocks=inside):
            return _ends_in_code_or_table(inside)
    return False
