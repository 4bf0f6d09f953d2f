"""Tells where the links and pictures of a page of HTML lead: from its own address, or from the one
that it says they are relative to.

<base href="../../">
<a href="boats/oars.html">Oars</a>     ─▶   [Oars](../../boats/oars.html)
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from entrywise.data.addresses import absolute, leads_elsewhere
from entrywise.data.documents.conversion import writing

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


class Addresses:
    """Where the links of a page lead."""

    def __init__(self, tree: LexborHTMLParser, page: str) -> None:
        """
        Args:
            page: the address of the page; empty where that is not known, so that links are relative
                to its file.
        """
        told = tree.css_first("base[href]")
        self._page = page
        self._base = ((told.attributes.get("href") or "") if told else "").strip()

    def of(self, target: str) -> str:
        """Where a link leads; one within the page is left as it is where the page has no address,
        whatever others are relative to."""
        if not writing.is_address(target):
            return target
        if self._base and target and not target.startswith("#"):
            target = _below(self._base, target)
        return absolute(target, self._page) if self._page else target


def _below(base: str, target: str) -> str:
    """A link that is relative to another.

    >>> _below("../../", "a/b.html#c"), _below("https://a.b/c/d", "e"), _below("..", "/f")
    ('../../a/b.html#c', 'https://a.b/c/e', '/f')
    """
    if leads_elsewhere(base) or base.startswith("/"):
        return absolute(target, base)
    if leads_elsewhere(target) or target.startswith("/"):
        return target
    return posixpath.join(posixpath.dirname(base), target)
