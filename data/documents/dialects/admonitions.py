"""Admonitions, tabs and columns in the Markdown of MkDocs, GitHub, docsify, Terraform and DocFX, by
the lines that open and close them.

!!! note "Before you start"        **Before you start**
/// details | More           ─▶    **More**
    type: warning
> [!TIP] Mind this                 > **Mind this**
!> Mind that.                      Mind that.
~> Mind that, too.                 Mind that, too.
# [Linux](#tab/linux)              **Linux**
:::row:::
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.dialects.tags import attribute, picture
from entrywise.data.documents.plain_text import columns

INDENTED = re.compile(
    r"(?P<indent> *)(?:(?:!!!|\?\?\?\+?)[ \t]*(?P<kind>[\w-]+)[^\"\n]*|===[!+]?[ \t]*)"
    r"(?:\"(?P<title>[^\"]*)\")?[ \t]*$"
)
COLONS = re.compile(
    r"(?P<indent>[ \t]*):{3,}[ \t]*\{?(?P<kind>[\w-]*)\}?"
    r"(?:\[(?P<label>.*)\]|[ \t]+(?P<title>[^{\n]+?))?[ \t]*(?:\{.*\})?[ \t]*$"
)
SLASHES = re.compile(
    r"(?P<indent>[ \t]*)/{3,}[ \t]*(?P<kind>[\w-]*)[ \t]*"
    r"(?:\|[ \t]*(?P<title>.*?))?[ \t]*$"
)
ALERT = re.compile(r"(?P<before>[ \t]*>[ \t]*)\[!(?P<kind>\w+)\][+-]?[ \t]*(?P<title>.*)$")
MARKED = re.compile(r"(?P<kind>[!?~]|-(?=>[ \t]+(?:\*\*|[A-Z])))>[ \t]+(?P<said>\S.*)$")
"""A paragraph that docsify sets apart, or the registry of Terraform; a small letter may stand
behind an arrow."""
_TAB = re.compile(r"[ \t]*#{1,6}[ \t]+\[(?P<title>[^\[\]]+)\]\(#tabs?/[^()\s]+\)[ \t]*$")
_ATTRIBUTES = r"(?:[ \t]+[\w-]+=\"[^\"\n]*\")"
_OF_DOCFX = re.compile(
    r"(?P<before>[ \t]*):{3}[ \t]*(?P<name>[\w-]+)"
    rf"(?:{_ATTRIBUTES}*[ \t]*:{{3}}|{_ATTRIBUTES}+)[ \t]*$|"
    rf"(?P<quoted>[ \t]*>[ \t]*)\[!(?:div{_ATTRIBUTES}+|VIDEO[ \t]+[^\s\[\]]+)[ \t]*\][ \t]*$"
)
"""What lays out a page, is seen and not read, or says for which versions it holds."""
STEP = 4
"""Blanks by which what belongs to an admonition or a tab is indented."""


def opened(line: str) -> str | None:
    """What readers see of a line that opens or closes an admonition; None of other lines."""
    if layout := _OF_DOCFX.match(line):
        return (layout["before"] or layout["quoted"] or "") + _picture(layout)
    if tab := _TAB.match(line):
        return title(tab["title"])
    if marked := MARKED.match(line):
        return marked["said"]
    if colons := COLONS.match(line):
        return f"{colons['indent']}{title(colons['label'] or colons['title'])}"
    if slashes := SLASHES.match(line):
        return f"{slashes['indent']}{title(slashes['title'])}"
    if alert := ALERT.match(line):
        return f"{alert['before']}{title(alert['title'])}"
    return None


def _picture(layout: re.Match[str]) -> str:
    if layout["name"] != "image":
        return ""
    address, said = (attribute(layout.group(), name) for name in ("source", "alt-text"))
    return picture(f'img src="{address}" alt="{said}"')


def title(text: str | None) -> str:
    """A title that its author gave; what kind of a remark it is alone says nothing."""
    text = (text or "").strip().replace("*", "")
    return f"**{text}**" if text else ""


def depth_of(open_at: Sequence[int], line: str) -> int:
    """In how many of the admonitions and tabs that are open a line stands.

    Args:
        open_at: how far each is indented within the one around it, outermost first.

    >>> [depth_of([0, 0], line) for line in ("        two", "    one", "none")]
    [2, 1, 0]
    """
    indent, depth = columns(line), len(open_at)
    while depth and indent < open_at[depth - 1] + STEP * depth:
        depth -= 1
    return depth
