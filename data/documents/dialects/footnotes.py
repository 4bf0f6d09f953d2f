"""Footnotes: their numbers raised, as readers see them; a quote has marks in brackets of its own.

it floats.[^1]         it floats.¹
                  ─▶
[^1]: If empty.        ¹ If empty.

One with a name is called by it, `it floats.[ship]`: a section does not know which of the page's it
is. Wherever a note stands on its page, it belongs to what refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences
from entrywise.data.documents.plain_text import RAISED
from entrywise.data.entries import Block

# A colon behind a number that begins a line is the note's. The mark of a note with a name stands
# right behind what it is for: elsewhere "[^a-z]+" may be what is meant.
_OUTSIDE = re.compile(
    r"(?<!\\)\[\^(?P<number>[0-9]{1,3})\](?P<opens>:?)|"
    r"(?<=[\w.,;:!?)\]”’»*])\[\^(?!\w-\w\])(?P<name>[^\W\d_][\w-]*)\](?![\w*+?{(])|"
    rf"{OUTSIDE_CODE}"
)
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]:")
_MARK = re.compile(rf"(?<!\\)\[\^(?P<name>[^\]\s]+)\]|{OUTSIDE_CODE}")
_ENDS = re.compile(r"#{1,6}\s| {0,3}\[(?!\^)[^\[\]]+\]:\s*\S")
"""How a line begins that ends a note: a heading, or where a link leads."""


def is_note(line: str) -> bool:
    """Whether a line begins a note; what belongs to it is indented below."""
    return _NOTE.match(line) is not None


def ends_note(line: str) -> bool:
    """Whether a line right below a note is none of it."""
    return _ENDS.match(line) is not None


def with_raised_numbers(line: str) -> str:
    """A line outside code whose footnotes are raised numbers, or names in brackets, which are no
    links.

    >>> with_raised_numbers("it floats.[^1][^ship]")
    'it floats.¹\\\\[ship]'
    """
    if "[^" not in line or len(line) > LONGEST:
        return line
    note = _NOTE.match(line)
    if note and not note["name"].isdecimal():
        line = f"\\[{note['name']}]{line[note.end() :]}"
    return _OUTSIDE.sub(_replaced, line)


def _replaced(found: re.Match[str]) -> str:
    if found["name"]:
        return f"\\[{found['name']}]"
    if not found["number"]:
        return found.group()
    opens = found["opens"] if found.start() else ""
    return f"{found['number'].translate(RAISED)}{opens}"


class Notes:
    """The footnotes of a page, by their names."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._rows = dict(_notes(lines))
        self._first = {row: own.start for own in self._rows.values() for row in own}
        self._at = {row: name for name, own in self._rows.items() for row in own}
        self.gap = len(lines)
        """The row behind all, which stands for an empty one."""

    def __bool__(self) -> bool:
        return bool(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def rows(self, name: str) -> range:
        """The rows that a note stands in."""
        return self._rows[name]

    def at(self, row: int) -> str:
        """The note that a row stands in; empty where it stands in none."""
        return self._at.get(row, "")

    def referred(self, rows: Sequence[int]) -> set[str]:
        """The notes that some rows refer to, themselves or in a note that they refer to."""
        said = (self._lines[row] for row in rows if row not in self._first)
        found = self._named(said)
        waiting = [*found]
        while waiting:
            inner = self._named(self._lines[row] for row in self._rows[waiting.pop()]) - found
            found |= inner
            waiting += inner
        return found

    def _named(self, lines: Iterator[str]) -> set[str]:
        return {name for line in lines for name in _marks(line) if name in self._rows}

    def told_apart(
        self, blocks: Sequence[Block], rows: Sequence[int], text: str
    ) -> tuple[Block, ...]:
        """Blocks of a section, its notes as such: they belong to what refers to them first.

        Args:
            rows: in which rows the blocks begin.
            text: the section's.
        """
        if not self._rows:
            return tuple(blocks)
        referring: dict[str, int] = {}
        # First what is no note.
        order = sorted(range(len(blocks)), key=lambda number: rows[number] in self._first)
        for number in order:
            for name in _marks(text[blocks[number].start : blocks[number].end]):
                referring.setdefault(name, number)
        found: list[Block] = []
        note = -1
        for number, (block, row) in enumerate(zip(blocks, rows, strict=True)):
            first = self._first.get(row)
            if first == row:
                note = number
                lead = referring.get(self.at(row), -1)
                block = block._replace(kind="note", lead=lead if lead < number else -1)
            elif first is not None:
                block = block._replace(lead=max(block.lead, note))
            elif block.lead >= note >= 0:
                block = block._replace(lead=-1 if block.lead == note else block.lead)
            found.append(block)
        return tuple(found)


def _marks(text: str) -> Iterator[str]:
    """The names of the notes that a text refers to, outside code."""
    return (found["name"] for found in _MARK.finditer(text) if found["name"])


def _notes(lines: Sequence[str]) -> Iterator[tuple[str, range]]:
    """The notes of a text, each with its rows: what is indented below one belongs to it."""
    fences = Fences()
    name, first, last = "", 0, 0
    for number, line in enumerate(lines):
        if fences.read(line):
            is_of = bool(name) and line[:1].isspace()
        elif begun := _NOTE.match(line):
            if name:
                yield name, range(first, last)
            name, first, last = begun["name"], number, number + 1
            continue
        else:
            is_behind_empty = number > 0 and not lines[number - 1].strip()
            is_of = line[:1].isspace() or not (is_behind_empty or ends_note(line))
        if not name or not line.strip():
            continue
        if is_of:
            last = number + 1
        else:
            yield name, range(first, last)
            name = ""
    if name:
        yield name, range(first, last)
