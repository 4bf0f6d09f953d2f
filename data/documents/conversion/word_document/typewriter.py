"""Code in Word documents, which is set in letters of one width: paragraphs become blocks of code,
and words within others code.

    Run the program:           Verdana       ─▶  <p>
    make install               Courier New   ─▶  <pre>

Where nearly all of a document is set so, it is how its author writes, and nothing is code.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.word_document.nodes import (
    below,
    children,
    local_name,
    paragraphs,
    set_style,
)
from entrywise.data.documents.conversion.word_document.numbering import Lists
from entrywise.data.documents.conversion.word_document.styles import Styles

CODE = "EntrywiseCode"
"""The style of paragraphs and of runs that are code."""
_SHOWN = frozenset("t drawing pict object".split())
"""What of a paragraph people see."""
_MOST = 0.9
"""The share of letters of one width from which they are no sign of code."""


def mark_code(root: ET.Element, styles: Styles, lists: Lists) -> bool:
    """Give what is code a style of its own. Whether there is any."""
    found = [_Paragraph(one, styles, lists, is_in_table) for one, is_in_table in paragraphs(root)]
    fixed, total = sum(one.fixed for one in found), sum(one.total for one in found)
    if not fixed or fixed > _MOST * total:
        return False
    before: list[_Paragraph] = []
    """Empty ones behind code."""
    is_behind_code = False
    for one in found:
        if one.is_code:
            for empty in before if is_behind_code else ():
                empty.mark_empty()
            one.mark()
        else:
            one.mark_runs()
        if one.is_empty:
            before.append(one)
        else:
            is_behind_code, before = one.is_code, []
    return True


class _Paragraph:
    """A paragraph, its runs with text, and how many letters of it are of one width."""

    def __init__(self, node: ET.Element, styles: Styles, lists: Lists, is_in_table: bool) -> None:
        self._node = node
        style = below(node, "pPr", "pStyle")
        self._runs = [
            (run, styles.is_fixed(run, style), text)
            for run in _runs(node)
            if (text := "".join(_said(run))).strip()
        ]
        self.total = sum(len(text) for _, _, text in self._runs)
        self.fixed = sum(len(text) for _, is_fixed, text in self._runs if is_fixed)
        is_item = bool(below(node, "pPr", "numPr", "numId")) or style in lists.styles
        self._is_heading = bool(styles.outline(node))
        is_apart = not (is_item or is_in_table or self._is_heading)
        says = _says("".join(text for _, _, text in self._runs))
        self.is_empty = not any(local_name(one) in _SHOWN for one in node.iter())
        self.is_code = is_apart and self.fixed == self.total > 0 and says

    def mark(self) -> None:
        """Make it a block of code."""
        set_style(self._node, CODE)

    def mark_empty(self) -> None:
        """Make it an empty line of one."""
        set_style(self._node, CODE)
        space = self._node.tag.removesuffix("p")
        run = ET.SubElement(self._node, f"{space}r")
        text = ET.SubElement(run, f"{space}t")
        text.text = " "

    def mark_runs(self) -> None:
        """Make what is code in it code; what is set so as a whole stands out from nothing."""
        is_mixed = self.fixed < self.total and not self._is_heading
        for run, is_fixed, text in self._runs:
            if is_fixed and is_mixed and _says(text):
                set_style(run, CODE, kind="r")


def _runs(node: ET.Element) -> Iterator[ET.Element]:
    """Runs of a paragraph, also those of links; not those of what stands in it by itself."""
    for child in node:
        name = local_name(child)
        if name == "r":
            yield child
        elif name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent"):
            yield from _runs(child)


def _said(run: ET.Element) -> Iterator[str]:
    return (one.text or "" for one in children(run, "t"))


def _says(text: str) -> bool:
    """Whether a text has Latin letters or digits: those of other scripts have other typefaces."""
    return any(one.isascii() and one.isalnum() for one in text)
