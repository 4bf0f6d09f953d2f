"""Dialects: what site generators add to Markdown, taken back to CommonMark line by line.

    !!! note "Before you start"        **Before you start**
                                  ─▶
        Charge the battery.            Charge the battery.

The lines stay in their places, so that a place in what comes out is one in the source. Known are
admonitions (`!!! note`, `??? tip`, `::: warning`, `/// note | Title`, `> [!NOTE]`), tabs
(`=== "Linux"`, `/// tab | Linux`), lists of definitions, tags of HTML and MDX that stand on lines
of their own, what MDX imports and exports, and MyST's roles (`{class}`) and its directives for code
and for what nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.anchors import target
from entrywise.data.documents.dialects.definitions import Definitions
from entrywise.data.documents.dialects.fences import Directives, IndentedCode
from entrywise.data.documents.dialects.footnotes import is_note, with_raised_numbers
from entrywise.data.documents.dialects.shortcodes import (
    closed_names,
    with_fences,
    without_shortcodes,
)
from entrywise.data.documents.dialects.sphinx import shown
from entrywise.data.documents.dialects.tags import Comments, Tags, with_pictures
from entrywise.data.documents.dialects.wiki import from_wiki

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
# "## Using Hooks {/*using-hooks*/}"
_COMMENTED_ANCHOR = re.compile(
    r"(?P<heading>[ ]{0,3}#{1,6}[ \t].*\S)[ \t]*\{/\*[ ]*(?P<id>[\w-]+)[ ]*\*/\}[ \t]*$"
)
_TAG_LINE = re.compile(r"[ \t]*</?[A-Za-z][\w.:-]*(?=[\s/>])[^<>]*>")
_COMPONENT = re.compile(r"[ \t]*</?[A-Z]")
"""What begins so is no sample of HTML: components stand as deep as their authors like."""
_TAG = re.compile(r"</?[A-Za-z][\w.:-]*(?=[\s/>])[^<>]*>")
# A role, or code, in which none is.
_ROLE = re.compile(
    r"(?<![`\\])(?:\{(?P<role>[A-Za-z][\w:.+-]*)\}`(?P<text>[^`]+)`(?!`)|"
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
)
_LONGEST = 2_000
"""Characters of a line that is looked through for roles: a hostile one of n takes n^1.5 steps."""
_MODULE = re.compile(r"(?:import|export)\s")
STEP = 4
"""Blanks by which what belongs to an admonition or a tab is indented."""


def to_commonmark(text: str, *, is_mdx: bool = False) -> str:
    """The same text in CommonMark, with the same number of lines.

    >>> to_commonmark("??? tip\\n    Rest the dough.")
    '\\nRest the dough.'
    """
    open_at: list[int] = []
    """The indentations of the admonitions, tabs, notes and definitions that are open."""
    text = with_fences(text)
    closed = closed_names(text)
    source = text.split("\n")
    fences = Directives(source)
    definitions = Definitions(source)
    indented = IndentedCode()
    comments = Comments(text, is_mdx=is_mdx)
    tags = Tags(text)
    lines = []
    for number, line in enumerate(source):
        is_code = fences.is_open
        if not (is_code or is_mdx or comments.is_open or _COMPONENT.match(line)):
            is_code = indented.read(_dedented(line, STEP * _depth(open_at, line)))
        if (shown_of_tag := tags.shown(line, is_code=is_code)) is not None:
            if not shown_of_tag:
                lines.append("")
                continue
            line = shown_of_tag
        if not is_code:
            if line.endswith("*/}") and (commented := _COMMENTED_ANCHOR.match(line)):
                line = f"{commented['heading']} {{#{commented['id']}}}"
            line = comments.without(line, number)
        if not fences.is_open and line.strip():
            del open_at[_depth(open_at, line) :]
        line = _dedented(line, STEP * len(open_at))
        if (converted := fences.converted(line, number)) is not None:
            line = converted
        elif is_code:
            pass
        elif (opening := INDENTED.match(line)) and (opening["kind"] or opening["title"]):
            open_at.append(len(opening["indent"]))
            line = f"{opening['indent']}{_title(opening['title'])}"
        else:
            if is_note(line):
                open_at.append(0)
            if definitions.has(number):
                open_at.append(0)
            line = definitions.shown(line, number)
            line = without_shortcodes(_line(line, is_mdx=is_mdx), closed)
            line = from_wiki(with_raised_numbers(line))
        lines.append(line)
    return "\n".join(lines)


def _line(line: str, *, is_mdx: bool) -> str:
    """A line outside code that stands by itself."""
    if colons := COLONS.match(line):
        return f"{colons['indent']}{_title(colons['label'] or colons['title'])}"
    if slashes := SLASHES.match(line):
        return f"{slashes['indent']}{_title(slashes['title'])}"
    if alert := ALERT.match(line):
        return f"{alert['before']}{_title(alert['title'])}"
    if is_mdx and _MODULE.match(line):
        return ""
    if target(line):
        return ""
    line = with_pictures(line)
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


def _depth(open_at: Sequence[int], line: str) -> int:
    """In how many of the admonitions, tabs and notes that are open a line stands."""
    indent, depth = len(line) - len(line.lstrip(" ")), len(open_at)
    while depth and indent < open_at[depth - 1] + STEP * depth:
        depth -= 1
    return depth


def _dedented(line: str, most: int) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return line[min(indent, most) :]
