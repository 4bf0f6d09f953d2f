"""Converts HTML to Markdown: the main content of a page, without what is around it.

    <nav>…</nav>                        ─▶  # Leave
    <main><h1>Leave</h1>
    <h2 id="days">Days</h2>                 ## Days {#days}
    <p>26 <b>days</b>.</p></main>           26 **days**.

Headings keep their addresses, links and pictures where they lead; scripts, styles, forms and what
is hidden are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrywise.data.documents.conversion import (
    definition_lists,
    elements,
    list_marks,
    listings,
    mathematics,
    writing,
)
from entrywise.data.documents.conversion.navigation import leading
from entrywise.data.documents.conversion.web_page import content as page
from entrywise.data.documents.conversion.web_page import remarks, tables
from entrywise.data.documents.conversion.web_page.addresses import Addresses
from entrywise.data.documents.conversion.web_page.figures import Figures, captioned, figures
from entrywise.data.documents.conversion.web_page.folds import Folds, folds
from entrywise.data.documents.conversion.web_page.lines import (
    BLOCKS,
    alternatives,
    apart,
    direct,
    flushed,
    holds_blocks,
)
from entrywise.data.documents.conversion.web_page.notes import Notes, footnotes, with_notes_behind
from entrywise.data.documents.conversion.web_page.unread import Unread
from entrywise.data.documents.plain_text import BOLD, CODE, SLANTED, one_blank, raised, whole_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HEADING = re.compile("h([1-6])")
_DEEPEST = 150
"""Elements within each other; what is below is read as plain text."""


@dataclass(frozen=True, slots=True)
class Hypertext:
    """A page of HTML: its title, what it says in Markdown, and the address that it gives itself."""

    title: str
    markdown: str
    address: str


def from_html(html: str, *, base: str = "", first_row_is_header: bool = False) -> Hypertext:
    """What a page of HTML says.

    Args:
        base: the address of the page, which its links are relative to; without it they stay.
        first_row_is_header: whether a table without header cells has one all the same.

    Raises:
        ImportError: the extra `documents` is not installed.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = with_notes_behind(LexborHTMLParser(html))
    held, is_main = page.content(tree)
    notes, folded, shown = footnotes(tree), folds(tree), figures(tree)
    unread = Unread(leading(tree) | notes.unread | shown.unread, folded, is_main=is_main)
    writer = _Writer(
        Addresses(tree, base), notes, folded, shown, unread, are_headed=first_row_is_header
    )
    title = tree.css_first("head title") or tree.css_first("title")
    said = one_blank(title.text()) if title else ""
    told = writer.blocks(held, 0) if held else []
    above = [*page.opening(tree, held, said, told)] if held else []
    # The title above them may be one of them, too.
    blocks = [one for one in told if f"# {one}" not in above[:1]]
    return Hypertext(said, "\n\n".join((*above, *blocks)), page.address(tree))


class _Writer:
    """Writes elements as blocks of Markdown."""

    def __init__(
        self,
        addresses: Addresses,
        notes: Notes,
        folds: Folds,
        figures: Figures,
        unread: Unread,
        *,
        are_headed: bool,
    ) -> None:
        """
        Args:
            are_headed: whether tables have a header, whether they say so or not.
        """
        self._addresses = addresses
        self._notes = notes
        self._folds = folds
        self._pictures = dict(figures.shown)
        self._unread = unread
        self._are_headed = are_headed
        self._level = 1
        self._is_bold = False
        self._outlines: dict[int, bool] = {}

    def blocks(self, node: LexborNode, depth: int) -> list[str]:
        """The blocks of what is within an element."""
        if depth > _DEEPEST:
            return [writing.paragraph(writing.escaped(one_blank(elements.bare(node))))]
        found: list[str] = []
        run: list[str] = []
        for child in node.iter(include_text=True):
            if child in self._unread:
                continue
            if self._is_block(child):
                found += flushed(run)
                found += self._notes.written(child, self._block(child, depth + 1))
            else:
                run.append(apart(run, self._inline(child, depth + 1)))
        return list_marks.with_lists([block for block in [*found, *flushed(run)] if block])

    def _is_block(self, node: LexborNode) -> bool:
        """Whether an element stands apart: by its name, its parts, or as what opens a panel."""
        if node.tag in BLOCKS or node.mem_id in self._folds.titles:
            return True
        return not node.is_text_node and holds_blocks(node)

    def _block(self, node: LexborNode, depth: int) -> list[str]:
        if depth > _DEEPEST:
            return self.blocks(node, depth)
        if picture := self._pictures.pop(node.mem_id, None):
            return captioned(self._inline(picture, depth), self._block(node, depth))
        tag = str(node.tag)
        if page.is_title(node):
            return [writing.heading(1, self._named(node, depth), elements.anchor(node))]
        if (level := _HEADING.fullmatch(tag)) and not elements.is_title(node):
            return self._headed(node, int(level[1]), depth)
        if tag == "dl" and self._is_outline(node):
            return self._defined(node, depth)
        if code := listings.code(node):
            return [writing.code_block(*code)]
        if tag in ("ul", "ol") and not elements.lists_sections(node):
            return [self._list(node, depth)]
        if tag == "blockquote":
            return [writing.quote(self.blocks(node, depth))]
        if remark := remarks.laid_out(node):
            return self._remark(remark, depth)
        if tables.is_table(node):
            return self._table(node, depth)
        if tag in ("dt", "summary", "button") or elements.is_title(node):
            return self._titled(node, depth)
        if kind := elements.kind(node):
            return [writing.remark(kind, self.blocks(node, depth))]
        return self.blocks(node, depth)

    def _headed(self, node: LexborNode, level: int, depth: int) -> list[str]:
        """A heading, and what can be folded up within it."""
        self._level = level
        summary = node.css_first("summary")
        text = self._inlines(summary or node, depth)
        told = self._titled(summary, depth) if summary else []
        below = [one for one in self.blocks(node, depth) if one not in told] if told else []
        return [writing.heading(level, text, elements.anchor(node)), *below]

    def _titled(self, node: LexborNode, depth: int) -> list[str]:
        """A line that names what follows it: a term, a summary, a note's title."""
        text = self._named(node, depth)
        return [] if text.lower() in writing.KINDS else [writing.marked("**", text)]

    def _remark(self, remark: remarks.Remark, depth: int) -> list[str]:
        """A remark that is laid out; without a kind its blocks alone."""
        told = self._titled(remark.title, depth) if remark.title else []
        for part in (one for one in remark.parts if one not in self._unread):
            told += self._block(part, depth + 1)
        return [writing.remark(remark.kind, told)] if remark.kind else told

    def _named(self, node: LexborNode, depth: int) -> str:
        """What an element says on one line, without bold, as it is to be bold itself."""
        return one_blank(self._inlines(node, depth, is_bold=True).replace(writing.BREAK, " "))

    def _is_outline(self, node: LexborNode) -> bool:
        """Whether the definitions of a list are sections, which is told once of those that stand
        together."""
        key = node.parent.mem_id if node.parent else 0
        if key not in self._outlines:
            self._outlines[key] = definition_lists.are_sections(node)
        return self._outlines[key] and self._level < 6

    def _defined(self, node: LexborNode, depth: int) -> list[str]:
        """Definitions as sections."""
        found: list[str] = []
        self._level += 1
        level = self._level
        for one in definition_lists.defined(node):
            texts = [text for term in one.terms if (text := self._named(term, depth))]
            if texts:
                title = definition_lists.name([elements.line(term) for term in one.terms])
                is_whole = len(texts) == 1 and elements.line(one.terms[0]) == title
                heading = texts[0] if is_whole else writing.escaped(title)
                found.append(writing.heading(level, heading, elements.anchor(one.terms[0])))
                found += [] if is_whole else [writing.marked("**", text) for text in texts]
            for part in one.meaning:
                found += self._block(part, depth + 1)
                self._level = level
        self._level = level - 1
        return found

    def _list(self, node: LexborNode, depth: int) -> str:
        first = whole_number(node.attributes.get("start") or "", 1)
        notes: list[str] = []
        items: list[list[str]] = []
        for child in (one for one in node.iter() if one not in self._unread):
            is_item = child.tag == "li"
            blocks = self.blocks(child, depth) if is_item else self._block(child, depth + 1)
            if child.mem_id in self._notes.labels:
                notes += self._notes.written(child, blocks)
            else:
                items.append(blocks)
        found = list_marks.listing(items, first, elements.numbering(node))
        return "\n\n".join(filter(None, (found, *notes)))

    def _table(self, node: LexborNode, depth: int) -> list[str]:
        """A table; one that lays out a page is taken apart."""
        table = tables.read(node)
        above = [block for title in table.titles for block in self._titled(title, depth)]
        if table.is_list:
            items = [self.blocks(cell, depth) for row in table.rows for cell in row]
            return [*above, *self._titled(table.heads[0][0], depth), writing.listing(items)]
        if table.lays_out(node):
            return above + [block for cell in table.cells for block in self.blocks(cell, depth)]
        told = table.told(lambda cell: self._cell(cell, depth), is_headed=self._are_headed)
        return [*above, writing.table(*told)]

    def _cell(self, cell: LexborNode, depth: int) -> str:
        return writing.cell(self.blocks(cell, depth)) or elements.sign(cell)

    def _inlines(self, node: LexborNode, depth: int, *, is_bold: bool = False) -> str:
        if depth > _DEEPEST:
            return writing.escaped(one_blank(elements.bare(node)))
        run: list[str] = []
        before, self._is_bold = self._is_bold, self._is_bold or is_bold
        for child in node.iter(include_text=True):
            if child not in self._unread:
                run.append(apart(run, self._inline(child, depth + 1)))
        self._is_bold = before
        return alternatives(run) if node.mem_id in self._folds.switches else "".join(run)

    def _inline(self, node: LexborNode, depth: int) -> str:
        if node.is_text_node:
            text = re.sub(r"\s+", " ", node.text_content or "")
            return mathematics.of_text(text, writing.escaped)
        tag = node.tag
        if tag == "math":
            return mathematics.of_mathml(node)
        if tag == "script":
            return mathematics.of_script(node.attributes.get("type") or "", node.text())
        if tag == "br":
            return writing.BREAK
        if tag == "img":
            target = node.attributes.get("src") or node.attributes.get("data-src") or ""
            alt = elements.description(node)
            return mathematics.of_picture(alt) or writing.image(alt, self._addresses.of(target))
        if tag == "input":
            return "[x] " if "checked" in node.attributes else "[ ] "
        if tag in CODE:
            code, link = writing.code_span(elements.bare(node)), node.css_first("a[href]")
            is_link = link and elements.line(link) == elements.line(node)
            return self._linked(link, code) if link and is_link else code
        text = self._inlines(node, depth, is_bold=tag in BOLD)
        if tag == "a":
            return self._notes.marks.get(node.mem_id) or self._linked(node, text)
        if tag == "sup":
            return raised(text)
        if tag in BOLD:
            return text if self._is_bold else writing.marked("**", text)
        return writing.marked("*", text) if tag in SLANTED else text

    def _linked(self, link: LexborNode, text: str) -> str:
        target = link.attributes.get("href") or ""
        if (not target or target.startswith("#")) and not elements.line(link):
            return ""
        return writing.link(text, self._addresses.of(direct(target)))
