"""Dialects: what site generators add to Markdown, taken back to CommonMark line by line.

    !!! note "Before you start"        **Before you start**
                                  ─▶
        Charge the battery.            Charge the battery.

The lines stay in their places, so that a place in what comes out is one in the source. Known are
admonitions (`!!! note`, `??? tip`, `::: warning`, `/// note | Title`, `> [!NOTE]`), tabs
(`=== "Linux"`, `/// tab | Linux`), tags of HTML and MDX that stand on lines of their own, what MDX
imports and exports, and MyST's roles (`{class}`) and its directives for code and for what nobody
reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.sphinx import CODE, HIDDEN, shown

FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
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
_ALERT = re.compile(r"(?P<before>[ \t]*>[ \t]*)\[!(?P<kind>\w+)\][+-]?[ \t]*(?P<title>.*)$")
# "## Using Hooks {/*using-hooks*/}"
_COMMENTED_ANCHOR = re.compile(
    r"(?P<heading>[ ]{0,3}#{1,6}[ \t].*\S)[ \t]*\{/\*[ ]*(?P<id>[\w-]+)[ ]*\*/\}[ \t]*$"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_TAG_LINE = re.compile(r"[ \t]*</?[A-Za-z][\w.:-]*(?=[\s/>])[^<>]*>")
# What an attribute says may stand on several lines, and hold what looks like a tag.
_WHOLE_TAG = re.compile(
    r"[ \t]*<(?!script\b|style\b)[A-Za-z][\w.:-]*"
    r"(?:\s+[\w:@.-]+(?:=(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\{[^{}]{0,500}\}|[\w.%-]+))?){1,20}"
    r"\s*/?>[ \t]*$",
    re.MULTILINE,
)
_TAG = re.compile(r"</?[A-Za-z][\w.:-]*(?=[\s/>])[^<>]*>")
_DIRECTIVE = re.compile(r"\s*\{(?P<name>[\w:+.-]+)\}[ \t]*(?P<argument>.*?)\s*$")
_OPTION = re.compile(r"[ \t]*:[\w-]+:(?:[ \t]|$)")
# A role, or code, in which none is.
_ROLE = re.compile(
    r"(?<![`\\])(?:\{(?P<role>[A-Za-z][\w:.+-]*)\}`(?P<text>[^`]+)`(?!`)|"
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
)
_LONGEST = 2_000
"""Characters of a line that is looked through for roles: a hostile one of n takes n^1.5 steps."""
_UNREAD = (("<script", "</script>"), ("<style", "</style>"))
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
    source = text.split("\n")
    fence = _Fence(source)
    comments = _Comments(text, is_mdx=is_mdx)
    tags = _Tags(text)
    lines = []
    for number, line in enumerate(source):
        if tags.has(line, is_code=fence.is_open):
            lines.append("")
            continue
        if not fence.is_open:
            if line.endswith("*/}") and (commented := _COMMENTED_ANCHOR.match(line)):
                line = f"{commented['heading']} {{#{commented['id']}}}"
            line = comments.without(line, number)
        if not fence.is_open and line.strip():
            indent = len(line) - len(line.lstrip(" "))
            while open_at and indent < open_at[-1] + STEP * len(open_at):
                open_at.pop()
        line = _dedented(line, STEP * len(open_at))
        if fence.is_open:
            line = fence.inside(line)
        elif found := FENCE.match(line):
            line = fence.opened(line, found, number)
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
    if slashes := SLASHES.match(line):
        return f"{slashes['indent']}{_title(slashes['title'])}"
    if alert := _ALERT.match(line):
        return f"{alert['before']}{_title(alert['title'])}"
    if _FOOTNOTE.match(line):
        return f"\\{line}"
    if is_mdx and _MODULE.match(line):
        return ""
    if _TAG_LINE.match(line):
        line = _TAG.sub("", line)
    if not is_mdx and "}`" in line and len(line) <= _LONGEST:
        line = _ROLE.sub(_role, line)
    return line


def _role(found: re.Match[str]) -> str:
    """What readers see of a role; code stays as it is."""
    if not found["role"]:
        return found.group()
    if found["role"] == "math":
        return f"${found['text']}$"
    text, is_code = shown(found["role"], found["text"])
    return f"`{text}`" if is_code and text else text


def _title(text: str | None) -> str:
    """A title that its author gave; what kind of a remark it is alone says nothing."""
    text = (text or "").strip().replace("*", "")
    return f"**{text}**" if text else ""


def _dedented(line: str, most: int) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return line[min(indent, most) :]


class _Fence:
    """A fence of code, if one is open, and what MyST's directives make of it: code in a language,
    or nothing where nobody reads it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._mark = ""
        self._is_hidden = self._has_options = False

    @property
    def is_open(self) -> bool:
        """Whether the next line is in it."""
        return bool(self._mark)

    def opened(self, line: str, found: re.Match[str], number: int) -> str:
        """The line that opens it, the `number`th of the text."""
        self._mark = found["fence"]
        self._is_hidden = self._has_options = False
        directive = _DIRECTIVE.match(found["info"])
        if not directive:
            return line
        name = directive["name"].lower()
        if name in HIDDEN:
            # What is never closed is not hidden: it goes on to the end.
            later = range(number + 1, len(self._lines))
            self._is_hidden = any(self._is_end(self._lines[one]) for one in later)
            return "" if self._is_hidden else line
        if name in CODE:
            self._has_options = True
            return line[: found.start("info")] + directive["argument"]
        return line

    def inside(self, line: str) -> str:
        """A line in it, or the one that closes it."""
        self._has_options = self._has_options and _OPTION.match(line) is not None
        if self._is_end(line):
            self._mark = ""
        return "" if self._is_hidden or self._has_options else line

    def _is_end(self, line: str) -> bool:
        found = FENCE.match(line)
        return bool(found and found["fence"].startswith(self._mark) and not found["info"].strip())


class _Tags:
    """Tags with what they say of themselves, on lines of their own: nobody reads them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = 0

    def has(self, line: str, *, is_code: bool) -> bool:
        """Whether a line is of one. All lines are asked for, in their order."""
        start = self._start
        self._start += len(line) + 1
        if start < self._end:
            return True
        if is_code or not line.lstrip().startswith("<"):
            return False
        if found := _WHOLE_TAG.match(self._text, start):
            self._end = found.end()
        return found is not None


class _Comments:
    """Takes comments, and scripts and styles that begin a line, out of the lines of a text, in
    their order; what is never closed is text."""

    def __init__(self, text: str, *, is_mdx: bool) -> None:
        self._marks = [("<!--", "-->"), *([("{/*", "*/}")] if is_mdx else []), *_UNREAD]
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
            if (mark, close) in _UNREAD and line[:start].strip():
                continue
            if number < self._last[close] or close in line[start:]:
                return start, close, len(mark)
        return -1, "", 0
