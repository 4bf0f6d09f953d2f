"""Plain text: what Markdown and HTML say, without their markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_BREAKS = ("softbreak", "hardbreak")


def plain_inline(tokens: Iterable[Token]) -> str:
    """What the tokens of a line or a paragraph say: of a link its text, of a picture what stands
    for it."""
    return one_blank("".join(map(_of_token, tokens)))


def without_tags(text: str) -> str:
    """What HTML says.

    >>> without_tags("<p>Salt &amp; <b>pepper</b></p>")
    'Salt & pepper'
    """
    return one_blank(unescape(_TAG.sub(" ", text)))


def one_blank(text: str) -> str:
    """A text on one line, with one blank between its words."""
    return " ".join(text.split())


def _of_token(token: Token) -> str:
    if token.type in _BREAKS:
        return " "
    if token.type == "html_inline":
        return " " if token.content.startswith("<br") else ""
    if token.type == "image":
        return plain_inline(token.children or ())
    return token.content
