"""Typeset pages as Markdown: lines of text with their sizes become headings and paragraphs.

18 pt  Leave                  # Leave {#page=1}
10 pt  Unused days are car-   Unused days are carried over.
10 pt  ried over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from entrywise.data.documents.conversion import writing

_LARGER = 1.12
"""How many times as large as the text a heading is at least; half a point of 10 is chance."""
_LONGEST_HEADING = 160
_LEVELS = 4
_BULLET = re.compile(r"[•◦‣▪●∙·–—*-]\s+(?=\S)|[•◦‣▪●]\s*(?=\S)")
_ENDS = (".", "!", "?", ":", ";", "…", '"', "”", ")")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " "})
_REPEATED = 3
"""Pages on which a line stands at the same height before it counts as their head or foot."""


class Line(NamedTuple):
    """A line of a page: its size in points, the number of the box that it is in, and how high it
    stands, from 0 at the foot to 1."""

    text: str
    size: float
    is_bold: bool
    box: int
    height: float


def as_markdown(pages: Sequence[Sequence[Line]]) -> str:
    """What typeset pages say. Without headings each page is a section."""
    pages = _without_margins(pages)
    sizes = _heading_sizes(pages)
    read = [list(_blocks(lines, sizes)) for lines in pages]
    tops = [number for number, found in enumerate(read) for level, _ in found if level == 1]
    # One that is the largest of all, on the first page, is the title; several are chapters.
    below = 0 if tops == [0] else 1
    blocks: list[str] = []
    is_headed = False
    for number, found in enumerate(read, start=1):
        if any(level for level, _ in found):
            is_headed = True
        elif not is_headed and len(pages) > 1 and found:
            blocks.append(writing.heading(2, f"Page {number}", f"page={number}"))
        for level, text in found:
            if level:
                heading = writing.escaped(text)
                blocks.append(writing.heading(level + below, heading, f"page={number}"))
            elif blocks and _goes_on(blocks[-1], text):
                blocks[-1] = _joined(blocks[-1], writing.escaped(text))
            else:
                blocks.append(_written(text))
    return "\n\n".join(filter(None, blocks))


def _without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without what stands at the same place of many, and without their numbers."""

    def key(line: Line) -> tuple[str, float]:
        return re.sub(r"\d+", "#", line.text.lower()), line.height

    counts = Counter(one for lines in pages for one in {key(line) for line in lines})
    most = max(_REPEATED, len(pages) // 3)

    def is_margin(line: Line) -> bool:
        is_outer = line.height < 0.1 or line.height > 0.88
        return is_outer and (counts[key(line)] >= most or line.text.strip("-–— ").isdecimal())

    return [[line for line in lines if not is_margin(line)] for lines in pages]


def _heading_sizes(pages: Sequence[Sequence[Line]]) -> dict[float, int]:
    """The sizes of headings, with their levels."""
    letters: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        letters[line.size] += len(line.text)
    if not letters:
        return {}
    body = letters.most_common(1)[0][0]
    larger = sorted((size for size in letters if size >= body * _LARGER), reverse=True)
    levels = {size: min(level, _LEVELS) for level, size in enumerate(larger, start=1)}
    return levels | {-body: min(len(levels) + 1, _LEVELS + 1)}


def _blocks(lines: Sequence[Line], sizes: dict[float, int]) -> Iterator[tuple[int, str]]:
    """Headings with their levels, and paragraphs with 0."""
    for box in _boxes(lines):
        run: list[str] = []
        run_level = 0
        for line in box:
            text = line.text.translate(_LIGATURES)
            level = _level(line, box, sizes)
            if run and (level != run_level or _BULLET.match(text)):
                yield run_level, _lines_joined(run)
                run = []
            run.append(text)
            run_level = level
        if run:
            yield run_level, _lines_joined(run)


def _level(line: Line, box: Sequence[Line], sizes: dict[float, int]) -> int:
    if len(line.text) > _LONGEST_HEADING or not any(map(str.isalpha, line.text)):
        return 0
    if line.size in sizes:
        return sizes[line.size]
    stands_alone = len(box) == 1 and line.is_bold and not line.text.endswith((".", ",", ";"))
    return sizes.get(-line.size, 0) if stands_alone and len(line.text) < 80 else 0


def _boxes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    box: list[Line] = []
    for line in lines:
        if box and line.box != box[-1].box:
            yield box
            box = []
        box.append(line)
    if box:
        yield box


def _lines_joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = _joined(text, line)
    return text


def _joined(text: str, line: str) -> str:
    """A text with its next line; a word that is hyphenated between them is one again.

    >>> _joined("are car-", "ried over"), _joined("the GPT-", "4 model"), _joined("one", "two")
    ('are carried over', 'the GPT-4 model', 'one two')
    """
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if re.search(r"[^\W\d_]-$", text):
        return (text[:-1] if line[:1].islower() else text) + line
    return f"{text} {line}"


def _goes_on(block: str, text: str) -> bool:
    """Whether a paragraph goes on in another box, or on the next page."""
    if block.startswith(("#", "- ")) or _BULLET.match(text):
        return False
    return not block.endswith(_ENDS) and text[:1].islower()


def _written(text: str) -> str:
    bullet = _BULLET.match(text)
    if bullet and not text.startswith(("*", "–", "—", "-")):
        return writing.item("-", [writing.paragraph(writing.escaped(text[bullet.end() :]))])
    return writing.paragraph(writing.escaped(text))
