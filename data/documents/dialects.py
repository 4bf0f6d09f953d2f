"""Dialects: what site generators add to Markdown, taken back to CommonMark line by line.

    !!! note "Before you start"        **Before you start**
                                  ─▶
        Charge the battery.            Charge the battery.

The lines stay in their places, so that a place in what comes out is one in the source. Known are
admonitions (`!!! note`, `??? tip`, `::: warning`, `> [!NOTE]`), tabs (`=== "Linux"`), tags of HTML
and MDX that stand on lines of their own, and what MDX imports and exports.
"""

from __future__ import annotations

import re

FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
INDENTED = re.compile(
    r"(?P<indent> *)(?:(?:!!!|\?\?\?\+?)[ \t]*(?P<kind>[\w-]+)[^\"\n]*|===[!+]?[ \t]*)"
    r"(?:\"(?P<title>[^\"]*)\")?[ \t]*$"
)
COLONS = re.compile(
    r"(?P<indent>[ \t]*):{3,}[ \t]*\{?(?P<kind>[\w-]*)\}?"
    r"(?:\[(?P<label>.*)\]|[ \t]+(?P<title>[^{\n]+?))?[ \t]*(?:\{.*\})?[ \t]*$"
)
_ALERT = re.compile(r"(?P<before>[ \t]*>[ \t]*)\[!(?P<kind>\w+)\][+-]?[ \t]*(?P<title>.*)$")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_TAG_LINE = re.compile(r"[ \t]*</?[A-Za-z][\w.:-]*(?=[\s/>])[^<>]*>")
_TAG = re.compile(r"</?[A-Za-z][\w.:-]*(?=[\s/>])[^<>]*>")
_MODULE = re.compile(r"(?:import|export)\s")
STEP = 4
"""Blanks by which what belongs to an admonition or a tab is indented."""


def to_commonmark(text: str, *, is_mdx: bool = False) -> str:
    """The same text in CommonMark, with the same number of lines.

    >>> to_commonmark("??? tip\\n    Rest the dough.")
    '\\nRest the dough.'
    """
    open_at: list[int] = []
    """The indentations of the admonitions and tabs that are open."""
    fence = ""
    comments = _Comments(text, is_mdx=is_mdx)
    lines = []
    for number, line in enumerate(text.split("\n")):
        if not fence:
            line = comments.without(line, number)
        if not fence and line.strip():
            indent = len(line) - len(line.lstrip(" "))
            while open_at and indent < open_at[-1] + STEP * len(open_at):
                open_at.pop()
        line = _dedented(line, STEP * len(open_at))
        found = FENCE.match(line)
        if fence:
            if found and found["fence"].startswith(fence) and not found["info"].strip():
                fence = ""
        elif found:
            fence = found["fence"]
        elif (opening := INDENTED.match(line)) and (opening["kind"] or opening["title"]):
            open_at.append(len(opening["indent"]))
            line = f"{opening['indent']}{_title(opening['title'])}"
        else:
            line = _line(line, is_mdx=is_mdx)
        lines.append(line)
    return "\n".join(lines)


def _line(line: str, *, is_mdx: bool) -> str:
    """A line outside code that stands by itself."""
    if colons := COLONS.match(line):
        return f"{colons['indent']}{_title(colons['label'] or colons['title'])}"
    if alert := _ALERT.match(line):
        return f"{alert['before']}{_title(alert['title'])}"
    if _FOOTNOTE.match(line):
        return f"\\{line}"
    if is_mdx and _MODULE.match(line):
        return ""
    if _TAG_LINE.match(line):
        return _TAG.sub("", line)
    return line


def _title(text: str | None) -> str:
    """A title that its author gave; what kind of a remark it is alone says nothing."""
    text = (text or "").strip().replace("*", "")
    return f"**{text}**" if text else ""


def _dedented(line: str, most: int) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return line[min(indent, most) :]


class _Comments:
    """Takes comments out of the lines of a text, in their order; what is never closed is text."""

    def __init__(self, text: str, *, is_mdx: bool) -> None:
        self._marks = [("<!--", "-->"), *([("{/*", "*/}")] if is_mdx else [])]
        lines = text.split("\n")
        self._last = {
            close: max((n for n, line in enumerate(lines) if close in line), default=-1)
            for _, close in self._marks
        }
        self._open = ""

    def without(self, line: str, number: int) -> str:
        """A line outside code, the `number`th of the text."""
        kept: list[str] = []
        while True:
            if self._open:
                _, found, line = line.partition(self._open)
                if not found:
                    return "".join(kept)
                self._open = ""
            start, close, size = self._next(line, number)
            if not close:
                # One that is never closed is no HTML: markdown-it-py would look for its end anew at
                # each of many.
                return "".join([*kept, line if "`" in line else line.replace("<!--", "\\<!--")])
            kept.append(line[:start])
            self._open, line = close, line[start + size :]

    def _next(self, line: str, number: int) -> tuple[int, str, int]:
        """Where the next comment begins, what closes it, and the size of its mark; comments that
        are shown as code are none."""
        for mark, close in self._marks:
            start = line.find(mark)
            if start < 0 or line[:start].endswith("\\") or line.count("`", 0, start) % 2:
                continue
            if number < self._last[close] or close in line[start:]:
                return start, close, len(mark)
        return -1, "", 0
