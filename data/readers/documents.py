"""Makes an entry with sections of the text of a document, for every reader of files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from pathlib import Path

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.plain_text import BLOCKS, BOLD, CODE, SLANTED
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.entries import Block, Entry, Section, Unread
from entrywise.data.readers.base import Contents
from entrywise.data.readers.page_cache import NO_PAGES, PageCache
from entrywise.data.words import composed, plain_words, word_count

CATEGORY = "documents"

_ELEMENTS = "|".join(sorted(BLOCKS | CODE | BOLD | SLANTED | {"a", "font", "span", "u"}))
# Each begins with a character of its own: to try all at every place takes five times as long.
_MARKED_LINES = re.compile(
    r"\n(?:#{1,6} \S| {0,3}(?:```|~~~)|\|?[ \t]*:?-{2,}:?[ \t]*\|"
    r"|(?:[-*+]|\d{1,9}[.)])[ \t]+\S.*\n+(?:[-*+]|\d{1,9}[.)])[ \t]+\S)"
)
_MARKS = re.compile(
    # Bold, code and links within a line.
    r"\*(?<![\w*]\*)\*[^\s*][^\n*]{0,200}\*\*(?![\w*])|`(?<!``)[^`\n]{1,200}`(?!`)"
    r"|\[(?<![\w\])]\[)[^\[\]\n]{1,200}\]\([^()\s/.#:]{0,100}[/.#:][^()\s]{0,500}\)"
)
_TAGS = re.compile(rf"</(?:{_ELEMENTS})>|<br ?/?>", re.IGNORECASE)
_REFERENCES = re.compile(r"&(?:amp|apos|gt|lt|nbsp|quot|#\d{2,6});")
"""Characters as HTML writes them."""
_HTML = re.compile(rf"\s*<({_ELEMENTS})\b[^<>]*>(?=[\s\S]*</\1>)[\s\S]*>\s*", re.IGNORECASE)
"""A text that is HTML: it begins with an element, and ends with a tag."""
_LONGEST, _MOST_WORDS = 100, 12
"""Characters and words of a heading."""
_NUMBERED = re.compile(
    r"(?P<kind>[^\W\d_]{2,}(?=[-_ ])|[^\W\d_]{2,3}(?=\d))"
    r"(?:[-_ ]0*(?P<padded>\d{1,8})|(?P<number>\d{3,8}))"
)
"""`adr-0012`, `rfc2616`, but not `python3`, nor `trip2023`: without a hyphen, abbreviations are."""
_LONGEST_KIND = 5
"""Letters of what is written in capitals, as abbreviations are."""
_EMPTY_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def document(source: Path, page: Page, unread: Iterable[Unread] = ()) -> Contents:
    """The entry of a file, called by its title or, without one, by its name; none without text.

    The name of a file that abbreviates its title (`pto.md`, "Paid time off"), or numbers it
    (`adr-0012.md`), stands behind it.

    Args:
        unread: what was not read of the file, beside what was not of the page.
    """
    faults = (replace(one, place=f"{source}: {one.place}") for one in page.faults)
    name = page.title or source.stem
    short = source.stem.upper() if _is_acronym(source.stem, name) else ""
    if page.title and not short:
        short = _number(source.stem, name)
    entry = Entry(
        id=source.stem,
        name=f"{name} ({short})" if short else name,
        category=CATEGORY,
        sections=page.sections,
        url=page.address or None,
    )
    return Contents((entry,) if page.sections else (), unread=(*unread, *faults))


def _is_acronym(short: str, name: str) -> bool:
    """Whether a word is made of the first letters of a name's words.

    >>> _is_acronym("pto", "Paid time off"), _is_acronym("pay", "Pay slips")
    (True, False)
    """
    initials = "".join(word[0] for word in name.lower().split())
    return len(short) > 1 and short.lower() == initials


def _number(stem: str, name: str) -> str:
    """What one of many that are numbered is called by the name of its file; empty where its own
    name says so.

    >>> _number("adr-0012", "Ropes"), _number("rfc2616", "HTTP"), _number("adr-12", "ADR 12")
    ('ADR-12', 'RFC-2616', '')
    >>> _number("trip2023", "By train"), _number("section-7", "Fees")
    ('', 'section-7')
    """
    found = _NUMBERED.fullmatch(stem)
    if not found:
        return ""
    kind, number = found["kind"], found["padded"] or found["number"]
    kind = kind.upper() if len(kind) <= _LONGEST_KIND else kind
    is_said = {kind.lower(), number} <= set(plain_words(name))
    return "" if is_said else f"{kind}-{number}"


def is_short(text: str) -> bool:
    """Whether a text is a line that is no longer than headings are."""
    return "\n" not in text and len(text) <= _LONGEST and word_count(text) <= _MOST_WORDS


def page_of(text: str, title: str = "", pages: PageCache = NO_PAGES) -> Page:
    """A text that may be Markdown or HTML: without headings, lists, tables, fences, bold, code or
    links it is plain, and has one section.

    Args:
        title: what it is called, where something else says that.
        pages: those that were read before.
    """
    text = composed(text)
    is_marked = _is_marked(text)
    if not is_marked and not _TAGS.search(text) and _REFERENCES.search(text):
        text = unescape(text)
    is_html = _HTML.fullmatch(text) is not None
    if is_html or (_TAGS.search(text) and not is_marked and not _EMPTY_LINE.search(text)):
        try:
            text = from_html(text).markdown
            # What is no mark in HTML has a backslash before it.
            is_marked = _is_marked(text) or "\\" in text
        except ImportError:
            # Without the extra `documents` it is read as HTML within Markdown is.
            is_marked = True
    if is_marked or _TAGS.search(text):
        page = pages.page("text", title, text, read=lambda: read_page(text, title=title))
        if page.sections:
            return page
    blocks = paragraphs(text)
    return Page(title, (Section("text", text, blocks=blocks),) if blocks else ())


def _is_marked(text: str) -> bool:
    """Whether a text has marks of Markdown.

    >>> [_is_marked(text) for text in ("# A", "It is **A**.", "2**3 or 3**2", "- a\\n- b", "- a")]
    [True, True, False, True, False]
    """
    return bool(_MARKED_LINES.search(f"\n{text}") or _MARKS.search(text))


def paragraphs(text: str) -> tuple[Block, ...]:
    """The blocks of a text without markup: what stands between empty lines."""
    blocks = []
    start = 0
    for gap in (*_EMPTY_LINE.finditer(text), None):
        end = gap.start() if gap else len(text)
        piece = text[start:end]
        if piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            plain = " ".join(piece.split())
            blocks.append(Block("paragraph", begin, start + len(piece.rstrip()), plain))
        start = gap.end() if gap else end
    return tuple(blocks)
