"""Admonitions and tabs in the Markdown of MkDocs and GitHub, by the lines that open them.

!!! note "Before you start"        **Before you start**
/// details | More           ─▶    **More**
    type: warning
> [!TIP] Mind this                 > **Mind this**
"""

from __future__ import annotations

import re

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
STEP = 4
"""Blanks by which what belongs to an admonition or a tab is indented."""


def opened(line: str) -> str | None:
    """What readers see of a line that opens or closes an admonition; None of other lines."""
    if colons := COLONS.match(line):
        return f"{colons['indent']}{title(colons['label'] or colons['title'])}"
    if slashes := SLASHES.match(line):
        return f"{slashes['indent']}{title(slashes['title'])}"
    if alert := ALERT.match(line):
        return f"{alert['before']}{title(alert['title'])}"
    return None


def title(text: str | None) -> str:
    """A title that its author gave; what kind of a remark it is alone says nothing."""
    text = (text or "").strip().replace("*", "")
    return f"**{text}**" if text else ""
