"""Tells what of a page of HTML nobody reads: scripts, forms, menus, what only leads on, and what is
hidden, unless that is only folded up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrywise.data.documents.conversion import elements

if TYPE_CHECKING:
    from collections.abc import Set

    from selectolax.lexbor import LexborNode

    from entrywise.data.documents.conversion.web_page.folds import Folds

_TAGS = frozenset(
    "style noscript template iframe object svg canvas form button select input textarea nav "
    "footer head audio video rp rt -comment".split()
)
_TAGS_AROUND, _ROLES_AROUND = frozenset(("header", "aside")), frozenset(("banner", "complementary"))
_ROLES = frozenset("navigation search contentinfo menu menubar toolbar dialog alertdialog".split())


class Unread:
    """The elements of a page that nobody reads."""

    def __init__(self, leading: Set[int], folds: Folds, *, is_main: bool) -> None:
        """
        Args:
            leading: the elements that only lead on, by their `mem_id`.
            is_main: whether the page says where its main part is, which has its own headers.
        """
        self._leading = leading
        self._folds = folds
        self._tags = _TAGS if is_main else _TAGS | _TAGS_AROUND
        self._roles = _ROLES if is_main else _ROLES | _ROLES_AROUND

    def __contains__(self, node: LexborNode) -> bool:
        if node.is_text_node or elements.is_box(node):
            return False
        key = node.mem_id
        return (
            (node.tag in self._tags and key not in self._folds.titles)
            or node.attributes.get("role") in self._roles
            or key in self._leading
            or (elements.is_hidden(node) and key not in self._folds.shown)
        )
