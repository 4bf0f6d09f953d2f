"""Writes elements of HTML as lines of CommonMark, each with the characters that it is of.

<tr><td>Card</td><td>1.4 %</td></tr>    ─▶    Line("| Card | 1.4 % |", 0, 37)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.dialects.lines import Line
from entrywise.data.documents.dialects.tags import picture
from entrywise.data.documents.markup.code_attributes import GivenCode, given_code
from entrywise.data.documents.markup.tree import Element, Text, tree
from entrywise.data.documents.parsing.spans import grid
from entrywise.data.documents.parsing.tables import names_columns
from entrywise.data.documents.plain_text import (
    BLOCKS,
    BOLD,
    CODE,
    SLANTED,
    one_blank,
    whole_number,
)

_SKIPPED = frozenset("script style svg template canvas noscript iframe object".split())
_TITLES = frozenset("caption dt summary h1 h2 h3 h4 h5 h6".split())
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang)-([\w+#.-]+)")
_HIDDEN = re.compile(r"\s(?:data-)?hidden(?=[\s>=])")
_BULLET = "• "


class Writer:
    """Writes HTML of a text; `prose` makes CommonMark of what dialects write between tags."""

    def __init__(self, prose: Callable[[str], str] = str) -> None:
        self._prose = prose

    def lines(self, html: str, start: int, margin: str = "") -> list[Line]:
        """The lines of what stands at a place of the source.

        Args:
            margin: what each begins with: the indentation of the list that it stands in.
        """
        found = self._blocks(tree(html, start))
        return [replace_text(line, f"{margin}{line.text}" if line.text else "") for line in found]

    def inline(self, html: str) -> str:
        """A piece of a paragraph on one line."""
        return one_blank(self._inlines([tree(html)]).replace(writing.BREAK, " "))

    def _blocks(self, node: Element) -> list[Line]:
        """The lines of what is within an element."""
        found: list[Line] = []
        run: list[Element | Text] = []
        before = ""
        for child in node.children:
            if isinstance(child, Element) and _is_block(child):
                _add(found, self._paragraph(run))
                run = []
                _add(found, self._block(child), is_tight=_goes_on(child, node.name, before))
                before = child.name
            else:
                run.append(child)
        _add(found, self._paragraph(run))
        return found

    def _block(self, node: Element) -> list[Line]:
        if node.name in _SKIPPED:
            return []
        if node.name == "pre":
            return self._code(node)
        if codes := given_code(node.tag):
            return _given(codes, node.start)
        if node.name in ("ul", "ol"):
            return self._list(node)
        if node.name == "table":
            return self._table(node)
        if node.name in _TITLES:
            text = one_blank(self._inlines([node]).replace("**", ""))
            return _written([writing.marked("**", text)] if text else [], node.start, node.end)
        lines = self._blocks(node)
        if node.name == "blockquote":
            return [replace_text(line, f"> {line.text}".rstrip()) for line in lines]
        return _widened(lines, node) if _spans(lines) == 1 else lines

    def _paragraph(self, run: Sequence[Element | Text]) -> list[Line]:
        text = self._inlines(run).strip(" \n\\")
        if not text:
            return []
        said = [one for one in run if not (isinstance(one, Text) and not one.text.strip())]
        first, last = said[0], said[-1]
        start, end = first.start, last.end
        if isinstance(first, Text):
            start += len(first.text) - len(first.text.lstrip())
        if isinstance(last, Text):
            end -= len(last.text) - len(last.text.rstrip())
        return _written(writing.paragraph(text).split("\n"), start, end)

    def _code(self, node: Element) -> list[Line]:
        inner = next((one for one in node.all() if one.name in CODE), node)
        said = (_LANGUAGE.search(one.attribute("class")) for one in (inner, node))
        language = next((found[1] for found in said if found), "")
        text = writing.code_block(bare(node), language)
        return _written(text.split("\n") if text else [], node.start, node.end)

    def _list(self, node: Element) -> list[Line]:
        found: list[Line] = []
        number = whole_number(node.attribute("start"), 1)
        for child in node.elements:
            lines = self._blocks(child)
            if not lines:
                continue
            if child.name == "li":
                lines = _widened(lines, child)
            mark = f"{number}. " if node.name == "ol" else "- "
            number += 1
            opening, *rest = lines
            found.append(replace_text(opening, mark + opening.text))
            indent = " " * len(mark)
            found += (replace_text(line, indent + line.text if line.text else "") for line in rest)
        return found

    def _table(self, node: Element) -> list[Line]:
        heads, rows = _rows(node)
        cells = _shown_cells(rows)
        if max(map(len, cells), default=0) < 2 or (len(rows) < 2 and _lays_out(node)):
            # It lays out a page.
            found: list[Line] = []
            for cell in (cell for row in cells for cell in row):
                _add(found, self._blocks(cell))
            return found
        texts = grid(
            [(self._cell(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row]
            for row in cells
        )
        told = [(row, text) for row, text in zip(rows, texts, strict=True) if any(text)]
        is_headed = any(texts[0]) and (heads[0] or _is_header(rows[0]))
        is_headed = is_headed or names_columns(texts[0])
        captions = (one for one in node.elements if one.name == "caption")
        above = [line for one in captions for line in self._block(one)]
        if not told:
            return above
        header, body = (told[0][1], told[1:]) if is_headed else ([], told)
        head, rule, *below = writing.table(header, [text for _, text in body]).split("\n")
        at, end = (told[0][0].start, told[0][0].end) if is_headed else (node.start, node.start)
        table = [Line(head, at, end, True), Line(rule, end, end, True)]
        table += (
            Line(text, row.start, row.end, True) for text, (row, _) in zip(below, body, strict=True)
        )
        _add(above, table)
        return above

    def _cell(self, cell: Element) -> str:
        """What a cell says, on one line; what is a list in it has signs."""
        said = self._inlines(cell.children, is_cell=True)
        return one_blank(said.replace(writing.BREAK, " "))

    def _inlines(self, nodes: Iterable[Element | Text], *, is_cell: bool = False) -> str:
        return "".join(self._inline(node, is_cell=is_cell) for node in nodes)

    def _inline(self, node: Element | Text, *, is_cell: bool) -> str:
        if isinstance(node, Text):
            text = re.sub(r"\s+", " ", node.text)
            return self._prose(text) if text.strip() else text
        if node.name in _SKIPPED:
            return ""
        if node.name == "br":
            return writing.BREAK
        if node.name == "img":
            return picture(node.tag)
        if node.name in CODE:
            return writing.code_span(bare(node))
        if node.name == "pre":
            lines = (writing.code_span(line) for line in bare(node).split("\n"))
            return f" {' '.join(filter(None, lines))} "
        text = self._inlines(node.children, is_cell=is_cell)
        if node.name == "a":
            return writing.link(text, node.attribute("href"))
        if node.name in BOLD:
            return writing.marked("**", text.replace("**", ""))
        if node.name in SLANTED:
            return writing.marked("*", text)
        if node.name == "li" and is_cell:
            return f" {_BULLET}{text.strip()} " if text.strip() else ""
        return f" {text} " if node.name in BLOCKS else text


def bare(node: Element | Text) -> str:
    """All text of an element, as it stands."""
    if isinstance(node, Text):
        return unescape(node.text)
    return "\n" if node.name == "br" else "".join(map(bare, node.children))


def replace_text(line: Line, text: str) -> Line:
    """A line that says something else of the same characters."""
    return line._replace(text=text)


def _given(codes: Iterable[GivenCode], start: int) -> list[Line]:
    """The lines of code that a tag is given which begins at a place, below its labels."""
    found: list[Line] = []
    for label, text, language, *places in codes:
        named, begin, end = (start + place for place in places)
        code = writing.code_block(text, language).split("\n")
        _add(found, _written([writing.marked("**", label)] if label else [], named, begin))
        _add(found, _written(code, begin, end))
    return found


def _written(texts: Sequence[str], start: int, end: int) -> list[Line]:
    """Lines of one block: the first is of all its characters."""
    return [Line(text, end if n else start, end, True) for n, text in enumerate(texts)]


def _widened(lines: list[Line], node: Element) -> list[Line]:
    """The lines of an element, with its tags in what is quoted of its first block."""
    first, *rest = lines
    if _spans(lines) > 1:
        return [first._replace(start=node.start), *rest]
    return [
        first._replace(start=node.start, end=node.end),
        *(line._replace(start=node.end, end=node.end) for line in rest),
    ]


def _spans(lines: Sequence[Line]) -> int:
    """How many of some lines are the first of a block."""
    return sum(line.start < line.end for line in lines)


def _add(found: list[Line], lines: Sequence[Line], *, is_tight: bool = False) -> None:
    """Add the lines of a block, an empty one before them."""
    if found and lines and not is_tight:
        found.append(Line("", lines[0].start, lines[0].start, True))
    found += lines


def _goes_on(node: Element, parent: str, before: str) -> bool:
    """Whether an element says what the term before it means, as a paragraph with it, or is a list
    right below the text of its item."""
    if node.name == "dd":
        return before == "dt" and not _holds_blocks(node)
    return parent == "li" and node.name in ("ul", "ol")


def _is_block(node: Element) -> bool:
    return node.name in BLOCKS or _holds_blocks(node) or bool(given_code(node.tag))


def _holds_blocks(node: Element) -> bool:
    return any(one.name in BLOCKS for one in node.all())


def _rows(table: Element) -> tuple[list[bool], list[Element]]:
    """Whether the rows of a table are of its head, and the rows, not those of tables within it."""
    parts = [part for part in table.elements if part.name in ("thead", "tbody", "tfoot", "tr")]
    told = [
        (part.name == "thead", row)
        for part in parts
        for row in ([part] if part.name == "tr" else part.elements)
        if row.name == "tr"
    ]
    return [is_head for is_head, _ in told], [row for _, row in told]


def _shown_cells(rows: Iterable[Element]) -> list[list[Element]]:
    """The cells of each row, without the columns that nobody sees, as GitBook marks them in the
    first row: where a card leads, and its picture."""
    cells = [[one for one in row.elements if one.name in ("td", "th")] for row in rows]
    hidden = {n for n, one in enumerate(cells[0] if cells else ()) if _HIDDEN.search(one.tag)}
    return [[one for n, one in enumerate(row) if n not in hidden] for row in cells]


def _is_header(row: Element) -> bool:
    cells = [one.name for one in row.elements if one.name in ("td", "th")]
    return bool(cells) and all(name == "th" for name in cells)


def _lays_out(table: Element) -> bool:
    return any(one.name in ("pre", "table", "ul", "ol", "p", "img") for one in table.all())


def _span(cell: Element, name: str) -> int:
    """How many rows or columns a cell is in, 1 to 100."""
    return min(max(whole_number(cell.attribute(name), 1), 1), 100)
