"""Markdown of a knowledge base made harmless: no HTML, and no link that is more than an address.

    Use <b onclick=…> or `<b>`, [see](javascript:…)
    ─▶ Use &lt;b onclick=…> or `<b>`, [see]\\(javascript:…)

Whoever shows Markdown may pass on the HTML in it. All else of Markdown is left as it is, and so is
code where two parsers agree that it is code; a break (`<br>`), as cells of tables have it, is a
blank. In a text that grows, what begins like a tag is escaped wherever it may not be code, so that
nothing behind it can complete it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from entrywise.data.documents.parsing.tables import with_tables
from entrywise.rag.render.escape import one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST_PARSED = 50_000
"""Characters of the longest text in which code is told from what is none, in 0.15 s."""

# An address in brackets is a link, and no tag.
_TAG = re.compile(r"<(?=[a-z/!?])(?!https?://|mailto:|[\w.+-]{1,64}@[\w.-]{1,255}>)", re.IGNORECASE)
# Behind a link's text or a label: what is no address of the web, of mail or of the same site. A
# scheme ends at the first colon, which may be written as an entity or behind a backslash.
_ODD_LINK = re.compile(
    r"""\](?=[(:])(?![(:]\s*+
        (?: <?(?:https?://|mailto:) | <[\w%.~-]*+[>/#?] | [\w%.~-]*+(?:[)\s/#?"]|$) ))""",
    re.IGNORECASE | re.VERBOSE,
)
_CODE = re.compile(
    r"""^[ >]*(?:[-*+][ ]|\d{1,9}[.)][ ])?[ ]*(`{3,}|~{3,})[^`\n]*\n
            .*?(?:^[ >]*\1[`~]*[ \t]*$|\Z)
        | (?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).){1,500}?(?<!`)\2(?!`)""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
# What is indented may be code.
_BREAKS = re.compile(
    r"(?P<indented>^(?: {4}|\t).*$)|(?<!\\)(?:<br[ \t]{0,9}/?>[ \t]{0,9})+",
    re.IGNORECASE | re.MULTILINE,
)
_PLAIN = re.compile(r"https?://|mailto:", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def safe_markdown(text: str) -> str:
    """A whole text of Markdown, made harmless.

    >>> safe_markdown("a <b>c</b> [d](JavaScript:e) <https://f.g>")
    'a &lt;b>c&lt;/b> [d]\\\\(JavaScript:e) <https://f.g>'
    """
    text = _without_breaks(_without_odd_links(text))
    if not _TAG.search(text):
        return text
    if len(text) <= LONGEST_PARSED:
        for one in (text, _without_tags(text)):
            if not _harms(one):
                return one
    return _escaped(text)


def safe_addition(before: str, text: str) -> str:
    """A text of Markdown that is to follow another one, made harmless as it will stand there.

    Args:
        before: what comes before, which is harmless and may end anywhere.
    """
    plain = _without_breaks(_without_odd_links(text))
    for one in (_without_tags(plain), _escaped(plain)):
        whole = before + one
        if not _TAG.search(whole) or not _harms(whole):
            return one
    # It closes what was code: now it closes and begins nothing.
    return _PUNCTUATION.sub(r"\\\g<0>", one_line(text))


def _without_odd_links(text: str) -> str:
    return _ODD_LINK.sub(r"]\\", text)


def _without_breaks(text: str) -> str:
    if "<br" not in text.lower():
        return text
    return outside_code(text, lambda said: _BREAKS.sub(lambda one: one["indented"] or " ", said))


def _escaped(text: str) -> str:
    return _TAG.sub("&lt;", text)


def _without_tags(text: str) -> str:
    """A text without tags but in what looks like code."""
    return outside_code(text, _escaped)


def outside_code(text: str, changed: Callable[[str], str]) -> str:
    """A text of Markdown, changed in what does not look like code."""
    pieces, end = [], 0
    for code in _CODE.finditer(text):
        pieces += [changed(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*pieces, changed(text[end:])])


def _harms(text: str) -> bool:
    """Whether HTML comes of a text, or a link that is written as `<scheme:…>` and odd."""
    return any(
        token.type == "html_block" or any(map(_is_harmful, token.children or ()))
        for parser in _parsers()
        for token in parser.parse(text)
    )


def _is_harmful(token: Token) -> bool:
    if token.type == "html_inline":
        return True
    written_out = token.type == "link_open" and token.markup == "autolink"
    return written_out and not _PLAIN.match(str(token.attrs["href"]))


@cache
def _parsers() -> tuple[MarkdownIt, ...]:
    """Without tables and with them: a bar parts cells, within code too."""
    from markdown_it import MarkdownIt

    plain, tables = (MarkdownIt("commonmark", {"html": True}) for _ in range(2))
    for parser in (plain, tables):
        # Others may not be as careful as this parser. A method is replaced, as the library's
        # documentation does: mypy takes that for a mistake.
        parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return plain, with_tables(tables)
