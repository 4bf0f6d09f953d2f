"""Converts typeset pages to Markdown: lines of text with their sizes become headings and
paragraphs.

18 pt  Leave                  # Leave {#page=1}
10 pt  Unused days are car-   Unused days are carried over.
10 pt  ried over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from textwrap import dedent
from typing import NamedTuple

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.conversion.aligned_lines import is_header
from entrywise.data.documents.conversion.typeset.bookmarks import Bookmark, with_bookmarks
from entrywise.data.documents.conversion.typeset.cells import joined
from entrywise.data.documents.conversion.typeset.footnotes import without_notes
from entrywise.data.documents.conversion.typeset.lines import LARGER, Line, usual_size
from entrywise.data.documents.conversion.typeset.margins import without_contents, without_margins
from entrywise.data.documents.conversion.typeset.table_parts import with_whole_tables

_LONGEST_HEADING = 160
_SENTENCE = 8
"""Words from which on what ends with a full stop is a sentence, and no heading."""
_LEVELS, _DEEPEST = 4, 6
_TITLE_LINES = 2
"""Lines of a title that is set as large as the text."""
# Those of fonts of pictures stand for nothing that Unicode knows.
_BULLET = re.compile(r"[•◦‣▪●∙·–—*-]\s+(?=\S)|[•◦‣▪●\ue000-\uf8ff]\s*(?=\S)|\ufffd+\s+(?=\S)")
_NUMBER = re.compile(r"\(?(?P<number>\d{1,2})(?P<point>[.)]?)(?=\s|$)")
_ENDS = (".", "!", "?", ":", ";", "…", '"', "”", ")")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " "})


class _Sizes(NamedTuple):
    """The size of most letters, {size: level} of headings, which are larger, and the level of those
    that are no larger, but bold."""

    text: float
    levels: Mapping[float, int]
    lowest: int


class Block(NamedTuple):
    """A heading with its level, or what is none, with 0: a paragraph, an item, numbered or not, or
    a table or code as Markdown, or the title of the text below that is no larger than it; and its
    size, and whether it is bold."""

    text: str
    level: int = 0
    number: int = 0
    is_whole: bool = False
    is_title: bool = False
    style: tuple[float, bool] = (0.0, False)


def as_markdown(
    pages: Sequence[Sequence[Line]], bookmarks: Sequence[Sequence[Bookmark]] = ()
) -> str:
    """What typeset pages say. Without headings each page is a section.

    Args:
        bookmarks: those that lead to each page, in their order.
    """
    pages, notes = without_notes(_with_marks(without_contents(without_margins(pages))))
    pages = with_whole_tables(pages)
    if bookmarks:
        pages = with_bookmarks(pages, bookmarks)
    sizes = _sizes(pages)
    read = _by_style([list(_blocks(lines, sizes)) for lines in pages])
    read = _with_texts(read, sizes.lowest)
    tops = [number for number, found in enumerate(read) for one in found if one.level == 1]
    # One that is the largest of all, on the first page, is the title; several are chapters.
    below = 0 if tops == [0] and sizes.lowest > 1 else 1
    blocks: list[str] = []
    left: list[str] = []
    """Footnotes that come behind what goes on."""
    is_headed = is_titled = False
    for number, found in enumerate(read, start=1):
        if any(one.level for one in found):
            is_headed = True
        elif not is_headed and len(pages) > 1 and found:
            blocks += [*left, writing.heading(2, f"Page {number}", f"page={number}")]
            left = []
        for one in found:
            goes_on = bool(blocks) and (_goes_on(blocks[-1], one) or (is_titled and _is_text(one)))
            if left and not goes_on:
                blocks += left
                left = []
            if one.level:
                heading = writing.escaped(one.text)
                level = min(one.level + below, _DEEPEST)
                blocks.append(writing.heading(level, heading, f"page={number}"))
            elif goes_on:
                blocks[-1] = joined(blocks[-1], writing.escaped(one.text))
            else:
                blocks.append(_written(one))
            is_titled = one.is_title and not one.level
        left += (_written(one) for one in _blocks(notes[number - 1], sizes))
    return "\n\n".join(filter(None, [*blocks, *left]))


def _sizes(pages: Sequence[Sequence[Line]]) -> _Sizes:
    text = usual_size(pages)
    sizes = {line.size for lines in pages for line in lines}
    larger = sorted((size for size in sizes if size >= text * LARGER), reverse=True)
    levels = {size: min(level, _LEVELS) for level, size in enumerate(larger, start=1)}
    if marked := [line for lines in pages for line in lines if line.rank]:
        # What has no bookmark is a part of what has one, unless it is larger.
        most, lowest = max(line.size for line in marked), max(line.rank for line in marked)
        levels = {size: 1 if size > most else lowest + 1 for size in larger}
        return _Sizes(text, levels, lowest + 2)
    return _Sizes(text, levels, min(len(levels), _LEVELS) + 1)


def _blocks(lines: Sequence[Line], sizes: _Sizes) -> Iterator[Block]:
    """What a page says, in its order."""
    numbers = _numbers(lines)
    for box in _boxes(lines):
        if rank := box[0].rank:
            text = reduce(joined, (one.text.translate(_LIGATURES) for one in box))
            yield Block(text, rank, is_title=True, style=_style(box[0]))
            continue
        if box[0].code:
            yield Block(
                writing.code_block(dedent("\n".join(one.code for one in box))), is_whole=True
            )
            continue
        if box[0].cells:
            yield Block(_table(box), is_whole=True)
            continue
        run: list[str] = []
        last = Block("")
        for line in box:
            text = line.text.translate(_LIGATURES)
            level = _level(line, box, sizes)
            number = 0 if level else numbers.get(id(line), 0)
            if run and (level != last.level or number or _BULLET.match(text)):
                yield _whole(last, run)
                run = []
            if not run:
                last = Block("", level, number, is_title=line.is_title, style=_style(line))
            run.append(_behind(text) if number else text)
        if run:
            yield _whole(last, run)


def _whole(block: Block, lines: Sequence[str]) -> Block:
    """A block with what its lines say, which is no heading where that is long, or a sentence."""
    text = reduce(joined, lines)
    is_sentence = text.endswith((".", "。")) and (len(lines) > 1 or len(text.split()) >= _SENTENCE)
    if is_sentence or len(text) > _LONGEST_HEADING:
        return block._replace(text=text, level=0)
    return block._replace(text=text)


def _table(rows: Sequence[Line]) -> str:
    """A table; its first row is the header where it is bold alone, or one of many columns."""
    first, *below = [
        [writing.escaped(cell.translate(_LIGATURES)) for cell in row.cells] for row in rows
    ]
    is_marked = rows[0].is_bold and not all(row.is_bold for row in rows)
    if is_marked or len(first) > 2 or is_header(first, below):
        return writing.table(first, below)
    return writing.table([], [first, *below])


def _numbers(lines: Sequence[Line]) -> dict[int, int]:
    """The numbers of items by their lines: those that come one after the other, from 1."""
    found: dict[int, int] = {}
    chain: list[tuple[Line, int]] = []
    for line in [*lines, Line("1.", 0, False, 0, 0)]:
        told = _NUMBER.match(line.mark or line.text)
        # Without a point behind it, it stands apart from its text.
        number = int(told["number"]) if told and (told["point"] or line.mark) else 0
        if number == 1 and chain:
            if len(chain) > 1:
                found |= {id(one): place for one, place in chain}
            chain = []
        if number == len(chain) + 1:
            chain.append((line, number))
    return found


def _behind(text: str) -> str:
    """What stands behind the number of an item."""
    found = _NUMBER.match(text)
    return text[found.end() :].strip() if found else text


def _level(line: Line, box: Sequence[Line], sizes: _Sizes) -> int:
    if len(line.text) > _LONGEST_HEADING or not any(map(str.isalpha, line.text)):
        return 0
    if line.size in sizes.levels:
        return sizes.levels[line.size]
    is_bold = len(box) <= _TITLE_LINES and all(one.is_bold for one in box)
    is_short = sum(len(one.text) for one in box) < 80 and not box[-1].text.endswith((".", ",", ";"))
    is_title = (is_bold and is_short) or line.is_title
    return sizes.lowest if is_title and line.size >= sizes.text else 0


def _style(line: Line) -> tuple[float, bool]:
    return line.size, line.is_bold


def _boxes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines by what they are in; code that stands below each other is one."""
    box: list[Line] = []
    for line in lines:
        is_code = bool(line.code)
        if box and (is_code != bool(box[-1].code) or (line.box != box[-1].box and not is_code)):
            yield box
            box = []
        box.append(line)
    if box:
        yield box


def _with_marks(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages in which no line is code that is a heading, and none is code or bold where most of what
    they say would be."""
    least = usual_size(pages) * LARGER
    every = [(line, len(line.text)) for lines in pages for line in lines]
    half = sum(letters for _, letters in every) / 2
    is_code = sum(letters for line, letters in every if line.code) <= half
    is_bold = sum(letters for line, letters in every if line.is_bold) <= half

    def marked(line: Line) -> Line:
        code = line.code if is_code and line.size < least else ""
        return line._replace(code=code, is_bold=line.is_bold and is_bold)

    return [[marked(line) for line in lines] for lines in pages]


def _by_style(pages: Sequence[list[Block]]) -> list[list[Block]]:
    """Blocks in which headings of one level that are set in two ways are of two levels, where one
    stands right below the other: an article in bold above its first section in italics."""
    told = [one for blocks in pages for one in blocks]
    pairs = Counter(
        (a.level, a.style, b.style)
        for a, b in pairwise(told)
        if a.level == b.level > 0 and a.style != b.style
    )
    deeper = {
        (level, below)
        for (level, above, below), count in pairs.items()
        if count > pairs[level, below, above]
    }
    return [
        [one._replace(level=one.level + ((one.level, one.style) in deeper)) for one in blocks]
        for blocks in pages
    ]


def _with_texts(pages: Sequence[list[Block]], lowest: int) -> list[list[Block]]:
    """Blocks in which no heading has nothing below it, as then it would be lost: it is a text, and
    bold where it is no larger."""
    below = 1
    found: list[list[Block]] = []
    for blocks in reversed(pages):
        kept: list[Block] = []
        for one in reversed(blocks):
            is_empty = 0 < below <= one.level
            is_title = one.is_title or one.level >= lowest
            kept.append(one._replace(level=0, is_title=is_title) if is_empty else one)
            below = one.level
        found.append(kept[::-1])
    return found[::-1]


def _is_text(block: Block) -> bool:
    return not (block.is_whole or block.is_title or block.number or _BULLET.match(block.text))


def _goes_on(before: str, block: Block) -> bool:
    """Whether a paragraph goes on in another box, or on the next page."""
    if before.startswith(("#", "- ", "|", "```")) or not _is_text(block):
        return False
    return not before.endswith(_ENDS) and block.text[:1].islower()


def _written(block: Block) -> str:
    text = block.text
    if block.is_whole:
        return text
    if block.is_title:
        return writing.marked("**", writing.escaped(text))
    if block.number:
        return writing.item(f"{block.number}.", [writing.paragraph(writing.escaped(text))])
    bullet = _BULLET.match(text)
    if bullet and not text.startswith(("*", "–", "—", "-")):
        return writing.item("-", [writing.paragraph(writing.escaped(text[bullet.end() :]))])
    return writing.paragraph(writing.escaped(text))
