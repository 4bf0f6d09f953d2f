"""Finds remarks whose icon stands beside their text, in a table or in boxes of their own, as
DocBook, LibreOffice and older help centres lay them out.

<div class="note"><table><tr><td><img src="note.png"></td><th>Note</th></tr>         !!! note
<tr><td>Ebb is at noon.</td></tr></table></div>                                ─▶        Ebb is …

The sign is a class or an icon that is called as a kind of remarks is, and only one text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from entrywise.data.documents.conversion import elements, writing
from entrywise.data.documents.conversion.web_page import tables

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MOST = 4
"""Cells of a table that lays out one text."""
_ICON = "icon"
_WORD = re.compile(r"[^\W_]+")


class Remark(NamedTuple):
    """What a remark says; a text that is only laid out beside a picture has no kind."""

    kind: str
    title: LexborNode | None
    parts: Sequence[LexborNode]


def laid_out(node: LexborNode) -> Remark | None:
    """The remark, or the text beside a picture, that is all that an element lays out."""
    kind = elements.class_kind(node)
    if node.tag == "table":
        return _of_table(node, kind)
    if not kind:
        return None
    parts = list(node.iter(include_text=True, skip_empty=True))
    if len(parts) == 1:
        return _of_table(parts[0], kind) if parts[0].tag == "table" else None
    if not parts or not _is_icon(parts[0], kind) or any(one.is_text_node for one in parts):
        return None
    return Remark(elements.unless_held(node, kind), None, parts[1:])


def _of_table(table: LexborNode, kind: str) -> Remark | None:
    """The remark that a table is, of a kind that is known from what is around it, or empty."""
    cells = [cell for row in islice(tables.rows(table), _MOST) for cell in tables.cells(row)]
    if not 1 < len(cells) <= _MOST:
        return None
    texts = [cell for cell in cells if _says(cell)]
    icons = [cell for cell in cells if cell.css_first("img") and cell not in texts]
    kind = kind or next(filter(None, map(_called, icons)), "")
    title = texts[0] if kind and len(texts) > 1 and texts[0].tag == "th" else None
    bodies = texts[1:] if title else texts
    if len(bodies) != 1 or not (kind or icons):
        return None
    parts = [cell for cell in cells if cell in bodies or not (kind and cell in icons)]
    return Remark(elements.unless_held(table, kind), title, [one for one in parts if one != title])


def _is_icon(node: LexborNode, kind: str) -> bool:
    """Whether an element is the icon of a remark: a picture that is called as its kind is, or an
    icon by its class."""
    if _says(node) or not node.css_first("img"):
        return False
    return _called(node) == kind or any(_ICON in name for name in elements.class_names(node))


def _called(node: LexborNode) -> str:
    """The kind of remarks that a picture is called by: `Note Icon`, `[Tip]`."""
    picture = node.css_first("img")
    words = _WORD.findall(elements.description(picture).lower()) if picture else []
    named = [word for word in words if word != _ICON]
    return named[0] if len(named) == 1 and named[0] in writing.KINDS else ""


def _says(node: LexborNode) -> bool:
    return any(map(str.isalnum, elements.bare(node)))
