"""Reads what a page of HTML shows as lines of code, and in which language.

<table class="RktBlk"><tr><td>(define x</td></tr>         (define x
<tr><td>&nbsp;&nbsp;1)</td></tr></table>             ─▶     1)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrywise.data.documents.conversion.elements import bare, class_names
from entrywise.data.documents.plain_text import one_blank

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight|brush)[-:]\s*([\w+#.-]+)")
_SAYING = ("class", "data-syntaxhighlighter-params")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SIGNATURES = frozenset(("member-signature", "type-signature"))
_SCRIBBLE = frozenset("scodeflow svinsetflow rktblk sverbatim".split())
"""What Scribble calls lines of code, which it lays out as the rows of tables."""
_NAMED = ".Rfiletitle"
"""What it puts above a file, in which the lines stand below."""
_LINES = {"br": "\n", "p": "\r", "tr": "\r"}
"""What ends a line, and what begins one."""


def code(node: LexborNode) -> tuple[str, str] | None:
    """The lines and the language of a block of code: what is preformatted, or stands beside the
    numbers of its lines; a paragraph that is nothing but code, with breaks; the signature of a
    member in Javadoc; what Scribble lays out. None of others."""
    names = class_names(node)
    if node.tag == "table" and "highlighttable" in names:
        inner = node.css_first("td.code pre")
        return (bare(inner), language(inner)) if inner else None
    if node.tag == "pre":
        return bare(node), language(node)
    if not _SIGNATURES.isdisjoint(names):
        return one_blank(bare(node)), ""
    if not _SCRIBBLE.isdisjoint(names) and not node.css_first(_NAMED):
        return _laid_out(node), ""
    inner = node.css_first("code") if node.tag in ("p", "div") else None
    if not inner or not inner.css_first("br") or node.text().strip() != inner.text().strip():
        return None
    return _laid_out(inner), language(inner)


def _laid_out(node: LexborNode) -> str:
    """The lines of code that are elements of the page, indented by blanks that do not break."""
    text = "".join(
        _BLANKS.sub(" ", one.text_content or "") if one.is_text_node else _LINES[str(one.tag)]
        for one in node.traverse(include_text=True)
        if one.is_text_node or one.tag in _LINES
    )
    # A row within a row begins the same line.
    lines = re.sub("\r+", "\n", text).split("\n")
    return "\n".join(line.strip(" ").replace("\xa0", " ") for line in lines).strip("\n")


def language(node: LexborNode) -> str:
    """The language that a block of code, what it holds, or what is around it says."""
    inner = node.css_first("code")
    places = [inner, node, node.parent, node.parent.parent if node.parent else None]
    for place in places:
        said = (place.attributes.get(name) or "" for name in _SAYING) if place else ()
        found = _LANGUAGE.search(" ".join(said))
        if found:
            return found[1] if found[1] not in ("default", "none", "text") else ""
    return ""
