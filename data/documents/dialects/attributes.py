"""Removes attribute lists (`{: .note }`), which only say how a text looks; a heading keeps its
anchor.

[Start](go.md){ .button }        [Start](go.md)
[Start]{.button}                 Start
## Size {: #big .x }       ─▶    ## Size {#big}
Mind the gap.                    Mind the gap.
{ .lead }

Python-Markdown's attr_list, kramdown's and Pandoc's.
"""

from __future__ import annotations

import re

from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE
from entrywise.data.documents.parsing.formulas import outside_formulas

_ONE = (
    r"(?:[.#][A-Za-z_][^\s{}\"']*|[A-Za-z][\w:-]*=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s{}\"']+)|toc\b)"
)
_LIST = rf"[ ]*{_ONE}(?:[ ]+(?:{_ONE}|-))*[ ]*\}}"
_ALONE = re.compile(rf"[ \t]*\{{:?{_LIST}[ \t]*$")
_BEHIND = re.compile(rf"[ \t]*\{{(?P<mark>:?)(?P<list>{_LIST})[ \t]*#*[ \t]*$")
# Behind words in brackets, a link, a picture, code, emphasis or an icon, or at the end of a cell;
# with a colon anywhere.
_WITHIN = re.compile(
    rf"(?<![\w\]!^\\])\[(?!\^)(?P<span>[^\[\]\n]{{1,500}})\]\{{{_LIST}|"
    rf"\{{:{_LIST}|(?<=[)\]*_`:])\{{{_LIST}|(?<=\S)[ \t]+\{{{_LIST}(?=[ \t]*\|)|{OUTSIDE_CODE}"
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_RULE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_ID = re.compile(r"#(?P<id>[^\s{}]+)")


def without_attributes(line: str, below: str, *, is_mdx: bool) -> str:
    """A line outside code without its lists of attributes; a heading keeps its anchor.

    Args:
        below: the next line, which may make a heading of this one.
        is_mdx: whether it is MDX, where braces without a colon hold code.
    """
    if "{" not in line or len(line) > LONGEST or (is_mdx and "{:" not in line):
        return line
    if _ALONE.match(line):
        return ""
    is_heading = _HEADING.match(line) or (_RULE.match(below) and not line[:1].isspace())
    if is_heading and (found := _BEHIND.search(line)) and (found["mark"] or not is_mdx):
        anchor = _ID.search(found["list"])
        return f"{line[: found.start()]} {{#{anchor['id']}}}" if anchor else line[: found.start()]
    # "$x_{i=1}$" has a bound.
    return outside_formulas(line, _without_those_within)


def _without_those_within(text: str) -> str:
    return _WITHIN.sub(lambda found: found[0] if found["ticks"] else found["span"] or "", text)
