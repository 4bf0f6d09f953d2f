"""Converts reStructuredText to Markdown, from the tree of nodes that docutils makes of it.

.. _undo:                      ## Rolling back {#undo}
Rolling back        ─▶
------------                   Run `acme undo`.
Run ``acme undo``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from entrywise.data.documents.conversion import mathematics, writing
from entrywise.data.documents.conversion.restructured import fields
from entrywise.data.documents.conversion.restructured.long_words import LongWords
from entrywise.data.documents.conversion.restructured.outline import (
    HIDDEN,
    WITHIN,
    Labels,
    Node,
    kind,
    put_right,
)
from entrywise.data.documents.conversion.titles import NO_TITLES, Titles
from entrywise.data.documents.dialects.sphinx import METADATA
from entrywise.data.documents.parsing.spans import Span, grid, header
from entrywise.data.documents.plain_text import one_blank

_ERROR = 3
"""The level of docutils' messages from which something was not understood."""
_SETTINGS = {
    "_disable_config": True,
    # As Sphinx has it: a heading that comes again is `id1`.
    "auto_id_prefix": "id",
    "doctitle_xform": False,
    "docinfo_xform": False,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 6,
    "smart_quotes": False,
}
"""Of docutils: nothing of a system is read or run, and messages are told in the tree alone."""
_LISTS = {"bullet_list", "enumerated_list", "definition_list", "table", "literal_block"}


@dataclass(frozen=True, slots=True)
class Restructured:
    """What a document says in Markdown, and what docutils could not make sense of, as (line,
    message)."""

    markdown: str
    faults: tuple[tuple[int, str], ...]


def from_restructured(
    text: str,
    titles: Titles = NO_TITLES,
    source: Path = Path(),
) -> Restructured:
    """What a document in reStructuredText says; it reads and runs nothing else.

    Args:
        titles: of the documents that it may refer to.
        source: where it is among them.

    Raises:
        ImportError: the extra `documents` is not installed.
    """
    from docutils.core import publish_doctree
    from docutils.nodes import Text, system_message

    from entrywise.data.documents.conversion.restructured.directives import register

    register(text)
    settings = {**_SETTINGS, "line_length_limit": len(text) + 1}
    words = LongWords(text)
    tree = publish_doctree(words.text, settings_overrides=settings)
    if words:
        roots = (tree, *tree.transform_messages)
        for node in [one for root in roots for one in root.findall(Text)]:
            node.parent.replace(node, Text(words.restored(node.astext())))
    faults = [
        (int(message.get("line", 0)), one_blank(message.children[0].astext()))
        for message in [*tree.findall(system_message), *tree.transform_messages]
        if int(message["level"]) >= _ERROR and message.children
    ]
    put_right(tree)
    blocks = _Writer(tree, titles, source).blocks(tree, 0)
    return Restructured("\n\n".join(blocks), tuple(dict.fromkeys(faults)))


class _Writer:
    """Writes nodes as blocks of Markdown."""

    def __init__(self, tree: Node, others: Titles, source: Path) -> None:
        self._labels = Labels(tree, others, source)
        self._others = others
        self._source = source

    def blocks(self, node: Node, level: int) -> list[str]:
        """The blocks of what is within a node.

        Args:
            level: of the section that it is in.
        """
        found = [block for child in node.children for block in self._block(child, level)]
        return [block for block in found if block]

    def _block(self, node: Node, level: int) -> list[str]:
        name = kind(node)
        if name in HIDDEN:
            return []
        write = getattr(self, f"_write_{name}", None)
        if write:
            return list(write(node, level))
        if name in writing.KINDS:
            blocks = self.blocks(node, level)
            # In a list or a table it is a part of its item.
            is_apart = kind(node.parent) in ("document", "section")
            return [writing.remark(name, blocks)] if is_apart else blocks
        if not hasattr(node, "tagname"):
            return [writing.paragraph(writing.escaped(one_blank(node.astext())))]
        if _is_inline(node):
            return [writing.paragraph(self._inline(node))]
        return self.blocks(node, level)

    def _write_section(self, node: Node, level: int) -> list[str]:
        title = next((one for one in node.children if kind(one) == "title"), None)
        # A label that is written above a heading comes last.
        anchor = str(node["ids"][-1]) if node["ids"] else ""
        above = [writing.heading(level + 1, self._inlines(title), anchor)] if title else []
        if title and node.get(WITHIN):
            above = self._write_rubric(title, level)
        children = (child for child in node.children if child is not title)
        return [*above, *(block for child in children for block in self._block(child, level + 1))]

    def _write_paragraph(self, node: Node, level: int) -> list[str]:
        return [writing.paragraph(self._inlines(node))]

    def _write_rubric(self, node: Node, level: int) -> list[str]:
        # Bold within bold is none; the stars of code are its own.
        said = (
            self._inlines(one) if kind(one) == "strong" else self._inline(one)
            for one in node.children
        )
        return [writing.marked("**", "".join(said))]

    _write_title = _write_subtitle = _write_caption = _write_term = _write_rubric

    def _write_attribution(self, node: Node, level: int) -> list[str]:
        return [writing.paragraph(f"— {self._inlines(node)}")]

    def _write_literal_block(self, node: Node, level: int) -> list[str]:
        language = [name for name in node.get("classes", ()) if name not in ("code", "")]
        return [writing.code_block(node.astext(), language[0] if language else "")]

    def _write_doctest_block(self, node: Node, level: int) -> list[str]:
        return [writing.code_block(node.astext(), "pycon")]

    def _write_math_block(self, node: Node, level: int) -> list[str]:
        return [mathematics.display(node.astext())]

    def _write_bullet_list(self, node: Node, level: int) -> list[str]:
        return [writing.listing(self.blocks(item, level) for item in node.children)]

    def _write_enumerated_list(self, node: Node, level: int) -> list[str]:
        items = (self.blocks(item, level) for item in node.children)
        return [writing.listing(items, int(node.get("start", 1)))]

    def _write_field_list(self, node: Node, level: int) -> list[str]:
        types = fields.types_of(node.children)
        return [writing.listing(self._field(field, level, types) for field in node.children)]

    def _field(self, field: Node, level: int, types: Mapping[str, str]) -> list[str]:
        name = field.children[0]
        if name.astext().strip().lower() in METADATA:
            return []
        described = fields.shown(field, types)
        label = self._inlines(name) if described is None else writing.escaped(described)
        return self._named(writing.marked("**", label), field.children[1], level) if label else []

    def _write_option_list(self, node: Node, level: int) -> list[str]:
        named = ((writing.code_span(one.children[0].astext()), one) for one in node.children)
        return [writing.listing(self._named(name, one.children[1], level) for name, one in named)]

    def _named(self, name: str, body: Node, level: int) -> list[str]:
        """A field or an option, its name before what it says."""
        first, *rest = [*self.blocks(body, level), ""]
        if writing.is_list(first):
            first, rest = "", [first, *rest]
        return [f"{name}: {first}".rstrip(), *filter(None, rest)]

    def _write_block_quote(self, node: Node, level: int) -> list[str]:
        # Indented lists are what their authors meant, and docutils calls them quotes.
        blocks = self.blocks(node, level)
        are_lists = set(map(kind, node.children)) <= _LISTS
        return blocks if are_lists else [writing.quote(blocks)]

    def _write_line_block(self, node: Node, level: int) -> list[str]:
        lines = [self._inlines(child) for child in node.findall() if kind(child) == "line"]
        return [writing.paragraph(writing.BREAK.join(filter(str.strip, lines)))]

    def _write_image(self, node: Node, level: int) -> list[str]:
        return [self._inline(node)]

    def _write_footnote(self, node: Node, level: int) -> list[str]:
        label, *rest = node.children
        first, *below = [block for child in rest for block in self._block(child, level)] or [""]
        return [f"{writing.note(label.astext(), ':')} {first}", *below] if first else []

    _write_citation = _write_footnote

    def _write_topic(self, node: Node, level: int) -> list[str]:
        return [] if "contents" in node.get("classes", ()) else self.blocks(node, level)

    def _write_system_message(self, node: Node, level: int) -> list[str]:
        # Lines that docutils did not understand, as they stand there.
        said = (one for one in node.children if kind(one) == "literal_block")
        return [writing.code_block(one.astext()) for one in said]

    def _write_table(self, node: Node, level: int) -> list[str]:
        from docutils import nodes

        titles = [part for part in node.children if isinstance(part, nodes.title)]
        heads = [row for head in node.findall(nodes.thead) for row in self._rows(head)]
        names = header(heads) or None
        rows = [row for body in node.findall(nodes.tbody) for row in grid(self._rows(body), names)]
        above = [block for title in titles for block in self._write_rubric(title, level)]
        return [*above, writing.table(names or [], rows)]

    def _rows(self, part: Node) -> list[list[Span]]:
        """The rows of a table's head or body; docutils counts the rows and columns that a cell
        spans besides its own."""
        return [
            [
                (self._cell(cell), cell.get("morerows", 0) + 1, cell.get("morecols", 0) + 1)
                for cell in row.children
            ]
            for row in part.children
        ]

    def _cell(self, cell: Node) -> str:
        return writing.cell(self.blocks(cell, 6))

    def _inlines(self, node: Node) -> str:
        return "".join(self._inline(child) for child in node.children)

    def _inline(self, node: Node) -> str:
        name = kind(node)
        if name == "Text":
            return writing.escaped(re.sub(r"\s+", " ", node.astext().replace("\0", "")))
        if name == "literal":
            return writing.code_span(node.astext())
        if name == "math":
            return f"${node.astext()}$"
        if name == "image":
            return writing.image(str(node.get("alt", "")), str(node.get("uri", "")))
        if name == "problematic":
            return writing.escaped(one_blank(node.astext()))
        if name in HIDDEN or name == "system_message":
            return ""
        if name in ("footnote_reference", "citation_reference"):
            return writing.note(node.astext())
        text = self._inlines(node)
        if name == "strong":
            return writing.marked("**", text)
        if name == "emphasis":
            return writing.marked("*", text)
        if name == "reference":
            return self._reference(node, text)
        if name == "inline" and (label := node.get("label")):
            title, place = self._labels.of(str(label))
            return writing.link(text if node.get("is_named") else title or text, place)
        return text

    def _reference(self, node: Node, text: str) -> str:
        target = str(node.get("refuri", ""))
        if node.get("is_document"):
            title = None if text else self._others.of_document(target, self._source)
            shown = text or writing.escaped(title or target.removesuffix(".rst"))
            return writing.link(shown, target)
        if not target and node.get("refid"):
            target = f"#{node['refid']}"
        return writing.link(text, target)


def _is_inline(node: Node) -> bool:
    from docutils import nodes

    return isinstance(node, nodes.Inline | nodes.TextElement)
