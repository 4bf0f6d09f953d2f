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
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from entrywise.data.documents.anchors import Anchors, Slugs, split_anchor, tag_anchor, target
from entrywise.data.documents.blocks import LineBlock, line_blocks
from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.documents.plain import plain_inline, without_tags
from entrywise.data.documents.tables import with_tables
from entrywise.data.entries import EXPANSION, NAME, Block, Section, Unread

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

INTRODUCTION = "introduction"
_DEEPEST = 40
"""Levels of lists and quotes within each other; what is below them is not read."""

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


@dataclass(slots=True)
class _Stretch:
    """What stands below one heading: the nodes, and the lines of the source."""

    heading: str
    path: tuple[str, ...]
    anchor: str
    lines: list[int]
    nodes: list[SyntaxTreeNode]


def read_page(text: str, *, title: str = "", is_mdx: bool = False, slugs: Slugs = "github") -> Page:
    """The title and the sections of a document.

    Args:
        text: Markdown, without front matter.
        title: what it is called, where something else says that.
        is_mdx: whether it is MDX.
        slugs: whose rule gives its headings anchors.
    """
    from markdown_it.tree import SyntaxTreeNode

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    root = SyntaxTreeNode(_parser().parse(to_commonmark(text, is_mdx=is_mdx)))
    top = _repeated(title, root.children) if title else _top(root.children)
    own, stretches = _stretches(root.children, lines, Anchors(slugs), top)
    used = {NAME: 1, EXPANSION: 1}
    sections = (_section(stretch, lines, used) for stretch in stretches)
    return Page(title or own, tuple(section for section in sections if section))


@cache
def _parser() -> MarkdownIt:
    # Whoever only asks reads no Markdown, and would wait for it.
    from markdown_it import MarkdownIt

    return with_tables(MarkdownIt("commonmark", {"maxNesting": _DEEPEST}))


def _stretches(
    nodes: Sequence[SyntaxTreeNode], lines: Sequence[str], anchors: Anchors, top: int
) -> tuple[str, list[_Stretch]]:
    """The title, and what stands below each heading; what stands above the title goes on below
    it.

    Args:
        top: the level of the heading that may be the title.
    """
    title = ""
    opening = _Stretch("", (), "", [], [])
    found = [opening]
    above: list[tuple[int, str]] = []
    headings: list[tuple[int, str]] = []
    start = 0
    for node in nodes:
        if node.type != "heading" or node.map is None:
            found[-1].nodes.append(node)
            continue
        mark, above_it = _mark(node, lines, start)
        found[-1].lines += range(start, above_it)
        start = node.map[1]
        level = int(node.tag[1:])
        heading, explicit = split_anchor(_heading(node))
        anchor = explicit or mark or anchors.anchor(heading)
        headings.append((level, heading))
        if level == top and not title and len(found) == 1:
            title = heading
            continue
        above = [one for one in above if one[0] < level] + [(level, heading)]
        found.append(_Stretch(heading, tuple(text for _, text in above), anchor, [], []))
    found[-1].lines += range(start, len(lines))
    if not title:
        title = next((heading for level, heading in headings if level == 1), "")
    return title or _tagged(opening, lines), found


def _tagged(opening: _Stretch, lines: Sequence[str]) -> str:
    """The heading in HTML that a document begins with, as those do that centre theirs; not one with
    nothing below it, as where generators put the name of the program above each page."""
    code = {
        row
        for node in opening.nodes
        if node.type in ("fence", "code_block") and node.map
        for row in range(*node.map)
    }
    above = "\n".join(lines[row] for row in opening.lines if row not in code)
    found = () if _BANNER.fullmatch(above) else _TAGGED.finditer(above)
    return next(filter(None, (without_tags(one[1]) for one in found)), "")


def _mark(node: SyntaxTreeNode, lines: Sequence[str], start: int) -> tuple[str, int]:
    """The anchor that stands in a heading or above it, empty where none does; and the line with
    which the heading begins, that above it included.

    Args:
        start: the first line that may be above it.
    """
    assert node.map
    first = row = node.map[0]
    inline = node.children[0].children if node.children else ()
    tags = (tag_anchor(one.content) for one in inline if one.type == "html_inline")
    found = next(filter(None, tags), "")
    while row > start and (not lines[row - 1].strip() or target(lines[row - 1])):
        row -= 1
        if above := target(lines[row]):
            first, found = row, found or above
    return found, first


def _top(nodes: Sequence[SyntaxTreeNode]) -> int:
    """The level of the heading that is the title: that of what a document begins with, where all
    other headings are below it; else 1."""
    levels = [int(node.tag[1:]) if node.type == "heading" else 0 for node in nodes]
    first, *others = [level for level in levels if level] or [1]
    return first if levels[:1] == [first] and all(level > first for level in others) else 1


def _repeated(title: str, nodes: Sequence[SyntaxTreeNode]) -> int:
    """The level of the heading that says again what a document is called: 1, unless several of that
    level are parts of it, of which the first has another name; then 0."""
    firsts = [_heading(node) for node in nodes if node.type == "heading" and node.tag == "h1"]
    are_parts = len(firsts) > 1 and split_anchor(firsts[0])[0].lower() != title.lower()
    return 0 if are_parts else 1


def _heading(node: SyntaxTreeNode) -> str:
    inline = node.children[0] if node.children else None
    return plain_inline(inline.token.children or ()) if inline and inline.token else ""


def _section(stretch: _Stretch, lines: Sequence[str], used: dict[str, int]) -> Section | None:
    """A section with a name of its own; None where nothing stands below the heading, or above all
    nothing but one in HTML, as pages have whose generators put the name of the program there."""
    rows = _stripped(stretch.lines, lines)
    blocks = line_blocks(stretch.nodes)
    text = "\n".join(lines[row] for row in rows)
    if not rows or not blocks or (not stretch.path and _BANNER.fullmatch(text)):
        return None
    name = unused(name_of(stretch.heading) if stretch.path else INTRODUCTION, used)
    return Section(
        name=name,
        text=text,
        path=stretch.path,
        anchor=stretch.anchor,
        blocks=tuple(_placed(blocks, rows, lines)),
        is_markdown=True,
    )


def _stripped(rows: Sequence[int], lines: Sequence[str]) -> list[int]:
    """The lines without the empty ones around them."""
    filled = [place for place, row in enumerate(rows) if lines[row].strip()]
    return list(rows[filled[0] : filled[-1] + 1]) if filled else []


def _placed(
    blocks: Sequence[LineBlock], rows: Sequence[int], lines: Sequence[str]
) -> Iterator[Block]:
    """Blocks with their places in the text of the section.

    They begin where their text does; code with its indentation, so that it can be taken off.
    """
    sizes = accumulate((len(lines[row]) + 1 for row in rows), initial=0)
    starts = dict(zip(rows, sizes, strict=False))
    for kind, first, last, plain, lead in blocks:
        own = [row for row in range(first, last) if lines[row].strip()]
        begin = lines[own[0]]
        indent = 0 if kind == "code" else len(begin) - len(begin.lstrip())
        end = starts[own[-1]] + len(lines[own[-1]].rstrip())
        yield Block(kind, starts[own[0]] + indent, end, plain, lead)


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
