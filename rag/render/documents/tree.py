"""The tree of a quote: what its Markdown says, in a few kinds of blocks.

    - **Mind** the `gap`    ─▶    Listing of an Item of a Paragraph of
                                  Span("Mind", strong=True), Span(" the "), Span("gap", code=True)

Known is CommonMark with tables. Tags of HTML that only say how a text looks vanish, all others are
text. No text has control characters, which could steer a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from entrywise.data.documents.dialects.fences import label_of, language_of
from entrywise.data.documents.parsing.addresses import with_addresses
from entrywise.data.documents.parsing.formulas import with_formulas
from entrywise.data.documents.parsing.tables import with_tables
from entrywise.data.documents.remarks import Remark
from entrywise.rag.render.documents.spans import BREAK, Span, html_spans, inline_spans
from entrywise.rag.render.escape import printable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_BEFORE_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*+•][ \t]|\d+[.)][ \t]))")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")

_TASK = re.compile(r"\[([ xX])\](?= )")
_OPEN, _DONE = "☐", "☑"

Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of the lines of the source, from `first` to `last` (exclusive)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    """Text; a title where it is a heading."""

    spans: Spans
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Code(Node):
    """Code, without a line break at its end."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row(Node):
    """A row of a table."""

    cells: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A table; its header has as many cells as each of its rows."""

    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Item(Node):
    """An item of a list; one of a list of tasks (`- [x] …`) begins with a box."""

    blocks: tuple[Block, ...]
    is_task: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """A list, numbered from `start` where it is numbered; `is_tight` if no blank line is between
    its items."""

    start: int | None
    items: tuple[Item, ...]
    is_tight: bool = True

    @property
    def has_tasks(self) -> bool:
        """Whether its items are tasks."""
        return self.start is None and any(item.is_task for item in self.items)


@dataclass(frozen=True, slots=True)
class Quotation(Node):
    """What the document quotes, or sets apart as a remark of some kind, such as "warning"."""

    blocks: tuple[Block, ...]
    remark: str = ""


Block: TypeAlias = Paragraph | Code | Table | Listing | Quotation


def parsed(source: str) -> tuple[Block, ...]:
    """The blocks of CommonMark with tables. A link whose address stands elsewhere in its document
    is its text."""
    from markdown_it.common.utils import normalizeReference
    from markdown_it.tree import SyntaxTreeNode

    labels = (found[2] or found[1] for found in _REFERENCE.finditer(source))
    absent = (label for label in labels if f"[{label}]:" not in source)
    known = {normalizeReference(label): {"title": "", "href": ""} for label in absent}
    return tuple(_blocks(SyntaxTreeNode(_parser().parse(source, {"references": known})).children))


def with_remarks(blocks: Sequence[Block], remarks: Sequence[Remark]) -> tuple[Block, ...]:
    """Blocks, those whose lines are in a remark together in one; also in items of lists."""
    if not remarks:
        return tuple(blocks)
    found: list[Block] = []
    for remark, together in groupby(blocks, lambda block: _holding(block, remarks)):
        if remark is None:
            found += (_with_remarks_inside(block, remarks) for block in together)
            continue
        inside = tuple(together)
        # A remark may be written as a quotation.
        match inside:
            case (Quotation(blocks=quoted),):
                inside = quoted
        found.append(Quotation(remark.lines.start, remark.lines.stop, inside, remark.kind))
    return tuple(found)


def _with_remarks_inside(block: Block, remarks: Sequence[Remark]) -> Block:
    match block:
        case Listing():
            items = (
                replace(item, blocks=with_remarks(item.blocks, remarks)) for item in block.items
            )
            return replace(block, items=tuple(items))
        case _:
            return block


def _holding(block: Block, remarks: Sequence[Remark]) -> Remark | None:
    return next((one for one in remarks if block.first in one.lines), None)


def paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs of plain text: empty lines part them, and items of a list keep their lines."""
    found = []
    lines = enumerate(text.split("\n"))
    for says, run in groupby(lines, lambda line: bool(line[1].strip())):
        if says:
            numbers, said = zip(*run, strict=True)
            spans = _lines_of(Span(printable("\n".join(said).strip())))
            found.append(Paragraph(numbers[0], numbers[-1] + 1, spans))
    return tuple(found)


def _lines_of(span: Span) -> Spans:
    lines = _BEFORE_ITEM.split(span.text)
    return tuple(
        piece
        for number, line in enumerate(lines)
        for piece in ([Span(BREAK)] if number else []) + [Span(" ".join(line.split()))]
    )


def marked(blocks: Sequence[Block], numbers: Iterable[int]) -> tuple[Block, ...]:
    """Blocks with marks behind the last of them: on a line of their own behind code and tables."""
    marks = tuple(Span("", mark=number) for number in numbers)
    *before, last = blocks or (Paragraph(0, 0, ()),)
    match last:
        case Paragraph():
            return (*before, replace(last, spans=(*last.spans, *marks)))
        case Listing(items=(*items, item)):
            inside = replace(item, blocks=marked(item.blocks, _numbers(marks)))
            return (*before, replace(last, items=(*items, inside)))
        case Quotation():
            return (*before, replace(last, blocks=marked(last.blocks, _numbers(marks))))
    return (*before, last, Paragraph(last.last, last.last, marks))


def _numbers(marks: Iterable[Span]) -> Iterator[int]:
    return (mark.mark for mark in marks if mark.mark is not None)


@cache
def _parser() -> MarkdownIt:
    # Whoever asks for terms reads no Markdown, and would wait for it.
    from markdown_it import MarkdownIt

    parser = with_tables(MarkdownIt("commonmark"), bars_in_code=True)
    parser = with_addresses(with_formulas(parser))
    # Which links lead anywhere is for each format to say; none is shown as its source.
    # A method is replaced, as the library's documentation does: mypy takes that for a mistake.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        first, last = node.map or (0, 0)
        if node.type in ("paragraph", "heading"):
            yield Paragraph(first, last, _inline(node), is_title=node.type == "heading")
        elif node.type in ("fence", "code_block"):
            text = printable(node.content).strip("\n")
            if not text.strip():
                continue
            if label := label_of(node.info):
                yield Paragraph(first, first, (Span(printable(label), strong=True),))
            yield Code(first, last, text, printable(language_of(node.info)))
        elif node.type == "html_block":
            if spans := html_spans(node.content):
                yield Paragraph(first, last, spans)
        elif node.type == "table":
            yield _table(node)
        elif node.type in ("bullet_list", "ordered_list"):
            yield _listing(node)
        elif node.type == "blockquote":
            yield Quotation(first, last, tuple(_blocks(node.children)))


def _listing(node: SyntaxTreeNode) -> Listing:
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    items = tuple(
        _item(*(item.map or (0, 0)), tuple(_blocks(item.children))) for item in node.children
    )
    # A paragraph is hidden where no blank line is between it and the next item.
    tight = all(
        child.type != "paragraph" or child.hidden
        for item in node.children
        for child in item.children
    )
    return Listing(*(node.map or (0, 0)), start, items, tight)


def _item(first: int, last: int, blocks: tuple[Block, ...]) -> Item:
    match blocks:
        case (Paragraph(spans=(Span(code=False) as opening, *spans)) as text, *rest):
            if task := _TASK.match(opening.text):
                box = _OPEN if task[1] == " " else _DONE
                said = replace(opening, text=f"{box}{opening.text[task.end() :]}")
                told = replace(text, spans=(said, *spans))
                return Item(first, last, (told, *rest), is_task=True)
    return Item(first, last, blocks)


def _table(node: SyntaxTreeNode) -> Table:
    header, *rows = (
        Row(*(row.map or part.map or (0, 0)), tuple(map(_inline, row.children)))
        for part in node.children
        for row in part.children
    )
    return Table(*(node.map or (0, 0)), header, tuple(rows))


def _inline(node: SyntaxTreeNode) -> Spans:
    inline = node.children[0] if node.children else None
    tokens = (inline.token.children or []) if inline and inline.token else []
    end = next((n for n, token in enumerate(tokens) if token.type == "softbreak"), 0)
    if not _are_title(tokens[:end]):
        return inline_spans(tokens)
    return (*inline_spans(tokens[:end]), Span(BREAK), *inline_spans(tokens[end + 1 :]))


def _are_title(tokens: Sequence[Token]) -> bool:
    """Whether a line is bold words alone, which stand above what follows."""
    kinds = [token.type for token in tokens if token.content or token.type != "text"]
    ends = kinds[:1], kinds[-1:]
    return ends == (["strong_open"], ["strong_close"]) and kinds.count("strong_open") == 1
