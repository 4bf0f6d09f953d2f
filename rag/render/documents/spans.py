"""Spans: the pieces of a text that look alike, without the markup that says how."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from entrywise.data.documents.plain_text import BLOCKS
from entrywise.rag.render.escape import printable

if TYPE_CHECKING:
    from markdown_it.token import Token

BREAK = "\n"
"""The text of a span that ends a line."""
_EDGE = "\v"
"""What stands in a text for a tag that parts what is before it from what is behind it: a line ends
there, once, unless nothing is on one side of it."""
_BULLET = "• "

_SCHEMES = ("http", "https", "mailto")
# What these say is how a text looks, or what it is to the page that it stood on.
_LOOKS = frozenset(
    "a abbr b big blockquote center cite code dd del details dfn div dl dt em figcaption figure "
    "font h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p picture pre q s samp section small span "
    "strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr".split()
)
_TAG = re.compile(r"</?([A-Za-z][\w.:-]*)(?:\s[^<>]*)?/?>")
# Components have capitals: `<Box>` may be a text itself, `<Box />` and `<Box>it</Box>` are not.
_ALONE = re.compile(r"<[A-Z][^<>]*/>")
_CLOSING = re.compile(r"\A</([A-Z][\w.]*)\s*>\Z")
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Text that looks alike; `link` is the address that it leads to, as it stands. An image is the
    text that stands for it, and `picture` its address, as it stands. A `mark` is the number of a
    citation, and has no text. What is `quoted` of a text that is not quoted whole is told apart."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    picture: str | None = None
    link: str | None = None
    mark: int | None = None
    quoted: bool = False


def inline_spans(tokens: Iterable[Token]) -> tuple[Span, ...]:
    """The spans of the tokens of a line or a paragraph."""
    return _parted(_spans(tokens, Span("")))


def html_spans(html: str) -> tuple[Span, ...]:
    """The spans of what HTML says."""
    pieces = re.split(f"([{BREAK}{_EDGE}])", _TAG.sub(_replaced, " ".join(html.split())))
    said = (
        piece if piece in (BREAK, _EDGE) else _shown(unescape(piece)).strip() for piece in pieces
    )
    return _parted(Span(text) for text in said if text)


def _parted(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with the ends of lines that tags between them make."""
    found: list[Span] = []
    is_edge = False
    for span in spans:
        if span.text == _EDGE or (is_edge and not (span.text.strip() or span.picture)):
            is_edge = True
            continue
        if is_edge and found and found[-1].text != BREAK and span.text != BREAK:
            found.append(Span(BREAK))
        is_edge = False
        found.append(span)
    return tuple(found)


def _shown(text: str) -> str:
    return _BLANKS.sub(" ", printable(text))


def is_absolute(address: str | None) -> bool:
    """Whether an address leads to the web, or to e-mail, from wherever it is followed.

    >>> is_absolute("https://a.b"), is_absolute("../c.md"), is_absolute("javascript:alert(1)")
    (True, False, False)
    """
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


def _spans(tokens: Iterable[Token], like: Span) -> Iterator[Span]:
    """The spans of tokens; those outside emphasis and links look like the one given."""
    strong = emphasis = 0
    link = like.link
    tokens = list(tokens)
    tags = (_CLOSING.match(token.content) for token in tokens if token.type == "html_inline")
    closed = {tag[1] for tag in tags if tag}
    for token in tokens:
        kind = token.type
        strong += (kind == "strong_open") - (kind == "strong_close")
        emphasis += (kind == "em_open") - (kind == "em_close")
        if kind == "link_open":
            link = _address(token, "href")
        elif kind == "link_close":
            link = like.link
        for text in _texts(token, closed):
            yield replace(
                like,
                text=text,
                strong=strong > 0,
                emphasis=emphasis > 0,
                code=kind == "code_inline",
                picture=_address(token, "src") if kind == "image" else None,
                link=link,
            )


def _address(token: Token, name: str) -> str | None:
    return printable(str(token.attrs.get(name, ""))) or None


def _texts(token: Token, closed: Collection[str]) -> Iterator[str]:
    """What a token says: text, and where lines end; nothing of what has none but pictures.

    Args:
        closed: names of the components that are closed in the same text.
    """
    if token.type == "softbreak":
        yield " "
    elif token.type == "hardbreak":
        yield BREAK
    elif token.type == "html_inline":
        tag = _TAG.match(token.content)
        is_component = tag and (tag[1] in closed or _ALONE.match(token.content))
        if is_component or token.content.startswith("<!--"):
            return
        for piece in re.split(f"([{BREAK}{_EDGE}])", _TAG.sub(_replaced, token.content)):
            if text := piece if piece in (BREAK, _EDGE) else _shown(piece):
                yield text
    elif token.type == "image":
        yield "".join(span.text for span in inline_spans(token.children or ()))
    elif token.content:
        yield _shown(token.content)


def _replaced(tag: re.Match[str]) -> str:
    """What stands in a text for a tag: nothing, or the tag where it may be a text itself."""
    name = tag[1].lower()
    if name == "br":
        return BREAK
    if name == "img":
        alt = _ALT.search(tag[0])
        return (alt[1] or alt[2] or "") if alt else ""
    if name in ("td", "th"):
        return " "
    if name in BLOCKS:
        return f"{_EDGE}{_BULLET}" if name == "li" and tag[0][1] != "/" else _EDGE
    return "" if name in _LOOKS else tag[0]
