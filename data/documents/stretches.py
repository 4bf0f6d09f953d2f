"""Stretches: pieces of a section, as Markdown that can stand by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from entrywise.data.documents.dialects.commonmark import commonmark_lines, to_commonmark
from entrywise.data.documents.dialects.fences import Fences
from entrywise.data.documents.dialects.lines import Line, starts, within
from entrywise.data.documents.links import with_labels_read
from entrywise.data.documents.markup.writer import Writer
from entrywise.data.documents.remarks import Remark, remarks_in
from entrywise.data.entries import Block, Section

_FENCES = ("```", "~~~")
_MARKS = re.compile(r"[\s>]*(?:`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = 4
"""Blanks that code begins with where no fence is around it."""


def lines_of(section: Section) -> Sequence[Line]:
    """The lines of a whole section as CommonMark; of another text its own."""
    if section.is_markdown:
        return commonmark_lines(section.text, is_mdx=section.is_mdx)
    rows = section.text.split("\n")
    return [
        Line(row, start, start + len(row)) for row, start in zip(rows, starts(rows), strict=False)
    ]


def remarks_of(section: Section) -> list[Remark]:
    """The outermost admonitions of a section, by its `lines_of`."""
    return remarks_in(section.text, lines_of(section))


class Stretch(NamedTuple):
    """A piece of a section as CommonMark, and the admonitions that it is from: the first of their
    lines, the one behind the last, and the kind of each."""

    text: str
    remarks: tuple[tuple[int, int, str], ...] = ()


def commonmark(section: Section, start: int, end: int) -> str:
    """The text of a `stretch`."""
    return stretch(section, start, end).text


def stretch(section: Section, start: int, end: int) -> Stretch:
    """The CommonMark of a section's `text[start:end]`, a run of blocks or of sentences of one, as
    far to the left as it goes: a quote from inside an admonition or a list is indented by where it
    stands.

    >>> text = '!!! note\\n\\n    Mind:\\n\\n    - the gap'
    >>> stretch(Section("text", text, is_markdown=True), 14, 35)
    Stretch(text='Mind:\\n\\n- the gap', remarks=((0, 3, 'note'),))
    """
    lines = commonmark_lines(section.text, is_mdx=section.is_mdx)
    numbers = within(lines, start, end)
    inside = [lines[number] for number in numbers]
    if not inside:
        return Stretch("")
    found = [line.text for line in inside]
    last = max((n for n, line in enumerate(inside) if line.start < line.end), default=0)
    for number in {0, last}:
        if inside[number].is_markup:
            found[number] = _piece(section, inside[number], start, end)
    if not inside[last].is_markup and section.text[end : inside[last].end].strip():
        found[last] = _last_line(_converted(section, end))
    if not inside[0].is_markup and section.text[inside[0].start : start].strip():
        found[0] = found[0].removeprefix(_last_line(_converted(section, start)))
    above = numbers.start + next((n for n, line in enumerate(found) if line), 0)
    if _is_code(section, end - 1) and (opened := _MARKS.match(_opened(lines[: numbers.stop]))):
        found.append(opened[0])
    if _is_code(section, start) and (opening := _opened(lines[: numbers.start])):
        found.insert(0, opening)
        above -= 1
    said = at_margin("\n".join(found), is_code=_is_code(section, start))
    if _has_no_header(section, start):
        above -= 2
        said = f"{no_header(said)}\n{said}"
    below = said.count("\n") + 1
    told = (
        (one.lines.start - above, one.lines.stop - above, one.kind) for one in remarks_of(section)
    )
    remarks = ((max(0, first), min(last, below), kind) for first, last, kind in told)
    said = with_labels_read(said, section.links)
    return Stretch(said, tuple(one for one in remarks if one[0] < one[1]))


def _opened(lines: Iterable[Line]) -> str:
    """The line that opens the code which some lines end within; empty where they end in none."""
    fences, opened = Fences(), ""
    for line in lines:
        opened = opened if fences.is_open else line.text
        fences.read(line.text)
    return opened if fences.is_open else ""


def _converted(section: Section, end: int) -> str:
    """What stands before a place of a section."""
    return to_commonmark(section.text[:end], is_mdx=section.is_mdx)


def _piece(section: Section, line: Line, start: int, end: int) -> str:
    """What a line says that was HTML, of which some characters may be all that is quoted."""
    if start <= line.start and line.end <= end:
        return line.text
    return Writer().inline(section.text[max(start, line.start) : min(end, line.end)])


def _last_line(text: str) -> str:
    return text[text.rfind("\n") + 1 :]


def at_margin(text: str, *, is_code: bool = False) -> str:
    """Markdown without the indentation of its first line; from an item on that stands less deep,
    without that of this item, as what is below it would else stand beside it.

    >>> at_margin("  - one\\n    more"), at_margin("      x = 1", is_code=True)
    ('- one\\n  more', '    x = 1')
    >>> at_margin("  - one\\n- two\\n  - three")
    '- one\\n- two\\n  - three'
    """
    lines = text.split("\n")
    most = _indent(next((line for line in lines if line.strip()), ""))
    if is_code and not text.lstrip().startswith(_FENCES):
        most -= _CODE
    fences = Fences()
    for number, line in enumerate(lines if most > 0 else ()):
        if not (is_code or fences.read(line)) and _ITEM.match(line):
            most = min(most, _indent(line))
        lines[number] = _without_indent(line, most)
    return "\n".join(lines).strip("\n")


def _is_code(section: Section, start: int) -> bool:
    block = _block(section, start)
    return block is not None and block.kind == "code"


def _block(section: Section, start: int) -> Block | None:
    """The block that holds a place of a section."""
    begins: Sequence[int] = [block.start for block in section.blocks]
    number = bisect_right(begins, start) - 1
    return section.blocks[number] if number >= 0 else None


def _has_no_header(section: Section, start: int) -> bool:
    """Whether what begins at a place is a row of a table that has no header: it is none without."""
    block = _block(section, start)
    if block is None or block.kind != "row":
        return False
    return block.lead < 0 or section.blocks[block.lead].kind != "header"


def no_header(rows: str) -> str:
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
