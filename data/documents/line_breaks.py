"""Sections of what people type: lines whose breaks mean something are tables, items of a list or
stay lines, and a list of the headings is none of what a text says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from entrywise.data.documents.conversion.aligned_lines import (
    aligned_table,
    drawn,
    own_lines,
    typed,
)
from entrywise.data.documents.plain_text import margin
from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Section

_FEWEST = 3
"""Headings of a list of them."""
_LISTED = 0.7
"""The share of its numbered lines that are headings."""
_ITEM = re.compile(r"(?P<indent> *)[-*+•–] +(?P<text>\S.*)")
_ITEMS = 2
"""Items of a list, at least."""
_NUMBER = re.compile(r"\s*(?:[^\W\d_]{2,12} )?(?:\d{1,3}\.){0,5}\d{1,3}[.):]*\s+(?=\S)")


def with_lines(section: Section, width: int, indent: int) -> Section:
    """A section of plain text whose aligned lines are tables, whose lines with bullets are items,
    and in which lines that stand by themselves are such, which makes it Markdown; itself where it
    has none.

    Args:
        width: how wide the lines of the text are.
        indent: the blanks before the first line, which the section has not.
    """
    text = " " * indent + section.text
    blocks = [(one.start + indent, one.end + indent) for one in section.blocks]
    lines = [text[text.rfind("\n", 0, start) + 1 : end] for start, end in blocks]
    told = [
        drawn(one) or aligned_table(one) or bulleted(one) or own_lines(one, width) for one in lines
    ]
    if not any(told):
        return section
    found = [one or typed(text[start:end]) for one, (start, end) in zip(told, blocks, strict=True)]
    read, *more = read_page("\n\n".join(found)).sections
    # Whatever else it may look like, nothing of it is lost.
    if more:
        return section
    return replace(section, text=read.text, blocks=read.blocks, is_markdown=True)


def bulleted(lines: str) -> str:
    r"""A paragraph of items with bullets, and what stands above them; empty of others.

    >>> print(bulleted("Bring:\n* oars,\n  two of them\n  - spares\n* a sail"))
    Bring:
    <BLANKLINE>
    - oars, two of them
        - spares
    - a sail
    """
    above: list[str] = []
    items: list[tuple[int, list[str]]] = []
    for line in lines.expandtabs().split("\n"):
        if found := _ITEM.match(line):
            items.append((len(found["indent"]), [found["text"]]))
        elif not items:
            above.append(line)
        elif len(margin(line)) > items[-1][0]:
            items[-1][1].append(line)
        else:
            return ""
    if len(items) < _ITEMS:
        return ""
    outer: list[int] = []
    told: list[str] = []
    for indent, texts in items:
        while outer and outer[-1] >= indent:
            outer.pop()
        told.append(f"{'    ' * len(outer)}- {typed(' '.join(texts))}")
        outer.append(indent)
    return "\n\n".join(filter(None, (typed("\n".join(above)), "\n".join(told))))


def in_order(headings: Iterable[str]) -> list[str]:
    """What headings say, for `without_contents`."""
    return sorted(map(_letters, headings))


def without_contents(text: str, titles: Sequence[str]) -> str:
    """A text without its paragraphs that list headings, with their numbers.

    Args:
        titles: the headings, as `in_order` gives them.

    >>> listed = "By A.\\n\\n1. Oars  3\\n2. Sails  4\\n3. Keel  5"
    >>> without_contents(listed, in_order(["1 Oars", "2 Sails", "3 Keel"]))
    'By A.'
    """

    def is_heading(line: str) -> bool:
        said = _letters(line)
        place = bisect_left(titles, said)
        return bool(said) and place < len(titles) and titles[place].startswith(said)

    def lists(paragraph: str) -> bool:
        numbered = [line for line in paragraph.split("\n") if _NUMBER.match(line)]
        listed = sum(map(is_heading, numbered))
        return listed >= max(_FEWEST, _LISTED * len(numbered))

    paragraphs = re.split(r"\n[ \t]*\n", text)
    kept = [one for one in paragraphs if not lists(one)]
    return "\n\n".join(kept) if len(kept) < len(paragraphs) else text


def _letters(line: str) -> str:
    """What a heading or a line of a list of them says, without its number and that of its page."""
    return "".join(filter(str.isalpha, _NUMBER.sub("", line, count=1).casefold()))
