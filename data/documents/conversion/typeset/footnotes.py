"""Footnotes of typeset pages: what stands below their text, is smaller, and begins with a mark.

What a page ends with may go on in the next one; the notes between are read behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.conversion.typeset.lines import Line, usual_size

_SMALLER = 0.93
"""How large a note is at most, by the size of most letters."""
_BEGINS = re.compile(r"(?:\d{1,2}(?![\d.)])|[*†‡§])\s*[^\W\d_]")
_NUMBER = re.compile(r"\d{1,3}(?=\s|[^\W\d_])")


def without_notes(
    pages: Sequence[Sequence[Line]],
) -> tuple[list[list[Line]], list[list[Line]]]:
    """Pages without their footnotes, and the footnotes of each, in a box each."""
    most = usual_size(pages) * _SMALLER
    texts: list[list[Line]] = []
    notes: list[list[Line]] = []
    for lines in pages:
        start = _start(lines, most)
        texts.append(list(lines[:start]))
        box = 0
        found: list[Line] = []
        for line in lines[start:]:
            box += _BEGINS.match(line.text) is not None
            found.append(line._replace(box=box))
        notes.append(found)
    return texts, notes


def _start(lines: Sequence[Line], most: float) -> int:
    """The number of the line that the footnotes of a page begin with, or of all lines."""
    start = len(lines)
    while start and _may_be(lines[start - 1], most):
        start -= 1
    while start < len(lines) and not _BEGINS.match(lines[start].text):
        start += 1
    above = min((line.height for line in lines[:start]), default=0.0)
    is_below = all(line.height < above for line in lines[start:])
    return start if is_below and _is_counted(lines[start:]) else len(lines)


def _may_be(line: Line, most: float) -> bool:
    return line.size <= most and not (line.cells or line.code)


def _is_counted(lines: Sequence[Line]) -> bool:
    """Whether the numbers that lines begin with are those of notes, one after the other: each line
    of a program may have one."""
    told = [found for line in lines if (found := _NUMBER.match(line.text))]
    numbers = [int(found.group()) for found in told]
    return all(_BEGINS.match(found.string) for found in told) and numbers == list(
        range(numbers[0], numbers[0] + len(numbers)) if numbers else []
    )
