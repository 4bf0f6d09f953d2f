"""Columns of a terminal: how many a text takes, and how it wraps.

`wcwidth` knows all scripts, and the escape sequences of colours, but its import is a twentieth of
the processor time of a question (12 ms). Where every character has one column, as in nearly all of
the glossary, the standard library says the same.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

_NARROW = re.compile(
    "["
    " -~\n"
    "\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff"  # Latin, without the soft hyphen
    "\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u03ff"  # Greek
    "\u2010-\u2027\u2030-\u205e"  # punctuation
    "\u1d2c-\u1d6a\u2070-\u209c\u2c7c-\u2c7d"  # indices and exponents
    "\u2100-\u214f\u2190-\u22ff"  # letters, arrows, operators
    "\u2500-\u259f"  # lines and blocks
    "]*"
)

# `wcwidth` takes time that is quadratic in the length of a word (15 s for 50,000 characters): what
# no text of people has is wrapped piece by piece, each of whole escape sequences.
_LONG_WORD = re.compile(r"\S{2000}")
_PIECE = re.compile(r"(?:\x1b\[[\d;]*m|[\s\S]){1,2000}")

# Marks that begin no line where words are not written apart, two columns each; a line keeps room
# for two of them. Narrower lines are left.
_CLOSING = "、。，．！？：；）〕］｝〉》」』】…ー"
_CLOSES = re.compile(rf"(?P<before>[ ]*(?:\x1b\[[\d;]*m)*)(?P<marks>[{_CLOSING}]{{1,2}})")
_MARKS = re.compile(rf"[{_CLOSING}]")
_ROOM = 4
_WIDE_ENOUGH = 20


def columns(text: str) -> int:
    """How many columns a line without escape sequences takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    import wcwidth

    return wcwidth.wcswidth(text)


def wrapped(text: str, width: int, indent: str = "", *, breaks_words: bool = True) -> list[str]:
    """The lines of a text, of at most `width` columns; those after the first are indented.

    Args:
        breaks_words: whether a word that is longer than a line is broken; else it sticks out.
    """
    if _NARROW.fullmatch(text):
        lines = textwrap.wrap(
            text,
            width,
            subsequent_indent=indent,
            break_long_words=breaks_words,
            break_on_hyphens=False,
        )
        # It keeps one of two spaces where a line ends.
        return [line.rstrip() for line in lines]
    import wcwidth

    keeps_room = width >= _WIDE_ENOUGH and _MARKS.search(text) is not None
    pieces = _PIECE.findall(text) if _LONG_WORD.search(text) else [text]
    lines = [
        line
        for number, piece in enumerate(pieces)
        for line in wcwidth.wrap(
            piece,
            width - _ROOM * keeps_room,
            initial_indent=indent if number else "",
            subsequent_indent=indent,
            break_long_words=breaks_words,
            break_on_hyphens=False,
        )
    ]
    return _closed(lines) if keeps_room else lines


def _closed(lines: Sequence[str]) -> list[str]:
    """Lines of which none begins with marks that close what is above: these stand behind it."""
    closed: list[str] = []
    for line in lines:
        found = _CLOSES.match(line) if closed else None
        if not found:
            closed.append(line)
            continue
        closed[-1] += found["marks"]
        if left := line[found.end() :]:
            closed.append(found["before"] + left)
    return closed


def padded(text: str, width: int) -> str:
    """A line with spaces up to `width` columns."""
    if _NARROW.fullmatch(text):
        return text.ljust(width)
    import wcwidth

    return wcwidth.ljust(text, width)


def beside(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Cells, each a list of lines, side by side."""
    for number in range(max(len(cell) for cell in cells)):
        lines = [cell[number] if number < len(cell) else "" for cell in cells]
        filled = [padded(line, width) for line, width in zip(lines, widths, strict=True)]
        yield "  ".join(filled).rstrip()
