"""Definition lists in Markdown: a term in bold, above what it means.

    Cell                      **Cell**
    :   One voltage.    ─▶    One voltage.

Terms and definitions are those of PHP Markdown Extra, which most generators know. A heading may be
a term, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_DEFINITION = re.compile(r" {0,3}:[ \t]+(?=\S)")
_TERM = re.compile(r" {0,3}(?=[^\s#>|:+*=~`!-]|\*\*|`[^`])(?!\d+[.)]\s)")
"""How a line begins that may be one: as no heading, quotation, row, item or fence does."""
_HEADING = re.compile(r"#{1,6}\s")
_MOST, _LONGEST = 5, 60
"""Terms of one definition, and characters of each where there are several."""


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
        if not term or number not in self._terms:
            return line
        return f"**{term}**" + ("\\" if number + 1 in self._terms else "")


def _terms(lines: Sequence[str]) -> Iterator[int]:
    """Terms are the lines of a short paragraph that a definition is below, with or without an empty
    line between, which begins a list or follows another's definition: one, or several that mean the
    same."""
    for number, line in enumerate(lines):
        if not _DEFINITION.match(line):
            continue
        last = number - 1
        if last > 0 and not lines[last].strip():
            last -= 1
        first = last + 1
        while first > 0 and last - first + 1 < _MOST and _TERM.match(lines[first - 1]):
            first -= 1
        above = lines[first - 1] if first else ""
        is_apart = not above.strip() or above[0].isspace() or _DEFINITION.match(above)
        if is_apart and (first == last or (last == number - 1 and _are(lines[first:number]))):
            yield from range(first, last + 1)


def _are(lines: Sequence[str]) -> bool:
    """Whether lines are terms, and no lines of a paragraph."""
    if len({line.lstrip()[:1].islower() for line in lines}) > 1:
        return False
    return all(len(line) <= _LONGEST and not line.rstrip().endswith(".") for line in lines)


def _definitions(lines: Sequence[str], terms: frozenset[int]) -> Iterator[int]:
    # A quote may begin with one.
    is_list = True
    for number, line in enumerate(lines):
        if number in terms:
            is_list = True
        elif _DEFINITION.match(line):
            if is_list:
                yield number
        elif line.strip() and not line[0].isspace():
            # What stands below a heading tells of it, as of a term.
            is_list = _HEADING.match(line) is not None and not any(
                below.strip() for below in lines[number + 1 : number + 2]
            )
