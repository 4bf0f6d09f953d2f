"""Lists of Markdown: where one goes on behind what is not within it, and where one only repeats the
headings of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

LISTS = frozenset(("bullet_list", "ordered_list"))
_OF_LISTS = LISTS | {"list_item", "paragraph", "inline"}
"""What lists are made of that have no code, tables and quotes in them."""


def numbers(node: SyntaxTreeNode) -> range:
    """The numbers of an ordered list's items; empty of another one.

    1. Close the file.         range(1, 2)

    ![the menu](close.png)     as wide as the list, so it ends it

    2. Open it again.          range(2, 3)
    """
    first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
    return range(first, first + (len(node.children) if node.type == "ordered_list" else 0))


def is_contents(node: SyntaxTreeNode) -> bool:
    """Whether a list is of nothing but links to headings of its own page, which say it
    themselves."""
    within = list(node.walk())
    said = [
        part
        for inline in within
        if inline.type == "inline"
        for part in inline.children
        if part.type != "softbreak" and (part.type != "text" or any(map(str.isalnum, part.content)))
    ]
    return (
        bool(said)
        and {one.type for one in within if one.block} <= _OF_LISTS
        and all(one.type == "link" and str(one.attrs["href"]).startswith("#") for one in said)
    )
