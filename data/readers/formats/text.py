"""Reads a file of plain text: paragraphs are what stands between empty lines, and sections what
stands below the lines that people write as headings. Lines whose cells stand below each other are
tables, and those that end early stay lines.

    5. Termination          Delivery          GENERAL TERMS
                            --------
    numbered one after      underlined        in capitals
    the other
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from entrywise.data.documents.conversion.aligned_lines import width
from entrywise.data.documents.line_breaks import with_lines, without_contents
from entrywise.data.documents.plain_text import margin
from entrywise.data.documents.sections import INTRODUCTION, Page, name_of, unused
from entrywise.data.entries import EXPANSION, NAME, Block, Section
from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document, is_short, paragraphs
from entrywise.data.readers.encodings import read_any_text
from entrywise.data.readers.formats.page_breaks import (
    with_whole_words,
    without_page_breaks,
    without_terminal_codes,
)
from entrywise.data.words import word_count

_LETTERS = 3
"""A line in capitals has more."""
_BELOW = 20
"""Words that stand below numbered headings, in the median: below steps there are fewer."""
_SHARE = 0.25
"""The share of paragraphs up to which lines in capitals are headings."""
_UNDERLINES = frozenset("=~^*#+-")
_UNDERLINE = re.compile(r"[ \t]*([=~^*#+-])\1{2,}[ \t]*")
_NUMBERED = re.compile(
    r"(?P<word>[^\W\d_]{2,12} |§ ?|)(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})(?:[.):]*\s+\S|[.):]*$)"
)
_CAPITALS = ("", 0)
_LONGEST_QUESTION = 40
"""Words of a numbered question, which may stand in several lines."""
_DEEPER, _FEWEST_ABOVE = 2, 2
"""Blanks by which what stands below headings may be indented, and such headings, at least."""
_COLUMNS = re.compile(r"\S(?: {3}|\t)")
"""What makes a line the row of a table."""
_GOES_ON, _ENDS = (",", ";"), (".", "!", "?", ",", ";")
_ENDS_NUMBERED = (".", "!", ",", ";")


class _Heading(NamedTuple):
    """A line that may be a heading: where it and what stands below it begin, in characters.

    Those of one style are of one level; `number` is () where it has none. `indent` is where it
    begins in its line, and what is below it may be indented deeper.
    """

    title: str
    start: int
    end: int
    style: tuple[str, int]
    number: tuple[int, ...] = ()
    indent: int = 0
    is_above: bool = False


class TextReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .txt file"
    suffixes = (".txt",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        text = without_page_breaks(without_terminal_codes(text))
        text = with_whole_words(text).strip("\n")
        return document(source, outlined(text.strip(), width(text)), guessed)


def outlined(text: str, width: int = 0) -> Page:
    """The title, empty where no line is one, and the sections of a plain text.

    The title is a heading that no other is like, or a short line, above all others.

    Args:
        width: how wide its lines are, where those are to stay that end early.

    >>> page = outlined("Boats\\n=====\\n\\nOars\\n----\\nTwo.")
    >>> page.title, [(one.path, one.text) for one in page.sections]
    ('Boats', [(('Oars',), 'Two.')])
    """
    blocks = paragraphs(text)
    headings = _headings(text, blocks)
    title, start = "", 0
    alike = Counter(heading.style for heading in headings)
    if len(headings) > 1 and headings[0].start == 0 and alike[headings[0].style] == 1:
        (title, _, start, *_), *headings = headings
    if not headings:
        return Page("", (_section("text", text, (), width),) if blocks else ())
    if not title and (own := _own_title(text, blocks[0])) and blocks[0].end <= headings[0].start:
        title, start = own, blocks[0].end
    opening = text[start : headings[0].start].strip()
    is_row = _COLUMNS.search(opening)
    if not (title or is_row) and opening and is_short(opening) and not opening.endswith(_ENDS):
        title, start = opening, headings[0].start
    return Page(title, tuple(_sections(text, start, headings, width)))


def _section(name: str, said: str, path: tuple[str, ...], width: int) -> Section:
    text = said.strip()
    before = said[: said.find(text)]
    indent = len(before) - before.rfind("\n") - 1
    section = Section(name, text, path, blocks=paragraphs(text))
    return with_lines(section, width, indent) if width else section


def _sections(text: str, start: int, headings: Sequence[_Heading], width: int) -> Iterator[Section]:
    """What stands above the first heading, and below each."""
    used = {NAME: 1, EXPANSION: 1}
    levels = {style: level for level, style in enumerate(dict.fromkeys(h.style for h in headings))}
    above: list[tuple[int, str]] = []
    ends = [*(heading.start for heading in headings), len(text)]
    opening = without_contents(text[start : ends[0]], (one.title for one in headings))
    if opening.strip():
        yield _section(unused(INTRODUCTION, used), opening, (), width)
    for heading, end in zip(headings, ends[1:], strict=True):
        level = levels[heading.style]
        above = [*(one for one in above if one[0] < level), (level, heading.title)]
        if (below := text[heading.end : end]).strip():
            path = tuple(title for _, title in above)
            yield _section(unused(name_of(heading.title), used), below, path, width)


def _headings(text: str, blocks: Sequence[Block]) -> list[_Heading]:
    """The lines that are headings, in their order."""
    found = [one for block in blocks for one in _candidates(text, block)]
    nexts = [*found[1:], None] if found else []
    below = {
        one: word_count(text[one.end : after.start if after else None])
        for one, after in zip(found, nexts, strict=True)
    }
    found = [
        one
        for one, after in zip(found, nexts, strict=True)
        if below[one] or (after and _stands_above(one, after))
    ]
    found, is_manual = _outermost(found)
    capitals = [one for one in found if one.style == _CAPITALS]
    chosen = {one for one in found if one.style[0] in _UNDERLINES}
    if is_manual or 1 < len(capitals) <= _SHARE * len(blocks):
        chosen |= set(capitals)
    clauses = _clauses(text, blocks)
    found = [one for one in found if not one.number or one.number[:-1] not in clauses]
    for word in dict.fromkeys(one.style[0] for one in found if one.number):
        alike = [one for one in found if one.number and one.style[0] == word]
        chosen |= _numbered(alike, below)
    return [one for one in found if one in chosen]


def _outermost(found: Sequence[_Heading]) -> tuple[list[_Heading], bool]:
    """What may be a heading, and whether the text is indented below those in capitals, as a manual
    page is: then it stands as far out as they."""
    above = [one.indent for one in found if one.style == _CAPITALS and one.is_above]
    left = min(above, default=0)
    if above.count(left) < _FEWEST_ABOVE:
        return list(found), False
    return [one for one in found if one.indent <= left], True


def _own_title(text: str, first: Block) -> str:
    """The title that a text begins with: a short line in capitals; empty where it is none."""
    line = " ".join(text[first.start : first.end].split())
    return line if is_short(line) and line.isupper() and _is_named(line) else ""


def _clauses(text: str, blocks: Sequence[Block]) -> set[tuple[int, ...]]:
    """The numbers whose parts (8.1 and 8.2 of 8) are numbered paragraphs rather than sections: not
    most of them stand in a short line."""
    told: dict[tuple[int, ...], list[bool]] = {}
    for block in blocks:
        paragraph = text[block.start : block.end]
        line = paragraph.partition("\n")[0].strip()
        if numbered := _NUMBERED.match(line):
            *above, _ = map(int, numbered["number"].split("."))
            if above:
                is_named = is_short(line) and not line.endswith(_ENDS_NUMBERED)
                told.setdefault(tuple(above), []).append(is_named or _is_asked(paragraph))
    return {above for above, short in told.items() if 2 * sum(short) <= len(short)}


def _stands_above(one: _Heading, after: _Heading) -> bool:
    """Whether one that has no text of its own may be followed by another: in a list, as a table of
    contents is, all are alike."""
    return one.style != after.style and (not one.number or len(one.number) < len(after.number))


def _candidates(text: str, block: Block) -> Iterator[_Heading]:
    """The heading that a paragraph may begin with, or be."""
    lines = text[block.start : block.end]
    line, _, rest = lines.partition("\n")
    if rest and _is_asked(lines) and (numbered := _NUMBERED.match(lines)):
        number, style = _number(numbered)
        yield _Heading(" ".join(lines.split()), block.start, block.end, style, number)
        return
    first = line.strip()
    title = " ".join(first.split())
    if not is_short(title) or not any(map(str.isalnum, title)):
        return
    title = title.rstrip(".:")
    is_row = _COLUMNS.search(first) is not None
    underline = rest.partition("\n")[0]
    start, end = block.start, block.start + len(line)
    indent = start - text.rfind("\n", 0, start) - 1
    is_above = bool(rest) and all(len(margin(one)) >= indent + _DEEPER for one in rest.split("\n"))
    is_named = not is_row and first.isupper() and _is_named(first)
    if not is_row and (underlined := _UNDERLINE.fullmatch(underline)):
        yield _Heading(title, start, end + 1 + len(underline), (underlined[1], 0))
    elif is_named and is_above and first[0].isalnum():
        yield _Heading(title, start, end, _CAPITALS, indent=indent, is_above=True)
    elif first.endswith(_GOES_ON) or (rest and not _ends_early(first, rest)):
        return
    elif (numbered := _NUMBERED.match(title)) and not _is_scale(title, numbered):
        number, style = _number(numbered)
        yield _Heading(title, start, end, style, number, indent)
    elif is_named and (first[0].isalnum() or not rest):
        yield _Heading(title, start, end, _CAPITALS, indent=indent)


def _is_asked(text: str) -> bool:
    return text.endswith(QUESTION_MARKS) and word_count(text) <= _LONGEST_QUESTION


def _is_scale(title: str, numbered: re.Match[str]) -> bool:
    """Whether a line has nothing but numbers, as above a drawing of bits."""
    behind = title[numbered.end("number") :]
    return any(map(str.isdigit, behind)) and not any(map(str.isalpha, behind))


def _number(numbered: re.Match[str]) -> tuple[tuple[int, ...], tuple[str, int]]:
    """The number of a heading, and the style of those that are numbered so."""
    number = tuple(map(int, numbered["number"].split(".")))
    return number, (numbered["word"].strip().lower(), len(number))


def _ends_early(line: str, rest: str) -> bool:
    """Whether a line ends though the next word would stand in it, so that it is no line of a
    sentence that goes on.

    >>> _ends_early("§ 1 Rent", "The rent is 800 EUR."), _ends_early("We rent it", "to you for 9.")
    (True, False)
    """
    after, *_ = rest.split() or [""]
    widest = max(len(one.strip()) for one in rest.split("\n"))
    if line.endswith(_ENDS) or after[:1].islower() or len(f"{line} {after}") > widest:
        return False
    # In a table of contents another heading comes next.
    below = rest.partition("\n")[0].strip()
    return not (is_short(below) and _NUMBERED.match(below)) and not below.isupper()


def _is_named(text: str) -> bool:
    """Whether a text is a name: some letters, and no end of a sentence."""
    return sum(map(str.isalpha, text)) > _LETTERS and not text.endswith(_ENDS)


def _numbered(found: Sequence[_Heading], below: Mapping[_Heading, int]) -> set[_Heading]:
    """Those of numbered lines that follow each other, where enough stands below them."""
    chain: list[_Heading] = []
    # An item of a list may stand between two sections of a chapter.
    latest: dict[int, tuple[int, ...]] = {}
    for one in found:
        before = [chain[-1].number, latest.get(one.number[0], ())] if chain else []
        if one.number[-1] <= 1 or any(_follows(one.number, last) for last in before):
            chain.append(one)
            latest[one.number[0]] = one.number
    words = [below[one] for one in chain if below[one]]
    return set(chain) if len(chain) > 1 and words and median(words) >= _BELOW else set()


def _follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a number comes next.

    >>> _follows((2, 1), (1, 4)), _follows((1, 4, 1), (1, 4)), _follows((3,), (1, 4))
    (True, True, False)
    """
    for place, (one, before) in enumerate(zip(number, last, strict=False)):
        if one != before:
            return one == before + 1 and all(rest <= 1 for rest in number[place + 1 :])
    return len(number) > len(last) and all(rest <= 1 for rest in number[len(last) :])
