"""Quotes of documents as Markdown: their source with remarks as alerts, each with its mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entrywise.rag.answer import Citation
from entrywise.rag.render.documents.alerts import with_alerts
from entrywise.rag.render.documents.groups import groups
from entrywise.rag.render.documents.tree import Block, Code, Listing, Quotation, Table


def markdown_pieces(cited: Sequence[Citation]) -> Iterator[str | Citation]:
    """Text, and in the place of each mark what it cites; a mark behind code, a table or a formula
    on a line of its own has a paragraph of its own."""
    for number, group in enumerate(groups(cited)):
        if number:
            yield "\n\n"
        yield with_alerts(group.source, group.remarks) if group.is_markdown else group.source
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
