"""Numbers of paragraphs in Word documents, which the list of a paragraph gives it, wherever it
stands.

    1. Collect the keys.         list 5    ─▶  1
    Note: until 18:00.                            and the list goes on
    2. Read the meters.          list 5    ─▶  2
    4.2 Termination              list 7    ─▶  4.2, of a heading

A heading begins with its number as people see it. In an item it is written between marks, and
becomes the start of the HTML list that the item opens. A paragraph that a tracked change deletes or
moves away has none and is not counted, nor is an empty one that only ends a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.list_marks import ordinal
from entrywise.data.documents.conversion.word_document.nodes import (
    below,
    children,
    local_name,
    paragraphs,
    value,
)
from entrywise.data.documents.conversion.word_document.styles import Styles
from entrywise.data.documents.plain_text import whole_number

_MARK = "\U0010fff0"
"""A character that no text has, as it stands for nothing."""
_MARKED = re.compile(f"(?P<list><ol><li>)?{_MARK}(?P<number>\\d+)(?P<type>[aAiI]?){_MARK}")
_TYPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
"""What HTML calls lists of these numbers."""
_UNSEEN = frozenset(["bullet", "none"])
_LEFT = frozenset(["del", "moveFrom"])
"""What says of the mark at a paragraph's end that it is deleted, or moved to another place."""
_TEXT = frozenset(["t", "delText", "drawing", "pict", "object"])
"""What a paragraph holds that is not empty."""
_DEEPEST = 9


class _Level(NamedTuple):
    """How the numbers of a level look: the first, as what they are written, and in what."""

    start: int = 1
    format: str = "decimal"
    text: str = ""


def as_starts(html: str) -> str:
    """HTML whose lists begin with the numbers that stand in their first items, and in no others.

    >>> as_starts(f"<ol><li>{_MARK}2{_MARK}a</li><li>{_MARK}3{_MARK}b</li></ol>")
    '<ol start="2"><li>a</li><li>b</li></ol>'
    """

    def start(found: re.Match[str]) -> str:
        kind = f' type="{found["type"]}"' if found["type"] else ""
        return f'<ol start="{found["number"]}"{kind}><li>' if found["list"] else ""

    return _MARKED.sub(start, html)


@dataclass(slots=True)
class Lists:
    """The lists of a document: {list: (the definition that it shares, {level: its own start})},
    {definition: {level: how it looks}}, and {style: (list, level)}."""

    shared: Mapping[str, tuple[str, Mapping[int, int]]]
    levels: Mapping[str, Mapping[int, _Level]]
    styles: Mapping[str, tuple[str, int]]
    _counts: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    _begun: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    @classmethod
    def read(cls, root: ET.Element, styles: Styles) -> Lists:
        """The lists that a document defines, and which styles belong to them."""
        levels = {
            value(one, "abstractNumId"): {
                whole_number(value(level, "ilvl"), 0): _Level(
                    whole_number(below(level, "start"), 1),
                    below(level, "numFmt") or "decimal",
                    below(level, "lvlText"),
                )
                for level in children(one, "lvl")
            }
            for one in children(root, "abstractNum")
        }
        shared = {
            value(one, "numId"): (
                below(one, "abstractNumId"),
                {
                    whole_number(value(level, "ilvl"), 0): whole_number(start, 0)
                    for level in children(one, "lvlOverride")
                    if (start := below(level, "startOverride"))
                },
            )
            for one in children(root, "num")
        }
        of_styles = {
            style: (name, whole_number(styles.first(style, lambda one: _numbered(one, "ilvl")), 0))
            for style in styles.elements
            if (name := styles.first(style, lambda one: _numbered(one, "numId")))
        }
        return cls(shared, levels, of_styles)

    def next(self, name: str, level: int) -> int | None:
        """The number of the next paragraph of a list; None where there is no such list."""
        if name not in self.shared or not 0 <= level < _DEEPEST:
            return None
        definition, own = self.shared[name]
        levels = self.levels.get(definition, {})
        counts = self._counts.setdefault(definition, [])
        del counts[level + 1 :]
        for above in range(len(counts), level + 1):
            # Levels that were skipped have begun, too; the one that is asked for is before its own.
            counts.append(levels.get(above, _Level()).start - (above == level))
        if level in own and (name, level) not in self._begun:
            counts[level] = own[level] - 1
        self._begun.add((name, level))
        counts[level] += 1
        return max(counts[level], 0)

    def type(self, name: str, level: int) -> str:
        """What HTML calls the numbers of a level; empty for usual ones."""
        levels = self.levels.get(self.shared[name][0], {})
        return _TYPES.get(levels.get(level, _Level()).format, "")

    def label(self, name: str, level: int) -> str:
        """The number that was told last, as people see it, with those above it; empty where they
        see none."""
        definition, _ = self.shared[name]
        levels = self.levels.get(definition, {})
        if levels.get(level, _Level()).format in _UNSEEN:
            return ""

        def written(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            counts = self._counts[definition]
            kind = _TYPES.get(levels.get(place, _Level()).format, "1")
            return ordinal(counts[place], kind) if place < len(counts) else ""

        return re.sub(r"%([1-9])", written, levels.get(level, _Level()).text).strip()


def write_numbers(root: ET.Element, lists: Lists, styles: Styles) -> bool:
    """Write the numbers of a document's paragraphs into them. Whether one has any."""
    is_numbered = False
    for paragraph, _ in paragraphs(root):
        for place, style in enumerate([*paragraph], start=1):
            if local_name(style) != "pPr" or _is_left_out(paragraph, style):
                continue
            name, level = _list(style, lists)
            count = lists.next(name, level)
            if count is None:
                continue
            is_heading = styles.outline(paragraph)
            text = f"{_MARK}{count}{lists.type(name, level)}{_MARK}"
            if is_heading:
                label = lists.label(name, level)
                text = f"{label} " if label else ""
            space = paragraph.tag.removesuffix("p")
            run = ET.Element(f"{space}r")
            ET.SubElement(run, f"{space}t").text = text
            paragraph.insert(place, run)
            is_numbered = True
    return is_numbered


def _is_left_out(paragraph: ET.Element, properties: ET.Element) -> bool:
    """Whether Word shows no such paragraph: a tracked change joins what is kept of it to the next
    one, or nothing stands in it but the end of a section."""
    marks = (local_name(one) for run in children(properties, "rPr") for one in run)
    if not _LEFT.isdisjoint(marks):
        return True
    ends = next(children(properties, "sectPr"), None)
    return ends is not None and _TEXT.isdisjoint(map(local_name, paragraph.iter()))


def _list(properties: ET.Element, lists: Lists) -> tuple[str, int]:
    """The list of a paragraph and its level there, by its own properties or by its style."""
    parts = (properties, *children(properties, "numPr"))
    told: Iterator[tuple[str, str]] = (
        (local_name(one), value(one)) for part in parts for one in part
    )
    said = dict(told)
    of_style, level = lists.styles.get(said.get("pStyle", ""), ("", 0))
    return said.get("numId", of_style), whole_number(said.get("ilvl", ""), level)


def _numbered(style: ET.Element, name: str) -> str:
    return below(style, "pPr", "numPr", name)
