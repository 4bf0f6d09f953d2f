"""Reads a file of plain text: paragraphs are what stands between empty lines, and sections what
stands below the lines that people write as headings. Lines whose cells stand below each other are
tables, and those that end early stay lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from entrywise.data.documents.conversion.aligned_lines import width
from entrywise.data.documents.line_breaks import in_order, with_lines, without_contents
from entrywise.data.documents.plain_text import margin, one_blank
from entrywise.data.documents.sections import INTRODUCTION, Page, name_of, unused
from entrywise.data.entries import EXPANSION, NAME, Block, Section
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document, is_short, paragraphs
from entrywise.data.readers.encodings import read_any_text
from entrywise.data.readers.formats.typed.headings import (
    COLUMNS,
    ENDS,
    Heading,
    is_named,
    typed_headings,
)
from entrywise.data.readers.formats.typed.page_breaks import (
    with_whole_words,
    without_page_breaks,
    without_terminal_codes,
)

_NEAR, _TITLE_LINES, _BESIDE = 3, 3, 4
"""Paragraphs among which a title that is centred begins; its lines, at most; the blanks beside it,
at least, and by which those on its sides may differ."""


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
    headings = typed_headings(text, blocks)
    title, start = "", 0
    alike = Counter(heading.style for heading in headings)
    if len(headings) > 1 and headings[0].start == 0 and alike[headings[0].style] == 1:
        (title, _, start, *_), *headings = headings
    if not headings:
        return Page("", (_section("text", text, (), width),) if blocks else ())
    above = [block for block in blocks if block.end <= headings[0].start]
    if not title and above and (own := _own_title(text, above[0])):
        title, start = own, above[0].end
    elif not title and (block := _centred(text, above)):
        title = one_blank(text[block.start : block.end])
        text = text[: block.start] + " " * (block.end - block.start) + text[block.end :]
    opening = text[start : headings[0].start].strip()
    is_row = COLUMNS.search(opening)
    if not (title or is_row) and opening and is_short(opening) and not opening.endswith(ENDS):
        title, start = opening, headings[0].start
    return Page(title, tuple(_sections(text, start, headings, width)))


def _section(name: str, said: str, path: tuple[str, ...], width: int) -> Section:
    text = said.strip()
    before = said[: said.find(text)]
    indent = len(before) - before.rfind("\n") - 1
    section = Section(name, text, path, blocks=paragraphs(text))
    return with_lines(section, width, indent) if width else section


def _sections(text: str, start: int, headings: Sequence[Heading], width: int) -> Iterator[Section]:
    """What stands above the first heading, and below each."""
    used = {NAME: 1, EXPANSION: 1}
    levels = {style: level for level, style in enumerate(dict.fromkeys(h.style for h in headings))}
    above: list[tuple[int, str]] = []
    ends = [*(heading.start for heading in headings), len(text)]
    titles = in_order(one.title for one in headings)
    opening = without_contents(text[start : ends[0]], titles)
    if opening.strip():
        yield _section(unused(INTRODUCTION, used), opening, (), width)
    for heading, end in zip(headings, ends[1:], strict=True):
        level = levels[heading.style]
        above = [*(one for one in above if one[0] < level), (level, heading.title)]
        below = text[heading.end : end]
        if not heading.number:
            below = without_contents(below, titles)
        if below.strip():
            path = tuple(title for _, title in above)
            yield _section(unused(name_of(heading.title), used), below, path, width)


def _centred(text: str, blocks: Sequence[Block]) -> Block | None:
    """The paragraph near the top that stands in the middle of the lines, as a title does: the last
    one where others do above it."""
    widest = max((len(line.rstrip()) for line in text.split("\n")), default=0)
    told = [_is_centred(text, block, widest) for block in blocks]
    if True not in told[:_NEAR]:
        return None
    first = told.index(True)
    last = told.index(False, first) if False in told[first:] else len(told)
    return blocks[last - 1]


def _is_centred(text: str, block: Block, widest: int) -> bool:
    said = text[block.start : block.end]
    whole = text[text.rfind("\n", 0, block.start) + 1 : block.start] + said
    lines = [line.expandtabs().rstrip() for line in whole.split("\n")]
    beside = [(len(margin(line)), widest - len(line)) for line in lines]
    return (
        len(lines) <= _TITLE_LINES
        and all(left >= _BESIDE and abs(left - right) <= _BESIDE for left, right in beside)
        and all(is_short(line.strip()) and not COLUMNS.search(line.strip()) for line in lines)
        and is_named(said)
    )


def _own_title(text: str, first: Block) -> str:
    """The title that a text begins with: a short line in capitals; empty where it is none."""
    line = " ".join(text[first.start : first.end].split())
    return line if is_short(line) and line.isupper() and is_named(line) else ""
