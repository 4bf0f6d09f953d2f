"""Stretches: a piece of a section as Markdown that stands by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.entries import Block, Section

_FENCES = ("```", "~~~")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = 4
"""Blanks that code begins with where no fence is around it."""


def commonmark(section: Section, start: int, end: int) -> str:
    """The CommonMark of a section's `text[start:end]`, a run of blocks or of sentences of one, as
    far to the left as it goes: a quote from inside an admonition or a list is indented by where it
    stands.

    >>> text = '!!! note\\n\\n    Mind:\\n\\n    - the gap'
    >>> commonmark(Section("text", text), 14, 35)
    'Mind:\\n\\n- the gap'
    """
    first, last = (section.text.count("\n", 0, place) for place in (start, end))
    found = to_commonmark(section.text).split("\n")[first : last + 1]
    if section.text[end:].partition("\n")[0].strip():
        found[-1] = _last_line(to_commonmark(section.text[:end]))
    if _last_line(section.text[:start]).strip():
        found[0] = found[0].removeprefix(_last_line(to_commonmark(section.text[:start])))
    said = at_margin("\n".join(found), is_code=_is_code(section, start))
    return f"{_no_header(said)}\n{said}" if _has_no_header(section, start) else said


def _last_line(text: str) -> str:
    return text[text.rfind("\n") + 1 :]


def at_margin(text: str, *, is_code: bool = False) -> str:
    """Markdown without the indentation of its first line.

    >>> at_margin("  - one\\n    more"), at_margin("      x = 1", is_code=True)
    ('- one\\n  more', '    x = 1')
    """
    lines = text.split("\n")
    most = _indent(next((line for line in lines if line.strip()), ""))
    if is_code and not text.lstrip().startswith(_FENCES):
        most -= _CODE
    if most > 0:
        lines = [_without_indent(line, most) for line in lines]
    return "\n".join(lines).strip("\n")


def _is_code(section: Section, start: int) -> bool:
    block = _block(section, start)
    return block is not None and block.kind == "code"


def _block(section: Section, start: int) -> Block | None:
    """The block that holds a place of a section."""
    starts: Sequence[int] = [block.start for block in section.blocks]
    number = bisect_right(starts, start) - 1
    return section.blocks[number] if number >= 0 else None


def _has_no_header(section: Section, start: int) -> bool:
    """Whether what begins at a place is a row of a table that has no header: it is none without."""
    block = _block(section, start)
    if block is None or block.kind != "row":
        return False
    return block.lead < 0 or section.blocks[block.lead].kind != "header"


def _no_header(rows: str) -> str:
    """A header of empty cells above some rows."""
    cells = max(1, len(_BAR.findall(rows.partition("\n")[0].strip().strip("|"))) + 1)
    return f"|{'  |' * cells}\n|{'---|' * cells}"


def _indent(line: str) -> int:
    """The blanks that a line begins with; a tab is as many as lead to the next multiple of four."""
    expanded = line.expandtabs(_CODE)
    return len(expanded) - len(expanded.lstrip(" "))


def _without_indent(line: str, most: int) -> str:
    text = line.lstrip(" \t")
    return " " * max(0, _indent(line) - most) + text if text else ""
