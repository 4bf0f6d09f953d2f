"""Numbers of lists in Word documents, which the list of a paragraph gives it, wherever it stands.

    1. Collect the keys.         list 5    ─▶  1
    Note: until 18:00.                            and the list goes on
    2. Read the meters.          list 5    ─▶  2

A number is written into the paragraph, between marks, and becomes the start of the HTML list that
the paragraph opens.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.mathematics import local_name, write_word_formulas

_DOCUMENT, _LISTS, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_MARK = "\U0010fff0"
"""A character that no text has, as it stands for nothing."""
_MARKED = re.compile(f"(?P<list><ol><li>)?{_MARK}(?P<number>\\d+){_MARK}")
_MOST_BASES = 20
"""Styles that one is based on, and those on others."""


def with_numbers(content: bytes) -> bytes:
    """A .docx file whose numbered paragraphs hold their numbers, and whose formulas are text,
    without its pictures; itself where it has neither."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        if _DOCUMENT not in names:
            return content
        try:
            root = ET.fromstring(archive.read(_DOCUMENT))
            is_other = write_word_formulas(root)
            if _LISTS in names:
                styles = archive.read(_STYLES) if _STYLES in names else b"<styles/>"
                is_other |= _write_numbers(root, _Lists.read(archive.read(_LISTS), styles))
            document = ET.tostring(root, "utf-8") if is_other else b""
        except (ET.ParseError, ValueError, RecursionError):
            # Whoever reads it says what is wrong.
            return content
        if not document:
            return content
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as copy:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    copy.writestr(name, document if name == _DOCUMENT else archive.read(name))
    return target.getvalue()


def as_starts(html: str) -> str:
    """HTML whose lists begin with the numbers that stand in their first items, and in no others.

    >>> as_starts(f"<ol><li>{_MARK}2{_MARK}a</li><li>{_MARK}3{_MARK}b</li></ol>")
    '<ol start="2"><li>a</li><li>b</li></ol>'
    """
    return _MARKED.sub(
        lambda found: f'<ol start="{found["number"]}"><li>' if found["list"] else "", html
    )


@dataclass(slots=True)
class _Lists:
    """The lists of a document: {list: (the definition that it shares, {level: its own start})},
    {definition: {level: start}}, and {style: (list, level)}."""

    shared: Mapping[str, tuple[str, Mapping[int, int]]]
    starts: Mapping[str, Mapping[int, int]]
    styles: Mapping[str, tuple[str, int]]
    _counts: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    _begun: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    @classmethod
    def read(cls, lists: bytes, styles: bytes) -> _Lists:
        """The lists of two files of a document."""
        root = ET.fromstring(lists)
        starts = {
            _value(one, "abstractNumId"): {
                _number(_value(level, "ilvl")): _number(_below(level, "start"), 1)
                for level in _children(one, "lvl")
            }
            for one in _children(root, "abstractNum")
        }
        shared = {
            _value(one, "numId"): (
                _below(one, "abstractNumId"),
                {
                    _number(_value(level, "ilvl")): _number(start)
                    for level in _children(one, "lvlOverride")
                    if (start := _below(level, "startOverride"))
                },
            )
            for one in _children(root, "num")
        }
        return cls(shared, starts, _styles(ET.fromstring(styles)))

    def next(self, name: str, level: int) -> int | None:
        """The number of the next paragraph of a list; None where there is no such list."""
        if name not in self.shared or not 0 <= level < 9:
            return None
        definition, own = self.shared[name]
        starts = self.starts.get(definition, {})
        counts = self._counts.setdefault(definition, [])
        del counts[level + 1 :]
        for above in range(len(counts), level + 1):
            # Levels that were skipped have begun, too; the one that is asked for is before its own.
            counts.append(starts.get(above, 1) - (above == level))
        if level in own and (name, level) not in self._begun:
            counts[level] = own[level] - 1
        self._begun.add((name, level))
        counts[level] += 1
        return max(counts[level], 0)


def _write_numbers(root: ET.Element, lists: _Lists) -> bool:
    """Write the numbers of a document's paragraphs into them. Whether one has any."""
    is_numbered = False
    for paragraph in _paragraphs(root):
        for place, style in enumerate([*paragraph], start=1):
            if local_name(style) != "pPr":
                continue
            parts = (style, *_children(style, "numPr"))
            told = {local_name(one): _value(one, "val") for part in parts for one in part}
            of_style, level = lists.styles.get(told.get("pStyle", ""), ("", 0))
            name = told.get("numId", of_style)
            number = lists.next(name, _number(told.get("ilvl", ""), level))
            if number is not None:
                space = paragraph.tag.removesuffix("p")
                run = ET.Element(f"{space}r")
                ET.SubElement(run, f"{space}t").text = f"{_MARK}{number}{_MARK}"
                paragraph.insert(place, run)
                is_numbered = True
    return is_numbered


def _paragraphs(root: ET.Element) -> Iterator[ET.Element]:
    """The paragraphs of a document, in their order."""
    left = [root]
    while left:
        node = left.pop()
        if local_name(node) == "p":
            yield node
        # Of what stands there twice, for old programs and for new ones, the old is read.
        left += (child for child in reversed(node) if local_name(child) != "Choice")


def _styles(root: ET.Element) -> dict[str, tuple[str, int]]:
    """The lists that paragraphs of styles belong to, with their levels."""
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in _children(root, "style"):
        name = _value(style, "styleId")
        bases[name] = _below(style, "basedOn")
        for numbers in (
            one for part in _children(style, "pPr") for one in _children(part, "numPr")
        ):
            own[name] = _below(numbers, "numId"), _number(_below(numbers, "ilvl"))
    found: dict[str, tuple[str, int]] = {}
    for name in bases:
        base = name
        for _ in range(_MOST_BASES):
            if base in own:
                found[name] = own[base]
                break
            base = bases.get(base, "")
    return found


def _children(node: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in node if local_name(child) == name)


def _value(node: ET.Element, name: str) -> str:
    return next((v for key, v in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _below(node: ET.Element, name: str) -> str:
    """The value of an element in one; empty without it."""
    return next((_value(child, "val") for child in _children(node, name)), "")


def _number(text: str, default: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else default
