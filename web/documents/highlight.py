"""Marks a quote where it stands: blocks that it fills whole, of others the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from entrywise.data.documents.dialects.lines import within
from entrywise.data.documents.stretches import commonmark, lines_of
from entrywise.data.entries import Section
from entrywise.rag.render.documents.spans import Span
from entrywise.rag.render.documents.tree import (
    Block,
    Code,
    Item,
    Listing,
    Node,
    Paragraph,
    Quotation,
    Spans,
    Table,
    paragraphs,
    parsed,
)


class Marking:
    """Marks characters of a section in its blocks."""

    def __init__(
        self, section: Section, start: int, end: int, first_id: str = "", above: int = 0
    ) -> None:
        """Mark the characters from `start` to `end`; the first block that has some gets the id, if
        there is one.

        Args:
            above: how many lines of the section stand above the blocks.
        """
        lines = within(lines_of(section), start, end)
        self._lines = range(lines.start - above, lines.stop - above)
        self._id = first_id
        self._said = _texts(_blocks(section, start, end)) if self._lines else []

    def of(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks, with the words marked of those that are quoted in part, and the lines of code
        that are quoted apart from the others."""
        parts = (part for block in blocks for part in _parts(block, self._lines))
        return tuple(map(self._marked, parts))

    def attributes(self, block: Node) -> str:
        """What stands in the tag of a block."""
        if not has(block, self._lines):
            return ""
        own, self._id = self._id, ""
        in_part = isinstance(block, Paragraph) and any(span.quoted for span in block.spans)
        return ("" if in_part else ' class="quoted"') + (f' id="{own}"' if own else "")

    def _marked(self, block: Block) -> Block:
        if not has(block, self._lines):
            return block
        match block:
            case Paragraph():
                return replace(block, spans=self._of_spans(block.spans))
            case Listing():
                return replace(block, items=tuple(map(self._of_item, block.items)))
            case Quotation():
                return replace(block, blocks=self.of(block.blocks))
            case _:
                return block

    def _of_item(self, item: Item) -> Item:
        return replace(item, blocks=self.of(item.blocks))

    def _of_spans(self, spans: Spans) -> Spans:
        """The spans of a text, cut where the quote begins or ends within it."""
        text = "".join(span.text for span in spans)
        if text in self._said:
            return spans
        # A quote goes on from block to block: only its first and its last may be in part.
        for said in (*self._said[:1], *self._said[-1:]):
            if said and (place := text.find(said)) >= 0:
                return tuple(_cut(spans, place, place + len(said)))
        return spans


def has(node: Node, lines: range) -> bool:
    """Whether a block has one of some lines."""
    return node.first < lines.stop and node.last > lines.start and bool(lines)


def of_lines(code: Code, lines: range) -> Code | None:
    """What some lines have of code; None where that is nothing but what opens or closes it."""
    rows = code.text.split("\n")
    # In a fence it stands a line below the one that opens it.
    top = code.first + (code.last - code.first > len(rows))
    first, last = max(lines.start, top), min(lines.stop, top + len(rows))
    said = [number for number in range(first, last) if rows[number - top].strip()]
    if not said:
        return None
    first, last = said[0], said[-1] + 1
    return replace(code, first=first, last=last, text="\n".join(rows[first - top : last - top]))


def _parts(block: Block, lines: range) -> Iterator[Block]:
    """A block; of code that has some of the lines what is above them, they, and what is below."""
    quoted = of_lines(block, lines) if isinstance(block, Code) and has(block, lines) else None
    if not isinstance(block, Code) or quoted is None or quoted.text == block.text:
        yield block
        return
    above, below = range(block.first, lines.start), range(lines.stop, block.last)
    yield from filter(None, (of_lines(block, above), quoted, of_lines(block, below)))


def _blocks(section: Section, start: int, end: int) -> Sequence[Block]:
    if section.is_markdown:
        return parsed(commonmark(section, start, end))
    return paragraphs(section.text[start:end])


def _texts(blocks: Sequence[Block]) -> list[str]:
    """What the blocks of a quote say, each by itself."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append("".join(span.text for span in block.spans))
            case Listing():
                found += (text for item in block.items for text in _texts(item.blocks))
            case Quotation():
                found += _texts(block.blocks)
            case Code() | Table():
                found.append("")
    return found


def _cut(spans: Spans, start: int, end: int) -> Iterator[Span]:
    place = 0
    for span in spans:
        if not span.text:
            # The number of a quote belongs to the words before it.
            yield replace(span, quoted=place == end)
        first, last = (min(max(one - place, 0), len(span.text)) for one in (start, end))
        place += len(span.text)
        for text, quoted in (
            (span.text[:first], False),
            (span.text[first:last], True),
            (span.text[last:], False),
        ):
            if text:
                yield replace(span, text=text, quoted=quoted)


NO_MARKING = Marking(Section("text", ""), 0, 0)
"""Marks nothing."""
