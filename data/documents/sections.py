"""Sections: what stands below each heading of a document, cut into blocks.

    # Leave                       title "Leave"
    Ask early.                 ─▶ Section("introduction", "Ask early.")
    ## Carrying over
    Until March.               ─▶ Section("carrying-over", "Until March.", path=("Carrying over",))

A section's text is the source below its heading, as it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from entrywise.data.documents import properties
from entrywise.data.documents.anchors import (
    Anchors,
    Slugs,
    listed,
    split_anchor,
    tag_anchor,
    target,
)
from entrywise.data.documents.blocks import LineBlock, line_blocks
from entrywise.data.documents.dialects.commonmark import commonmark_lines
from entrywise.data.documents.dialects.footnotes import Notes
from entrywise.data.documents.dialects.lines import Rows, starts
from entrywise.data.documents.links import labelled
from entrywise.data.documents.parsing.addresses import with_addresses
from entrywise.data.documents.parsing.formulas import with_formulas
from entrywise.data.documents.parsing.headings import (
    asked,
    level_of,
    repeated_level,
    said,
    title_level,
)
from entrywise.data.documents.parsing.labels import labels, without_colon, without_label
from entrywise.data.documents.parsing.section_rows import (
    Stretch,
    move_behind_tabs,
    move_notes,
    stripped,
)
from entrywise.data.documents.parsing.tables import with_tables
from entrywise.data.documents.plain_text import without_icons, without_tags
from entrywise.data.entries import EXPANSION, NAME, Block, Section, Unread
from entrywise.data.words import composed, word_count

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

INTRODUCTION = "introduction"
_DEEPEST = 40
"""Levels of lists and quotes within each other; what is below them is not read."""
_ABOVE_TITLE = 30  # Words above the title of a document that begins with another heading.
_BANNER = re.compile(r"\s*<h([1-6])\b[^<>]*>[^<>]*</h\1>\s*", re.IGNORECASE)
_TAGGED = re.compile(r"<h1\b[^<>]{0,500}>((?:(?!</?h\d)[\s\S]){1,500}?)</h1>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a document says: its title, empty where no heading is one, its sections that have text,
    the address that it says is its own, and what of it was not read, by its place in it."""

    title: str
    sections: tuple[Section, ...]
    address: str = ""
    faults: tuple[Unread, ...] = ()


def read_page(
    text: str,
    *,
    title: str = "",
    is_mdx: bool = False,
    slugs: Slugs = "github",
    is_exported: bool = False,
) -> Page:
    """The title and the sections of a document.

    Args:
        text: Markdown, without front matter.
        title: what it is called, where something else says that.
        is_mdx: whether it is MDX.
        slugs: whose rule gives its headings anchors.
        is_exported: whether a tool wrote it that puts properties below the title.
    """
    from markdown_it.tree import SyntaxTreeNode

    text = composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = commonmark_lines(text, is_mdx=is_mdx)
    rows = Rows(text, lines)
    known: dict[str, Any] = {}
    root = SyntaxTreeNode(_parser().parse("\n".join(line.text for line in lines), known))
    top = repeated_level(title, root.children) if title else title_level(root.children)
    own, stretches = _stretches(root.children, rows, Anchors(slugs), top)
    notes = Notes(rows.texts)
    move_behind_tabs(stretches, rows)
    move_notes(stretches, notes, rows)
    used = {NAME: 1, EXPANSION: 1}
    sections = (_section(stretch, rows, notes, used, is_mdx=is_mdx) for stretch in stretches)
    found = tuple(replace(one, links=labelled(one.text, known)) for one in sections if one)
    if title := title or own:
        found = properties.apart(found, lambda name: unused(name, used), is_exported=is_exported)
    return Page(title, found)


@cache
def _parser() -> MarkdownIt:
    # Whoever only asks reads no Markdown, and would wait for it.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    return with_addresses(with_formulas(with_tables(parser, bars_in_code=True)))


def _stretches(
    nodes: Sequence[SyntaxTreeNode], rows: Rows, anchors: Anchors, top: int
) -> tuple[str, list[Stretch]]:
    """The title, and what stands below each heading; what is above the title goes on below it.

    Args:
        top: the level of the heading that may be the title.
    """
    title = ""
    opening = Stretch("", (), "", [], [])
    found = [opening]
    above: list[tuple[int, str]] = []
    late: str | None = None
    start = 0
    untagged = {**labels(nodes), **asked(nodes)}
    for number, node in enumerate(nodes):
        level = untagged.get(number) or level_of(node)
        if not level or node.map is None:
            found[-1].nodes.append(node)
            continue
        mark, above_it = _mark(node, rows.texts, rows.of(node.map[0]), start)
        found[-1].rows += range(start, above_it)
        start = rows.behind(node.map[1])
        if start < len(rows.texts) and (below := listed(rows.texts[start])):
            start, mark = start + 1, below
        heading, explicit = split_anchor(said(node))
        anchor = explicit or mark
        if not anchor and number not in untagged:  # To which sites give none.
            anchor = anchors.anchor(heading)
        heading = without_icons(heading)
        if number in untagged:
            heading = without_colon(heading)
        if level == 1 and late is None:
            is_near = word_count(" ".join(rows.texts[:above_it])) <= _ABOVE_TITLE
            late = heading if is_near else ""
        if level == top and not title and len(found) == 1:
            title = heading
            continue
        named = [(level, heading)] if any(map(str.isalnum, heading)) else []
        above = [one for one in above if one[0] < level] + named
        found.append(Stretch(heading, tuple(text for _, text in above), anchor, [], []))
    found[-1].rows += range(start, len(rows.texts))
    return title or late or _tagged(opening, rows), found


def _tagged(opening: Stretch, rows: Rows) -> str:
    """The heading in HTML that a document begins with, as those do that centre theirs; not one with
    nothing below it, as where generators put the name of the program above each page."""
    code = {
        row
        for node in opening.nodes
        if node.type in ("fence", "code_block") and node.map
        for row in range(rows.of(node.map[0]), rows.behind(node.map[1]))
    }
    above = "\n".join(rows.texts[row] for row in opening.rows if row not in code)
    found = () if _BANNER.fullmatch(above) else _TAGGED.finditer(above)
    return next(filter(None, (without_tags(one[1]) for one in found)), "")


def _mark(node: SyntaxTreeNode, lines: Sequence[str], row: int, start: int) -> tuple[str, int]:
    """The anchor that stands in a heading, at `row`, or above it, from the row `start` on, and is
    empty where none does; and the row with which the heading begins, that above it included."""
    first = row
    inline = node.children[0].children if node.children else ()
    tags = (tag_anchor(one.content) for one in inline if one.type == "html_inline")
    found = next(filter(None, tags), "")
    while row > start and (not lines[row - 1].strip() or target(lines[row - 1])):
        row -= 1
        if above := target(lines[row]):
            first, found = row, found or above
    return found, first


def _section(
    stretch: Stretch, rows: Rows, notes: Notes, used: dict[str, int], *, is_mdx: bool
) -> Section | None:
    """A section with a name of its own; None where nothing stands below the heading, or above all
    nothing but one in HTML, as pages have whose generators put the name of the program there."""
    texts = [*rows.texts, ""]
    own = stripped(stretch.rows, texts)
    text = "\n".join(texts[row] for row in own)
    blocks = line_blocks(stretch.nodes) if own else []
    placed = without_label([*_placed(blocks, own, rows)], text)
    if not placed or (not stretch.path and _BANNER.fullmatch(text)):
        return None
    begin = [rows.of(one.first) for one in blocks[: len(placed)]]
    name = unused(name_of(stretch.heading) if stretch.heading else INTRODUCTION, used)
    return Section(
        name=name,
        text=text,
        path=stretch.path,
        anchor=stretch.anchor,
        blocks=notes.told_apart(placed, begin, text),
        is_markdown=True,
        is_mdx=is_mdx,
    )


def _placed(blocks: Sequence[LineBlock], own: Sequence[int], rows: Rows) -> Iterator[Block]:
    """Blocks with their places in the text of the section.

    They begin where their text does; code with its indentation, so that it can be taken off.
    """
    texts = [*rows.texts, ""]
    begins = dict(zip(own, starts(texts[row] for row in own), strict=False))
    for kind, first, last, plain, lead in blocks:
        (row, begin), (until, end) = rows.span(first, last)
        begin = 0 if kind == "code" and not texts[row][:begin].strip() else begin
        yield Block(kind, begins[row] + begin, begins[until] + end, plain, lead)


def name_of(heading: str) -> str:
    """The name of a section that stands below a heading.

    >>> name_of("8. Rolling back")
    '8-rolling-back'
    """
    return re.sub(r"[\W_]+", "-", heading.lower()).strip("-") or "section"


def unused(name: str, used: dict[str, int]) -> str:
    """A name that no section has yet.

    Args:
        used: names, and the last number that each was given.
    """
    number = used.get(name, 0)
    candidate = name if not number else f"{name}-{number + 1}"
    while candidate in used:
        number += 1
        candidate = f"{name}-{number + 1}"
    used[name] = number + 1
    used.setdefault(candidate, 1)
    return candidate
