"""Lists of definitions: a term in bold, above what it means.

    Cell                      **Cell**
    :   One voltage.    ─▶    One voltage.

Terms and definitions are those of PHP Markdown Extra, which most generators know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_DEFINITION = re.compile(r" {0,3}:[ \t]+(?=\S)")
_TERM = re.compile(r" {0,3}(?=[^\s#>|:+*=~`!-]|\*\*|`[^`])(?!\d+[.)]\s)")
"""How a line begins that may be one: as no heading, quotation, row, item or fence does."""


class Definitions:
    """The terms and definitions of a text, by the numbers of their lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._terms: frozenset[int] = frozenset(_terms(lines))
        self._definitions = frozenset(_definitions(lines, self._terms))

    def has(self, number: int) -> bool:
        """Whether a line begins a definition; what belongs to it is indented below."""
        return number in self._definitions

    def shown(self, line: str, number: int) -> str:
        """What a line outside code is where it is a term, or begins a definition; itself else."""
        if number in self._definitions:
            return _DEFINITION.sub("", line, count=1)
        term = line.strip().replace("*", "")
        return f"**{term}**" if term and number in self._terms else line


def _terms(lines: Sequence[str]) -> Iterator[int]:
    """A term is a paragraph of one line that a definition is below, with or without an empty line
    between, and begins a list or follows another's definition."""
    for number, line in enumerate(lines):
        if not _TERM.match(line) or not _is_defined(lines, number):
            continue
        above = lines[number - 1] if number else ""
        if not above.strip() or above[0].isspace() or _DEFINITION.match(above):
            yield number


def _is_defined(lines: Sequence[str], number: int) -> bool:
    below = [line for line in lines[number + 1 : number + 3] if line.strip()]
    return bool(below) and _DEFINITION.match(below[0]) is not None


def _definitions(lines: Sequence[str], terms: frozenset[int]) -> Iterator[int]:
    is_list = False
    for number, line in enumerate(lines):
        if number in terms:
            is_list = True
        elif _DEFINITION.match(line):
            if is_list:
                yield number
        elif line.strip() and not line[0].isspace():
            is_list = False
