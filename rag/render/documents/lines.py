"""Lines of a quote: for a terminal, which has a width and perhaps colours, and for plain text.

Text is wrapped, and what is below an item hangs under it; code is indented, and neither it nor an
address is broken; a table has columns where they fit, else its rows stand below each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from entrywise.rag.answer import Citation
from entrywise.rag.render.columns import beside, columns, wrapped
from entrywise.rag.render.documents.groups import groups
from entrywise.rag.render.documents.spans import BREAK, Span, is_absolute
from entrywise.rag.render.documents.tree import (
    Block,
    Code,
    Listing,
    Paragraph,
    Quotation,
    Row,
    Spans,
    Table,
)
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.style import Style

INDENT = " " * 4
"""What code stands behind."""
_BULLET = "• "
_BAR = "│ "
_NARROWEST = 20
_NARROWEST_COLUMN = 12
"""Narrower columns than this break most words."""
_LONGEST_ADDRESS = 120
"""Characters of an address that is shown whole."""
_WIDEST_COLUMN = 48
"""Where nothing bounds a line, a longer cell than this moves the ones behind it."""


@dataclass(frozen=True, slots=True)
class Form:
    """How lines look: at most `width` columns where there is one; `mark` says what stands behind a
    text that cites; tables stand behind `table_indent`; links that lead out have their addresses
    behind them where it `has_addresses`."""

    width: int | None
    style: Style
    mark: Callable[[int], str]
    table_indent: str = ""
    has_addresses: bool = True

    def narrower(self, by: int) -> Form:
        """This form with `by` columns less."""
        width = self.width and max(_NARROWEST, self.width - by)
        return replace(self, width=width)


def excerpt_lines(cited: Sequence[Citation], form: Form) -> list[str]:
    """The lines of quotes that are Markdown, each with its mark."""
    return lines_of([block for group in groups(cited) for block in group.marked], form)


def lines_of(blocks: Sequence[Block], form: Form) -> list[str]:
    """The lines of blocks, with an empty one between them; marks stand right below what they are
    for."""
    lines: list[str] = []
    for block in blocks:
        said = list(_lines(block, form))
        lines += ["", *said] if lines and said and not _is_marks(block) else said
    return lines


def cells_of(row: Row, form: Form) -> list[str]:
    """What the cells of a row say, each on one line."""
    return [_cell(cell, form) for cell in row.cells]


def _lines(block: Block, form: Form) -> Iterable[str]:
    match block:
        case Paragraph():
            # A picture that nothing describes has no line.
            text = _text(block.spans, form, strong=block.is_title)
            return _wrapped(text, form.width) if text else ()
        case Code():
            lines = block.text.expandtabs(len(INDENT)).split("\n")
            return (INDENT + form.style.accent(line) if line else INDENT for line in lines)
        case Table():
            return _table(block, form)
        case Listing():
            return _listing(block, form)
        case Quotation() if form.width is None:
            return lines_of(block.blocks, form)
        case Quotation():
            inside = lines_of(block.blocks, form.narrower(len(_BAR)))
            return (form.style.dim(_BAR) + line for line in inside)


def _listing(listing: Listing, form: Form) -> Iterator[str]:
    # Numbers may begin anywhere; the last one is the widest.
    size = len(_BULLET)
    if listing.start is not None:
        size = len(f"{listing.start + len(listing.items) - 1}. ")
    inner = form.narrower(size)
    is_apart = False
    for number, item in enumerate(listing.items):
        if is_apart:
            yield ""
        bullet = "" if item.is_task else _BULLET
        sign = bullet if listing.start is None else f"{listing.start + number}. ".ljust(size)
        lines = _tight(item.blocks, inner) or [""]
        yield (sign + lines[0]).rstrip()
        yield from (" " * size + line if line else "" for line in lines[1:])
        is_apart = not listing.is_tight or "" in lines[1:]


def _tight(blocks: Sequence[Block], form: Form) -> list[str]:
    """The lines of an item: a list right below its text."""
    lines: list[str] = []
    for block in blocks:
        said = list(_lines(block, form))
        is_right_below = isinstance(block, Listing) or _is_marks(block)
        lines += said if is_right_below or not (lines and said) else ["", *said]
    return lines


def _is_marks(block: Block) -> bool:
    return isinstance(block, Paragraph) and all(span.mark is not None for span in block.spans)


def _text(spans: Spans, form: Form, *, strong: bool = False) -> str:
    """A text with its styles and marks; a link that leads out has its address behind it."""
    pieces: list[str] = []
    for link, inside in groupby(spans, key=lambda span: span.link):
        linked = list(inside)
        pieces += (_styled(span, form, strong=strong) for span in linked)
        said = "".join(span.text for span in linked)
        leads_out = form.has_addresses and is_absolute(link)
        if link and leads_out and link.removeprefix("mailto:") != said:
            pieces.append(f" ({_address(link)})")
    return "".join(pieces).strip()


def _address(link: str) -> str:
    """An address; of one that nobody could read, as those that hold a whole program, its host."""
    if len(link) <= _LONGEST_ADDRESS:
        return link
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}/…" if parts.netloc else f"{link[:_LONGEST_ADDRESS]}…"


def _styled(span: Span, form: Form, *, strong: bool) -> str:
    if span.mark is not None:
        return form.mark(span.mark)
    if span.code:
        return form.style.accent(span.text)
    text = readable(span.text)
    if not text.strip():
        return text
    return form.style.bold(text) if strong or span.strong or span.emphasis else text


def _wrapped(text: str, width: int | None, indent: str = "") -> list[str]:
    lines = text.split(BREAK)
    if width is None:
        return [line.strip() for line in lines]
    return [
        part
        for line in lines
        # Terminals wrap an address that sticks out, and still know it as one.
        for part in wrapped(line.strip(), width, indent, breaks_words="://" not in line)
    ]


def _table(table: Table, form: Form) -> Iterator[str]:
    # Nothing is measured with its colours, and no column is as wide as an address above it.
    plain = replace(form, style=Style(False))
    header, named = (
        [_cell(cell, replace(one, has_addresses=False)) for cell in table.header.cells]
        for one in (form, plain)
    )
    rows, measured = ([cells_of(row, one) for row in table.rows] for one in (form, plain))
    sizes = [max(map(columns, column)) for column in zip(named, *measured, strict=True)]
    inner = form.narrower(len(form.table_indent))
    widths = _fitting(sizes, inner.width)
    if widths is None:
        yield from _stacked(header, rows, inner)
        return
    said = [form.style.bold(cell) if cell else "" for cell in header]
    if any(header):
        yield from (form.table_indent + line for line in _beside(said, widths, form))
        if form.width is not None:
            yield form.table_indent + form.style.dim("─" * (sum(widths) + 2 * (len(widths) - 1)))
    for row in rows:
        yield from (form.table_indent + line for line in _beside(row, widths, form))


def _cell(spans: Spans, form: Form) -> str:
    return _text(spans, form).replace(BREAK, " ")


def _fitting(sizes: Sequence[int], room: int | None) -> list[int] | None:
    """The widths of columns that have room side by side, or None: each as wide as it needs, and the
    widest share what is left."""
    if room is None:
        return [min(size, _WIDEST_COLUMN) for size in sizes]
    left = room - 2 * (len(sizes) - 1)
    widths = [0] * len(sizes)
    for number, place in enumerate(sorted(range(len(sizes)), key=lambda place: sizes[place])):
        widths[place] = min(sizes[place], left // (len(sizes) - number))
        left -= widths[place]
        if widths[place] < min(sizes[place], _NARROWEST_COLUMN):
            return None
    return widths


def _beside(cells: Sequence[str], widths: Sequence[int], form: Form) -> Iterator[str]:
    if form.width is None:
        return beside([[cell] for cell in cells], widths)
    return beside(
        [wrapped(cell, max(width, 1)) for cell, width in zip(cells, widths, strict=True)], widths
    )


def _stacked(header: Sequence[str], rows: Sequence[Sequence[str]], form: Form) -> Iterator[str]:
    """The rows of a table below each other, each cell behind the name of its column."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, cell in zip(header, row, strict=True):
            if cell:
                said = f"{form.style.bold(name)}: {cell}" if name else cell
                yield from (form.table_indent + line for line in _wrapped(said, form.width, "  "))
    if not rows:
        yield from (form.table_indent + line for line in _wrapped(", ".join(header), form.width))
