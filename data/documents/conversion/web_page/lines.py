"""Lines of a page of HTML: what stands beside each other in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from entrywise.data.documents import plain_text
from entrywise.data.documents.conversion import writing

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = plain_text.BLOCKS | {"body", "html"}
"""Elements that stand apart from what is beside them."""
_PICTURE = re.compile(r"\[?!\[")
_SAYS = re.compile(r"[^\W_]|[$`!\]]")
"""A letter, a digit, or what may be a formula, code, a picture or a link."""
_REDIRECTS = ("www.google.com", "/url")


def holds_blocks(node: LexborNode) -> bool:
    """Whether anything in an element stands apart."""
    return any(inner.tag in BLOCKS for inner in node.traverse())


def apart(run: Sequence[str], text: str) -> str:
    """A text with a blank between it and a picture that it stands right beside."""
    before = next((one for one in reversed(run) if one), " ")
    is_beside = not (before[-1].isspace() or text[:1].isspace()) and bool(text)
    is_picture = _PICTURE.match(text) or (_PICTURE.match(before.lstrip()) and text[:1].isalnum())
    return f" {text}" if is_beside and is_picture else text


def flushed(run: list[str]) -> Iterator[str]:
    """The paragraph of what stood beside each other, which is then taken; none of a sign alone, as
    of an icon."""
    text = "".join(run)
    run.clear()
    if text.strip(" \n\\") and (_SAYS.search(text) or text.isascii()):
        yield writing.paragraph(re.sub(r" {2,}", " ", text))


def direct(target: str) -> str:
    """Where a link leads in the end, of one that Google Docs sends around by Google.

    >>> direct("https://www.google.com/url?q=https://a.b/c&sa=D"), direct("c.html")
    ('https://a.b/c', 'c.html')
    """
    if not target.startswith("https://www.google."):
        return target
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    if (parts.netloc, parts.path) != _REDIRECTS:
        return target
    return next(iter(parse_qs(parts.query).get("q", ())), target)
