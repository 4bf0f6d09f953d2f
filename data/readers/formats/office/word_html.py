"""What a library makes of a Word document, as HTML, made whole: headings of documents that have no
styles for them, footnotes where they belong, and no table of contents.

<p><b>SERVICES</b></p>                        <h2>SERVICES</h2>
<ol><li><b>FEES</b><ol>…</ol></li></ol>       <h2>1. FEES</h2><ol>…</ol>
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from entrywise.data.documents.conversion.elements import HEADINGS
from entrywise.data.documents.plain_text import one_blank, whole_number
from entrywise.data.readers.documents import is_short
from entrywise.data.words import word_count

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARK = "\U0010fff1"
"""A character that no text has, around the number of a footnote."""
_REFERENCE = re.compile(
    r'(?:<sup>){0,3}<a href="#((?:foot|end)note-\d+)" id="[^"]*">\[(\d+)\]</a>(?:</sup>){0,3}'
)
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-\d+">')
_NOTE = re.compile(r'<li id="((?:foot|end)note-\d+)">')
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-\d+">[^<]*</a>')
_MARKED = re.compile(f"{_MARK}(\\d+){_MARK}")
_MOST_ENDED = 3
"""Words of a heading with a point behind it, which contracts have (`Definitions.`)."""
_ENDS = (":", ";", ",")
_FEWEST = 2
"""Headings of a document; one is a remark."""
_PAGE = re.compile(r"\d[\d–-]{0,9}$")
_LEADERS = " .…\t"
"""What leads to the page of a heading."""
_OWN = re.compile("<h[1-6]")
_RUN_IN = re.compile(
    r"<p>(?P<bold><strong>(?P<title>[^\W_a-z][^<:]*)</strong>)\s*(?P<text>[^<\s:;,.–—-])"
)
"""A title in bold that a paragraph begins with; behind one with a colon stands what it labels."""
_LEAST = 3
"""Paragraphs with such titles, which half of all have to have."""
_SHARE = 0.5
"""The share of blocks up to which those in bold are headings."""


def split_notes(html: str) -> tuple[str, Mapping[str, str]]:
    """A document without its footnotes, whose numbers are between marks where they are referred to,
    and {number: what the footnote says as HTML}."""
    numbers: dict[str, str] = dict(_REFERENCE.findall(html))
    start = next((found.start() for found in _NOTES.finditer(html)), None)
    if not numbers or start is None or not html.endswith("</ol>"):
        return html, {}
    _, *pieces = _NOTE.split(html[start : -len("</ol>")])
    told = zip(pieces[::2], pieces[1::2], strict=True)
    notes = {numbers[name]: _BACK.sub("", said) for name, said in told if name in numbers}
    return _REFERENCE.sub(rf"{_MARK}\2{_MARK}", html[:start]), notes


def with_notes(markdown: str, notes: Mapping[str, str], read: Callable[[str], str]) -> str:
    """A document in Markdown with its footnotes.

    Args:
        read: makes Markdown of HTML.
    """
    texts = {number: read(said).strip() for number, said in notes.items()}
    written = (
        f"[^{number}]: " + re.sub("\n+", "\n    ", text) for number, text in texts.items() if text
    )
    body = _MARKED.sub(lambda found: f"[^{found[1]}]" if texts.get(found[1]) else "", markdown)
    return "\n\n".join((body, *written))


def with_headings(html: str) -> str:
    """A document with headings: its own, without the lines of a table of contents, or short lines
    in bold, of which the first is the title where it opens the document."""
    from selectolax.lexbor import LexborHTMLParser

    if not _OWN.search(html):
        html = _with_lines(html)
    body = LexborHTMLParser(html).body
    blocks = list(body.iter()) if body else []
    own = {_line(one) for one in body.css(HEADINGS)} if body else set()
    if own:
        kept = [one for one in blocks if one.tag != "p" or not _is_listed(_line(one), own)]
        title = _titled(kept) if html.count("<h1") != 1 else None
        if not title and len(kept) == len(blocks):
            return html
        return "".join(_written(kept, set(), set(), title))
    articles = {one.mem_id for one in blocks if one.tag == "ol" and _are_articles(one)}
    bold = [one.mem_id for one in blocks[:-1] if one.tag == "p" and _is_heading(one, [one])]
    title = bold[0] if bold and bold[0] == blocks[0].mem_id else None
    headings = {one for one in bold if one != title}
    count = sum(len(_items(one)) for one in blocks if one.mem_id in articles)
    if len(headings) > _SHARE * len(blocks) or len(headings) + count < _FEWEST:
        headings = set()
    if count < _FEWEST:
        articles = set()
    if not headings and not articles:
        title = _titled(blocks)
        if not title:
            return html
    return "".join(_written(blocks, headings, articles, title))


def _with_lines(html: str) -> str:
    """A document whose paragraphs begin with titles in bold, these on lines of their own.

    >>> _with_lines("<p><strong>Fee</strong> It is due.</p>" * _LEAST)[:54]
    '<p><strong>Fee</strong></p><p>It is due.</p><p><strong'
    """
    found = [one for one in _RUN_IN.finditer(html) if is_short(one["title"])]
    if len(found) < max(_LEAST, html.count("<p>") / 2):
        return html
    return _RUN_IN.sub(
        lambda one: f"<p>{one['bold']}</p><p>{one['text']}" if is_short(one["title"]) else one[0],
        html,
    )


def _written(
    blocks: Sequence[LexborNode], headings: set[int], articles: set[int], title: int | None
) -> Iterator[str]:
    """Whichever kind of heading comes first is above the other."""
    first = next((one.mem_id for one in blocks if one.mem_id in headings | articles), None)
    bold, numbered = (2, 3) if first in headings else (3, 2)
    for block in blocks:
        if block.mem_id == title:
            yield f'<h1 class="title">{_inner(block)}</h1>'
        elif block.mem_id in headings:
            yield f"<h{bold}>{_inner(block)}</h{bold}>"
        elif block.mem_id in articles:
            for number, item in enumerate(_items(block), start=_start(block)):
                said = "".join(one.html or "" for one in _before_lists(item))
                yield f"<h{numbered}>{number}. {said}</h{numbered}>"
                yield from (one.html or "" for one in item.iter() if one.tag in ("ol", "ul"))
        else:
            yield block.html or ""


def _titled(blocks: Sequence[LexborNode]) -> int | None:
    """The line that opens a document, where it alone stands in bold above the text."""
    is_bold = [one.tag == "p" and _is_heading(one, [one]) for one in blocks[:2]]
    return blocks[0].mem_id if is_bold == [True, False] else None


def _start(node: LexborNode) -> int:
    return whole_number(node.attributes.get("start") or "", 1)


def _are_articles(node: LexborNode) -> bool:
    """Whether each item of a list is a heading of what stands below it."""
    items = _items(node)
    return bool(items) and all(_is_heading(one, _before_lists(one)) for one in items)


def _items(node: LexborNode) -> list[LexborNode]:
    return [child for child in node.iter() if child.tag == "li"]


def _before_lists(item: LexborNode) -> list[LexborNode]:
    found = []
    for child in item.iter(include_text=True):
        if child.tag in ("ol", "ul"):
            break
        found.append(child)
    return found


def _is_heading(node: LexborNode, said: Sequence[LexborNode]) -> bool:
    """Whether what opens an element is short, and in bold as a whole."""
    text = one_blank(" ".join(one.text() for one in said))
    bold = "".join(
        one.text()
        for part in said
        for one in ([part] if part.tag in ("strong", "b") else _outermost(part))
    )
    is_whole = "".join(bold.split()) == "".join(text.split())
    is_sentence = text.endswith(_ENDS) or (text.endswith(".") and word_count(text) > _MOST_ENDED)
    is_named = any(map(str.isalpha, text)) and not is_sentence
    return is_short(text) and is_whole and is_named and node.css_first("img,table") is None


def _outermost(node: LexborNode) -> list[LexborNode]:
    return [] if node.is_text_node else [one for one in node.iter() if one.tag in ("strong", "b")]


def _is_listed(text: str, headings: set[str]) -> bool:
    """Whether a line is that of a heading in a table of contents, with its page (`12`, `3-1`)."""
    page = _PAGE.search(text)
    places = range(page.start(), page.end()) if page else ()
    return any(text[:place].rstrip(_LEADERS) in headings for place in places)


def _line(node: LexborNode) -> str:
    return one_blank(node.text())


def _inner(node: LexborNode) -> str:
    html = node.html or ""
    return html[html.index(">") + 1 : html.rindex("<")]
