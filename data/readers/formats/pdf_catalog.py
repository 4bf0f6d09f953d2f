"""What a PDF says of itself beside its pages: its title, and its bookmarks.

7 Ratings        ─▶  {4, the object of a page: [Bookmark("7 Ratings", 1),
  7.1 Cranes                                   Bookmark("7.1 Cranes", 2)]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from entrywise.data.documents.conversion.typeset.bookmarks import Bookmark

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

_FILE = re.compile(r"\.[A-Za-z]\w{1,4}$|^(?=\S*[\d_])\S*[-_]\S*$")
"""What the names of files have: an ending, or, in one word, signs between its parts."""
_MOST = 50_000
"""Bookmarks of a file, and names of places in it."""


def title(parsed: PDFDocument) -> str:
    """The title that a PDF says of itself, where it is none of a program's making: the name of a
    file, or what stands for none."""
    for info in parsed.info:
        text = " ".join(_text(info.get("Title")).replace("\0", "").split())
        is_made = text.lower().startswith(("microsoft word", "untitled", "slide 1"))
        # "(anonymous)" is what ReportLab calls what nobody gave a title.
        if text and not is_made and (text[0], text[-1]) != ("(", ")"):
            return "" if _FILE.search(text) else text
    return ""


def bookmarks(parsed: PDFDocument) -> Mapping[int, list[Bookmark]]:
    """{number of a page's object: the bookmarks that lead to it}, in their order; none where they
    are broken, as pages can be read without."""
    found: dict[int, list[Bookmark]] = {}
    try:
        places = dict(_places(parsed))
        for entry, level in _entries(parsed):
            page = _page(entry, places)
            text = " ".join(_text(entry.get("Title")).split())
            if page and text:
                found.setdefault(page, []).append(Bookmark(text, level))
    except Exception:  # A broken file makes the library raise whatever it meets.
        return {}
    return found


def _entries(parsed: PDFDocument) -> Iterator[tuple[dict[str, Any], int]]:
    """The entries of a PDF's outline with their levels; each once, even if it leads to itself."""
    left = [(_dict(parsed.catalog.get("Outlines")).get("First"), 1)]
    seen: set[int] = set()
    while left and len(seen) < _MOST:
        reference, level = left.pop()
        number = getattr(reference, "objid", 0)
        if not number or number in seen:
            continue
        seen.add(number)
        entry = _dict(reference)
        yield entry, level
        left += [(entry.get("Next"), level), (entry.get("First"), level + 1)]


def _places(parsed: PDFDocument) -> Iterator[tuple[str, Any]]:
    """The places of a PDF that have names, by these."""
    yield from _dict(parsed.catalog.get("Dests")).items()
    left = [_dict(parsed.catalog.get("Names")).get("Dests")]
    for _ in range(_MOST):
        if not left:
            return
        node = _dict(left.pop())
        names = _list(node.get("Names"))
        yield from (
            (_text(name), place) for name, place in zip(names[::2], names[1::2], strict=False)
        )
        left += _list(node.get("Kids"))


def _page(entry: Mapping[str, Any], places: Mapping[str, Any]) -> int:
    """The number of the object that the page is to which an entry leads; 0 where to none."""
    from pdfminer.pdftypes import resolve1

    place = resolve1(entry.get("Dest") or _dict(entry.get("A")).get("D"))
    if not isinstance(place, (dict, list)):
        place = resolve1(places.get(_text(place)))
    place = _list(place if isinstance(place, list) else _dict(place).get("D"))
    return int(getattr(place[0], "objid", 0)) if place else 0


def _dict(value: object) -> dict[str, Any]:
    from pdfminer.pdftypes import resolve1

    found = resolve1(value)
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    from pdfminer.pdftypes import resolve1

    found = resolve1(value)
    return found if isinstance(found, list) else []


def _text(value: object) -> str:
    """A string or a name of a PDF as text."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    found = resolve1(value)
    return decode_text(found) if isinstance(found, bytes) else str(getattr(found, "name", ""))
