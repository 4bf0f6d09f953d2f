"""Lines of a page of HTML: what stands beside each other in a paragraph."""

from __future__ import annotations

import re
from collections import Counter
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
_EMPTY_LINES = re.compile(r"[ \t]*\\\n(?:[ \t]*\\\n)+[ \t]*")
"""Several breaks, as pages have that know no paragraphs."""
_ESCAPED = re.compile(r"\\[^\n]")
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


def alternatives(texts: Sequence[str]) -> str:
    """Texts of which a page shows one.

    >>> alternatives(["Command", "Ctrl"]), alternatives(["Tools - Options ", "Settings "])
    ('Command/Ctrl', 'Tools - Options / Settings ')
    """
    told = [text for text in texts if text.strip()]
    bare = dict.fromkeys(text.strip() for text in told)
    between = " / " if any(" " in text for text in bare) else "/"
    return between.join(bare) + (" " if all(text[-1].isspace() for text in told) else "")


def flushed(run: list[str]) -> Iterator[str]:
    """The paragraphs of what stood beside each other, which is then taken, without breaks around
    them; none of a sign alone, as of an icon."""
    text = "".join(run)
    run.clear()
    parts: list[str] = []
    for part in _EMPTY_LINES.split(text):
        if parts and not _is_whole(parts[-1]):
            parts[-1] += 2 * writing.BREAK + part
        else:
            parts.append(part)
    for part in parts:
        if part.strip(" \n\\") and (_SAYS.search(part) or part.isascii()):
            yield writing.paragraph(re.sub(r" {2,}", " ", part))


def _is_whole(part: str) -> bool:
    """Whether no link, code or emphasis begins in a part that does not end there."""
    signs = Counter(re.findall(r"\*\*|[\[\]*`]", _ESCAPED.sub("", part)))
    return signs["["] == signs["]"] and not any(signs[one] % 2 for one in ("**", "*", "`"))


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
