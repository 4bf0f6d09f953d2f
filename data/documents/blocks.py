"""Blocks: the paragraphs, items, rows and the like of a section of Markdown, each a run of whole
lines.

Choose one:             paragraph
- a laptop              item, announced by the paragraph
- a desk

| Country | Days |      header
|---|---|
| Poland | 26 |         row, below the header
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from entrywise.data.documents.dialects.fences import label_of
from entrywise.data.documents.parsing.code import parts
from entrywise.data.documents.parsing.formulas import goes_on
from entrywise.data.documents.parsing.labels import is_label
from entrywise.data.documents.parsing.lists import LISTS, is_contents, numbers
from entrywise.data.documents.parsing.tables import head_rows, look
from entrywise.data.documents.plain_text import plain_node, without_tags
from entrywise.data.documents.run_in_titles import begins_with_question, is_labelled, is_option
from entrywise.data.entries import BlockKind
from entrywise.data.languages import COLONS
from entrywise.data.words import word_count

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_CONTENTS = 3
"""Words above a list of a page's own headings that say no more than that it comes."""
_BELOW_TITLE = 60
"""Words between a title within the text and a paragraph that belongs to it."""
_LONGEST_TITLE = 20
"""Words of a title; more in bold are a text that matters."""
_BESIDE_STEPS = 60
"""Words between two steps that are not within the list."""
_BEFORE_FORMULA = 60
"""Words that come with a formula, or with what goes on behind one."""


class LineBlock(NamedTuple):
    """A block in lines, from `first` to `last` (exclusive); `lead` is the number of the block in
    its section that it cannot be read without, or -1."""

    kind: BlockKind
    first: int
    last: int
    plain: str
    lead: int


class _Found(list[LineBlock]):
    """Blocks in reading order. Titles before `closed` head nothing more: they are in a quotation
    that has ended. `steps` are {block: (last step below it, the number that would come next)}."""

    closed = 0

    def __init__(self) -> None:
        super().__init__()
        self.steps: dict[int, tuple[int, int]] = {}


def line_blocks(nodes: Sequence[SyntaxTreeNode]) -> list[LineBlock]:
    """The blocks of what stands between two headings, in reading order."""
    found = _Found()
    for node in nodes:
        _add(node, found, -1)
    return found


def announces(text: str) -> bool:
    """Whether a text announces what follows it.

    >>> announces("There are two ways:"), announces("At 10:30.")
    (True, False)
    """
    return text.rstrip().endswith(COLONS)


def _add(node: SyntaxTreeNode, found: _Found, above: int) -> None:
    """Add the blocks of a node.

    Args:
        above: the block that all of them are below, or -1.
    """
    if node.type in LISTS:
        _add_list(node, found, above)
    elif node.type == "table":
        _add_table(node, found, _announcing(found, above))
    elif node.type == "fence":
        _add_code(node, found, above)
    elif node.type == "code_block":
        _append(found, "code", node, node.content.strip("\n"), _announcing(found, above))
    elif node.type == "html_block":
        _append(found, "paragraph", node, without_tags(node.content), above)
    elif node.type in ("paragraph", "heading"):
        _add_paragraph(node, found, above)
    else:
        for child in node.children:
            _add(child, found, above)
        found.closed = len(found)


def _add_code(node: SyntaxTreeNode, found: list[LineBlock], above: int) -> None:
    """Code in a fence, where it is long in parts; what announces it announces the first, and others
    right behind it with labels of their own: one of several ways, as a group of code holds them."""
    lines = node.content.split("\n")
    first, last = node.map or (0, 0)
    before = node.previous_sibling
    is_other = before and before.type == "fence" and label_of(before.info) and label_of(node.info)
    lead = found[-1].lead if is_other and found else _announcing(found, above)
    for part in parts(node.content):
        said = "\n".join(lines[part.start : part.stop]).strip("\n")
        begins = first + 1 + part.start if part.start else first
        ends = first + 1 + part.stop if part.stop < len(lines) - 1 else last
        if said.strip():
            found.append(LineBlock("code", begins, ends, said, lead))
            lead = above


def _add_list(node: SyntaxTreeNode, found: _Found, above: int) -> None:
    """The items of a list; one of the page's own headings is left out, with "On this page:"."""
    if is_contents(node):
        if not (found and announces(found[-1].plain)):
            return
        if word_count(found[-1].plain) <= _CONTENTS and above != len(found) - 1:
            # Nothing else is below it.
            found.pop()
            return
    counted, begun = numbers(node), len(found)
    lead = _resumed(found, above, counted)
    for item in node.children:
        _add_item(item, "step" if counted else "item", found, lead)
    own = (n for n in range(begun, len(found)) if found[n].kind == "step" and found[n].lead == lead)
    if counted:
        found.steps[above] = max(own, default=begun), counted.stop


def _resumed(found: _Found, above: int, counted: range) -> int:
    """The lead of a list: that of the one whose steps it goes on with, by its first number, behind
    what little stands beside them, which is below the last of them then."""
    last, number = found.steps.get(above, (0, 0))
    if number < 2 or counted.start != number:
        return _above_list(found, above)
    beside = [one for one in range(last + 1, len(found)) if found[one].lead == above]
    words = sum(word_count(found[n].plain) for n in beside if found[n].kind == "paragraph")
    if words > _BESIDE_STEPS or any(found[one].kind == "title" for one in beside):
        return _above_list(found, above)
    for one in beside:
        found[one] = found[one]._replace(lead=last)
    return found[last].lead


def _add_paragraph(node: SyntaxTreeNode, found: _Found, above: int) -> None:
    types = _types(node)
    is_code = bool(types) and set(types) == {"code_inline"}
    kind = _kind(node, types)
    # Of a title only what is right above it.
    most = 0 if kind == "title" else _BELOW_TITLE
    lead = _announcing(found, above) if is_code else _titled(found, above, most)
    if kind == "paragraph" and begins_with_question(node):
        lead = above
    plain = plain_node(node)
    if kind == "title" and lead == above:
        lead = _offering(found, above)
    if _are_few(found, above) and goes_on(found[-1].plain, plain):
        lead = len(found) - 1
    elif kind == "paragraph" and is_labelled(plain, is_bold=types[:1] == ["strong"]):
        # One of several that are announced: behind what announces them, or behind another.
        last = found[-1].lead if found and found[-1].kind == "paragraph" else -1
        lead = last if last >= 0 and announces(found[last].plain) else lead
        lead = _announcing(found, lead)
    _append(found, kind, node, plain, lead)


def _offering(found: Sequence[LineBlock], above: int) -> int:
    """The block that announces a title behind it, or code below several, one of which is read, as
    in tabs; without one the block that is above all."""
    last = len(found) - 1
    if last > above and found[last].kind == "code" and found[last].lead > above:
        last = found[found[last].lead].lead
    is_offered = last > above and found[last].kind != "title" and announces(found[last].plain)
    return last if is_offered else above


def _are_few(found: Sequence[LineBlock], above: int) -> bool:
    """Whether few words are what comes with the last block, where there is one below another: a
    derivation goes on behind each of its formulas."""
    words, number = 0, len(found) - 1
    while number > above and words <= _BEFORE_FORMULA:
        words += word_count(found[number].plain)
        number = found[number].lead
    return len(found) - 1 > above and words <= _BEFORE_FORMULA


def _types(node: SyntaxTreeNode) -> list[str]:
    """What a paragraph consists of."""
    inline = node.children[0].children if node.children else []
    return [child.type for child in inline if child.content or child.children]


def _kind(node: SyntaxTreeNode, types: list[str]) -> BlockKind:
    """What a paragraph is: one of a few bold words alone is a title, and so is an option."""
    plain = plain_node(node)
    is_bold = types[:1] == ["strong"] and word_count(plain) <= _LONGEST_TITLE
    if node.type == "heading" or (is_bold and (len(types) == 1 or is_option(node, plain))):
        return "title"
    return "image" if types == ["image"] else "paragraph"


def _titled(found: _Found, above: int, most: int) -> int:
    """The title that a paragraph is below, with so many words and no code between; without one the
    block that is above all: what a tab shows ends with its code."""
    words = 0
    for number in range(len(found) - 1, max(above, found.closed - 1), -1):
        if found[number].kind == "title":
            return number
        words += word_count(found[number].plain)
        if words > most or found[number].kind == "code":
            break
    return above


def _add_item(item: SyntaxTreeNode, kind: BlockKind, found: _Found, lead: int) -> None:
    """An item, and what is below it: lists, code and further paragraphs."""
    if not item.children or item.map is None:
        return
    opening, *rest = item.children
    number = len(found)
    if opening.type == "paragraph" and opening.map:
        text = plain_node(opening)
        if text:
            found.append(LineBlock(kind, item.map[0], opening.map[1], text, lead))
    else:
        _add(opening, found, lead)
    below = number if len(found) > number else lead
    for child in rest:
        _add(child, found, below)


def _add_table(table: SyntaxTreeNode, found: list[LineBlock], lead: int) -> None:
    """The header of a table, and its rows, each of which is told with the names of its columns."""
    head = next((part for part in table.children if part.type == "thead"), None)
    names: list[str] = []
    header = lead
    if head and head.map and head.children:
        names = [plain_node(cell) for cell in head.children[0].children]
    if head and head.map and any(names):
        header = len(found)
        # The line below the header belongs to it.
        found.append(
            LineBlock("header", head.map[0], head.map[1] + 1, ", ".join(filter(None, names)), lead)
        )
    body = [row for part in table.children if part.type == "tbody" for row in part.children]
    rows = [[plain_node(cell) for cell in row.children] for row in body]
    heads = head_rows(rows, [*map(look, body)])
    group = ""
    for row, cells, is_head in zip(body, rows, heads, strict=True):
        if len(names) > 1 and is_head:
            # It heads the rows below it, and says nothing without them.
            group = cells[0]
            continue
        named = ((name, cell) for name, cell in zip(names, cells, strict=False) if cell)
        told = "; ".join(f"{name}: {cell}" if name else cell for name, cell in named)
        if told:
            _append(found, "row", row, f"{group}: {told}" if group else told, header)


def _append(
    found: list[LineBlock], kind: BlockKind, node: SyntaxTreeNode, plain: str, lead: int
) -> None:
    if node.map and plain.strip():
        first, last = node.map
        found.append(LineBlock(kind, first, last, plain, lead))


def _announcing(found: Sequence[LineBlock], above: int) -> int:
    """The block that announces what follows it; without one the block that is above all."""
    last = len(found) - 1
    is_announced = bool(found) and (found[last].kind == "title" or announces(found[last].plain))
    return last if is_announced else above


def _above_list(found: Sequence[LineBlock], above: int) -> int:
    """The block that announces a list or labels it; without one the block that is above all."""
    last = len(found) - 1
    if found and found[last].kind == "paragraph":
        lines = found[last].last - found[last].first
        return last if is_label(found[last].plain, lines) else _announcing(found, above)
    return _announcing(found, above)
