"""Headings of a document: what they say, which level is the title's, and questions that are some:

How deep is it?       a paragraph in bold, of which three or more stand below one heading
Two metres.           what stands below it
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from entrywise.data.documents.anchors import split_anchor
from entrywise.data.documents.plain_text import plain_inline
from entrywise.data.languages import QUESTION_MARKS

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_LEAST = 3
"""Questions in bold below one heading that make it one of questions and answers."""


def said(node: SyntaxTreeNode) -> str:
    """What a heading, or a paragraph, says."""
    inline = node.children[0] if node.children else None
    return plain_inline(inline.token.children or ()) if inline and inline.token else ""


def level_of(node: SyntaxTreeNode) -> int:
    """The level of a heading, from 1 on; 0 of what is none."""
    return int(node.tag[1:]) if node.type == "heading" else 0


def title_level(nodes: Sequence[SyntaxTreeNode]) -> int:
    """The level of the heading that is the title: that of what a document begins with, where all
    other headings are below it; else 1."""
    levels = [*map(level_of, nodes)]
    first, *others = [level for level in levels if level] or [1]
    return first if levels[:1] == [first] and all(level > first for level in others) else 1


def repeated_level(title: str, nodes: Sequence[SyntaxTreeNode]) -> int:
    """The level of the heading that says again what a document is called: that of the first where
    all others are below it; else 1, or 0 where several of that level are parts of it."""
    found = [(level, said(one)) for one in nodes if (level := level_of(one))]
    headings = [(level, split_anchor(text)[0].lower() == title.lower()) for level, text in found]
    (first, is_repeated), *others = headings or [(1, False)]
    if is_repeated and all(level > first for level, _ in others):
        return first
    are_parts = [not says_it for level, says_it in headings if level == 1]
    return 0 if len(are_parts) > 1 and are_parts[0] else 1


def asked(nodes: Sequence[SyntaxTreeNode]) -> Mapping[int, int]:
    """{number: level} of the paragraphs that are headings, as each is a question in bold with its
    answer below, and one of several below the same heading."""
    found: dict[int, int] = {}
    for level, numbers in below_headings(nodes):
        questions = {one for one in numbers if _is_question(nodes[one])}
        behind = {one - 1 for one in numbers if one not in questions}
        answered = sorted(questions & behind)
        if len(answered) >= _LEAST:
            found |= dict.fromkeys(answered, level + 1)
    return found


def below_headings(nodes: Sequence[SyntaxTreeNode]) -> Iterator[tuple[int, range]]:
    """The level of each heading, 1 above the first, and the numbers of what stands below it."""
    headings = [number for number, node in enumerate(nodes) if level_of(node)]
    for before, behind in zip([-1, *headings], [*headings, len(nodes)], strict=True):
        yield level_of(nodes[before]) if before >= 0 else 1, range(before + 1, behind)


def _is_question(node: SyntaxTreeNode) -> bool:
    """Whether a paragraph is a question in bold and nothing else."""
    if node.type != "paragraph" or node.map is None:
        return False
    parts = node.children[0].children if node.children else []
    is_bold = any(one.type == "strong" for one in parts) and all(
        one.type == "strong" or not one.content.strip() for one in parts
    )
    return is_bold and said(node).rstrip().endswith(QUESTION_MARKS)
