"""Finds the lines of Markdown that are HTML to be read by its elements, or a component of MDX that
is given code.

Tables, lists, definitions and code are, and so is what holds several paragraphs in tags. All other
tags only stand around Markdown, and are left out where they stand: what is in fences, or begins as
a heading or an item below an empty line (below any in what is no table, list or definition, as MDX
reads it), is Markdown, whatever is around it. In MDX each heading is, also right below a tag.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from entrywise.data.documents.dialects.fences import Fences
from entrywise.data.documents.dialects.lines import starts
from entrywise.data.documents.markup.code_attributes import given_code
from entrywise.data.documents.markup.tree import TAG, element_name
from entrywise.data.documents.plain_text import BLOCKS

_STRUCTURES = frozenset("table ul ol dl pre".split())
_BEGINS = re.compile(rf"[ \t]*<(?P<name>(?i:{'|'.join(sorted(BLOCKS))}))(?=[\s>]|$)", re.MULTILINE)
_COMPONENT = re.compile(r"[ \t]*(?=<[A-Z])")
_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|\||>[^\n]|!!!|\?\?\?|:::|===|\[\^)")
"""How a line begins that is a block of Markdown."""
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+\S")


def regions(lines: Sequence[str], *, is_mdx: bool = False) -> Mapping[int, int]:
    """{first line: the line behind the last} of each stretch of HTML, and of each component of MDX
    that is given code."""
    found = _given(lines) if is_mdx else {}
    starting = [number for number, line in enumerate(lines) if _BEGINS.match(line)]
    if not starting:
        return found
    places = _Places(lines, is_mdx=is_mdx)
    until = 0
    for number in starting:
        if number >= until and (end := places.end(number)) is not None:
            found[number] = until = end
    return found


def _given(lines: Sequence[str]) -> dict[int, int]:
    """The components that are given code, on lines of their own."""
    text, begins = "\n".join(lines), starts(lines)
    fences = Fences()
    found: dict[int, int] = {}
    for number, line in enumerate(lines):
        if fences.read(line) or not (opening := _COMPONENT.match(line)):
            continue
        tag = TAG.match(text, begins[number] + opening.end())
        if tag and tag["name"] and given_code(tag.group()):
            last = bisect_right(begins, tag.end() - 1) - 1
            if not text[tag.end() : begins[last + 1] - 1].strip():
                found[number] = last + 1
    return found


class _Places:
    """Where the elements of a text end."""

    def __init__(self, lines: Sequence[str], *, is_mdx: bool) -> None:
        self._lines = lines
        self._text = "\n".join(lines)
        self._starts = starts(lines)
        fences = Fences()
        self._fenced = [fences.read(line) for line in lines]
        self._headings = [
            number for number, line in enumerate(lines) if is_mdx and _HEADING.match(line)
        ]
        self._blocks: list[int] = []
        """Where tags of blocks open."""
        self._ends: dict[int, int] = {}
        opened: dict[str, list[int]] = {}
        for tag in TAG.finditer(self._text):
            name = element_name(tag["name"] or "")
            if name not in BLOCKS or self._fenced[self._line(tag.start())]:
                continue
            if not tag["closes"]:
                opened.setdefault(name, []).append(tag.start())
                self._blocks.append(tag.start())
            elif opened.get(name):
                self._ends[opened[name].pop()] = tag.end()

    def end(self, number: int) -> int | None:
        """The line behind the HTML that begins with a line; None where that is none to be read by
        its elements."""
        line = self._lines[number]
        first = start = self._starts[number] + len(line) - len(line.lstrip())
        last = number
        while start in self._ends:
            end = self._ends[start]
            last = self._line(end - 1)
            behind = self._text[end : self._starts[last + 1] - 1]
            start = end + len(behind) - len(behind.lstrip())
        within = range(number, last + 1)
        name = element_name(_name(line))
        is_read = first in self._ends and self._is_read(name, first, within)
        return last + 1 if is_read else None

    def _is_read(self, name: str, start: int, within: range) -> bool:
        if name == "pre":
            return True
        if any(self._fenced[line] for line in within):
            return False
        if bisect_left(self._headings, within.stop) > bisect_left(self._headings, within.start):
            return False
        empty = [line for line in within if not self._lines[line].strip()]
        if name in _STRUCTURES:
            return not any(_MARKDOWN.match(self._lines[line + 1]) for line in empty)
        blocks = bisect_right(self._blocks, self._starts[within.stop] - 1) - bisect_right(
            self._blocks, start - 1
        )
        has_markdown = any(_MARKDOWN.match(self._lines[line]) for line in within)
        return blocks > 1 and not (empty or has_markdown)

    def _line(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1


def _name(line: str) -> str:
    found = _BEGINS.match(line)
    return found["name"] if found else ""
