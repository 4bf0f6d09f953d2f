"""The styles of a Word document, each with what it has from the ones that it is based on.

    House Heading ─ based on ─▶ Heading 1 ─ outline level ─▶ 1

A library that knows styles by their names takes a heading of a house's own style for text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.word_document.nodes import (
    below,
    children,
    paragraphs,
    set_style,
    value,
)
from entrywise.data.documents.plain_text import whole_number

HEADING = "EntrywiseHeading"
"""The style of paragraphs that are headings, before their level from 1 to 6."""
_BUILT_IN = re.compile(r"heading \d", re.IGNORECASE)
_BODY = 9
"""The outline level of what is no heading."""
_DEEPEST = 6
_MOST_BASES = 20
"""Styles that one is based on, and those on others."""
_EAST_ASIAN = frozenset(["80", "81", "82", "86", "88"])
_FIXED = re.compile(r"courier|consol|mono|menlo|typewriter", re.IGNORECASE)
"""Names of typefaces whose letters are of one width, where no table says it."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by id, the typeface of text without a style, and {typeface: of one width?}."""

    elements: Mapping[str, ET.Element]
    typeface: str
    pitches: Mapping[str, bool]

    @classmethod
    def read(cls, styles: ET.Element, fonts: ET.Element) -> Styles:
        """Those of a document, by what it says of its styles and of its typefaces."""
        elements = {value(one, "styleId"): one for one in children(styles, "style")}
        defaults = (
            _typeface(properties)
            for one in children(styles, "docDefaults")
            for default in children(one, "rPrDefault")
            for properties in children(default, "rPr")
        )
        pitches = {
            value(one, "name"): pitch == "fixed"
            for one in children(fonts, "font")
            if (pitch := below(one, "pitch")) in ("fixed", "variable")
            # Signs of Chinese, Japanese and Korean are of one width in nearly all typefaces.
            and below(one, "charset") not in _EAST_ASIAN
        }
        return cls(elements, next(defaults, ""), pitches)

    def name(self, style: str) -> str:
        """What people call a style."""
        return below(self.elements[style], "name") if style in self.elements else ""

    def first(self, style: str, said: Callable[[ET.Element], str]) -> str:
        """What a style says, or else the one that it is based on; empty where none does."""
        return next(filter(None, map(said, self._chain(style))), "")

    def outline(self, paragraph: ET.Element) -> int:
        """The level of a heading, from 1; 0 for a paragraph that is none."""
        own = below(paragraph, "pPr", "outlineLvl")
        style = below(paragraph, "pPr", "pStyle")
        said = own or self.first(style, lambda one: below(one, "pPr", "outlineLvl"))
        level = whole_number(said, _BODY)
        return level + 1 if level < _DEEPEST else 0

    def is_fixed(self, run: ET.Element, paragraph_style: str) -> bool:
        """Whether the letters of a run are of one width."""
        own = "".join(_typeface(one) for one in children(run, "rPr"))
        of_run = below(run, "rPr", "rStyle")
        name = own or self._typeface(of_run) or self._typeface(paragraph_style) or self.typeface
        return self.pitches.get(name, _FIXED.search(name) is not None)

    def _typeface(self, style: str) -> str:
        return self.first(
            style, lambda one: "".join(_typeface(said) for said in children(one, "rPr"))
        )

    def _chain(self, style: str) -> Iterator[ET.Element]:
        for _ in range(_MOST_BASES):
            if style not in self.elements:
                return
            yield self.elements[style]
            style = below(self.elements[style], "basedOn")


def name_headings(root: ET.Element, styles: Styles) -> bool:
    """Give headings whose style is no heading by name one that is. Whether there are any."""
    is_any = False
    for paragraph, _ in paragraphs(root):
        level = styles.outline(paragraph)
        if level and not _BUILT_IN.fullmatch(styles.name(below(paragraph, "pPr", "pStyle"))):
            set_style(paragraph, f"{HEADING}{level}")
            is_any = True
    return is_any


def _typeface(properties: ET.Element) -> str:
    """The typeface of Latin letters; one of the document's theme is of no fixed width."""
    for one in children(properties, "rFonts"):
        return value(one, "ascii") or value(one, "hAnsi") or value(one, "asciiTheme")
    return ""
