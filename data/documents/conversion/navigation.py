"""Finds the navigation of a page in HTML, which says nothing itself: links to the pages before and
after it and to those in other languages, menus above its title, lists of links to its own headings,
and tables of contents.

<div>Next: <a rel="next" href="b.html">Oars</a>, Up: <a rel="up" href="…">Boats</a></div>
<dl><dt><a href="a.html#oars">1. Oars</a></dt><dt><a href="a.html#sails">2. Sails</a></dt></dl>

<p><a href="./">Home</a> | <a href="m/">Modules</a> | <a href="f/">FAQ</a></p><h1>Oars</h1>

Links say so by `rel` or by the access keys of DocBook, tables of contents by what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from entrywise.data.documents.conversion import elements

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_TURNS = frozenset("next prev previous up start first last index contents".split())
_KEYS = frozenset("npuh")
_LANGUAGES = 'a[rel~="alternate"][hreflang]'
_TABLES = (
    ",".join(f'.{one},[id="{one}" i]' for one in ("toc", "contents", "table-of-contents"))
    + ',[role="doc-toc"]'
)
"""Tables of contents, as DocBook, pandoc, Asciidoctor, docutils and Texinfo call them."""
_TELLS = "p,li,dd,pre"
_CONTENT = frozenset("h1 h2 h3 h4 h5 h6 pre img figure video math".split())
_LISTS = "ul,ol,dl"
_LINES = ("p", "div")
_MOST, _LONGEST = 120, 100
"""Elements and texts of what only leads on, and the characters of one that is no link."""
_MOST_ABOVE = 20_000
"""Elements and texts of a menu above the title of a page, as of a book's chapters."""
_TOO_LONG = "." * (_LONGEST + 1)
_DEEPEST = 12
"""Elements around a link that are looked at."""
_FEWEST = 2
"""Links of DocBook, which say so by their keys alone, and of a list of headings."""
_FEWEST_LINES = 3
"""Lines of a table of contents, and links of a menu."""
_ENDS = (".", "!", "。")
_WORD = re.compile(r"[^\W_]+")


def leading(tree: LexborHTMLParser) -> frozenset[int]:
    """The elements of a page that only lead on, by their `mem_id`."""
    return frozenset((*_around(tree), *_above(tree), *_contents(tree), *_tables(tree)))


def _around(tree: LexborHTMLParser) -> Iterator[int]:
    """What holds the links to the pages before and behind a page, or to it in other languages, with
    little beside them."""
    known: dict[int, bool] = {}
    languages = {link.mem_id for link in tree.css(_LANGUAGES)}
    beside = {one.attributes.get("href") for one in tree.css("head link[rel]") if _turns(one)}
    for link in tree.css("a[rel],a[accesskey]"):
        has_key = link.attributes.get("accesskey") in _KEYS
        is_beside = has_key and link.attributes.get("href") in beside
        says_so = _turns(link) or is_beside or link.mem_id in languages
        if not (says_so or has_key):
            continue
        largest = None
        place = link.parent
        for _ in range(_DEEPEST):
            if place is None or place.tag in ("body", "html"):
                break
            if place.mem_id not in known:
                known[place.mem_id] = _only_leads(place)
            if not known[place.mem_id]:
                break
            largest, place = place, place.parent
        if largest and (says_so or len(largest.css("a[accesskey]")) >= _FEWEST):
            yield largest.mem_id


def _turns(link: LexborNode) -> bool:
    """Whether a link says that it leads to a page before or behind."""
    return not _TURNS.isdisjoint((link.attributes.get("rel") or "").lower().split())


def _above(tree: LexborHTMLParser) -> list[int]:
    """What stands above the title of a page, where all of it leads on."""
    place = _title(tree)
    found: list[LexborNode] = []
    while place and place.tag != "body":
        before = place.prev
        while before:
            if before.is_text_node:
                if (before.text_content or "").strip():
                    return []
            elif not _only_leads(before, _MOST_ABOVE):
                return []
            else:
                found.append(before)
            before = before.prev
        place = place.parent
    is_menu = sum(len(one.css("a[href]")) for one in found) >= _FEWEST_LINES
    return [one.mem_id for one in found] if is_menu else []


def _title(tree: LexborHTMLParser) -> LexborNode | None:
    """The heading that is the title of a page: the only one of the first level; where none is, the
    first of all, if it has all words of what the page is called, or that has all of its."""
    titles = tree.css("h1")
    if titles:
        return titles[0] if len(titles) == 1 else None
    said, first = tree.css_first("head title"), tree.css_first(elements.HEADINGS)
    words = [set(_WORD.findall(elements.line(one))) for one in (said, first) if one]
    shared = set.intersection(*words) if words else set()
    return first if len(words) == 2 and shared and shared in words else None


def _only_leads(node: LexborNode, most: int = _MOST) -> bool:
    """Whether an element holds links, and beside them no more than names."""
    return all(
        is_link or (len(text) <= _LONGEST and not _ends_a_sentence(text))
        for text, is_link in _texts(node, most)
    )


def _ends_a_sentence(text: str) -> bool:
    """Whether a text ends a sentence, as the number of a chapter (`8.14.`) does not."""
    return text.endswith(_ENDS) and (" " in text or len(text) == 1)


def _texts(node: LexborNode, most: int) -> Iterator[tuple[str, bool]]:
    """The texts in an element, and whether each stands in a link; a long one where there is too
    much, or what is more than text."""
    open_nodes: list[tuple[LexborNode, bool]] = [(node, False)]
    for _ in range(most):
        if not open_nodes:
            return
        one, is_link = open_nodes.pop()
        if one.is_text_node:
            yield (one.text_content or "").strip(), is_link
        elif one.tag == "img" and (is_link or not one.attributes.get("alt")):
            continue
        elif one.tag in _CONTENT:
            yield _TOO_LONG, False
            return
        else:
            is_link = is_link or one.tag == "a"
            open_nodes += ((child, is_link) for child in one.iter(include_text=True))
    if open_nodes:
        yield _TOO_LONG, False


def _contents(tree: LexborHTMLParser) -> Iterator[int]:
    """Lists, within no other, of links to the headings of the page itself."""
    lists = tree.css(_LISTS)
    places = elements.places(tree).keys()
    inner: set[int] = set()
    for one in lists:
        if one.mem_id in inner:
            continue
        inner.update(below.mem_id for below in one.css(_LISTS))
        if _lists_headings(one, places):
            yield one.mem_id
    yield from _lines(tree, places)


def _lines(tree: LexborHTMLParser, places: Set[str]) -> Iterator[int]:
    """Paragraphs one after the other that are links to headings, as word processors write a table
    of contents."""
    seen: set[int] = set()
    for link in tree.css('a[href^="#"]'):
        line = link.parent
        while line and line.tag not in _LINES:
            line = line.parent
        run: list[int] = []
        while line and line.mem_id not in seen and line.tag in _LINES:
            seen.add(line.mem_id)
            if not _lists_headings(line, places, fewest=1):
                break
            run.append(line.mem_id)
            line = _next(line)
        if len(run) >= _FEWEST_LINES:
            yield from run


def _next(node: LexborNode) -> LexborNode | None:
    """The element behind one."""
    below = node.next
    while below and below.is_text_node:
        below = below.next
    return below


def _lists_headings(node: LexborNode, places: Set[str], fewest: int = _FEWEST) -> bool:
    pages: set[str] = set()
    count = 0
    for child in node.css("a[href]"):
        page, _, name = (child.attributes.get("href") or "").partition("#")
        if name not in places or (child.attributes.get("role") or "").startswith("doc-"):
            return False
        pages.add(page)
        count += 1
    if count < fewest or len(pages) > 1:
        return False
    linked = sum(len("".join(link.text().split())) for link in node.css("a[href]"))
    return linked >= 0.9 * len("".join(node.text().split()))


def _tables(tree: LexborHTMLParser) -> Iterator[int]:
    """Tables of contents of a page that says something else."""
    found = [one for one in tree.css(_TABLES) if _only_leads(one, _MOST_ABOVE)]
    listed = {part.mem_id for one in found for part in one.css(_TELLS)} if found else set[int]()
    others = (one for one in tree.css(_TELLS) if one.mem_id not in listed)
    if found and any(one.tag == "pre" or _ends_a_sentence(elements.line(one)) for one in others):
        yield from (one.mem_id for one in found if one.css_first("a[href]"))
