"""Reads an electronic book (.epub): an entry for each of its chapters, in the order of reading.

OEBPS/tides.xhtml: <h1>Tides</h1><p>Twice a day …</p>
    ─▶ Entry("tides", "Tides", "The Rower's Almanac", …)

https://www.w3.org/TR/epub-33/: the container names a package, which lists files and the spine.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.sections import Page, read_page, unused
from entrywise.data.entries import Entry, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import CATEGORY
from entrywise.data.readers.encodings import charset_of_html, decoded, missing_package
from entrywise.data.readers.files import broken, read_archive
from entrywise.data.system_errors import DAMAGED_ARCHIVE

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_HTML = ("application/xhtml+xml", "text/html")
_MALFORMED: tuple[type[Exception], ...] = (*DAMAGED_ARCHIVE, ET.ParseError, KeyError)


class _Book(NamedTuple):
    title: str
    chapters: list[tuple[str, bytes]]
    """Each path from the package, and what stands there."""
    labels: dict[str, str]
    """What the table of contents calls them, by path."""
    missing: list[str]


class BookReader(FileReader):
    """Reads an entry from each chapter that has text."""

    reads = "an .epub file"
    suffixes = (".epub",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        book = _book(read_archive(source), source)
        unread = [Unread(f"{source}: {name}", "is not there", "error") for name in book.missing]
        entries: list[Entry] = []
        used: dict[str, int] = {}
        for path, data in book.chapters:
            text, guessed = decoded(data, f"{source}: {path}", [charset_of_html(data)])
            unread += guessed
            try:
                page = self._reading.pages.page("book", text, read=partial(_page, text))
            except ImportError as error:
                raise missing_package(source, error) from error
            if page.sections:
                key = unused(posixpath.splitext(path)[0], used)
                name = page.title or book.labels.get(path) or book.title or source.stem
                category = book.title or CATEGORY
                entries.append(Entry(key, name, category, page.sections))
        return Contents(tuple(entries), unread=tuple(unread))


def _page(text: str) -> Page:
    # What the head calls it is the whole book, mostly.
    return read_page(from_html(text).markdown)


def _book(content: bytes, source: Path) -> _Book:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {*archive.namelist()}
            rootfile = _find(ET.fromstring(archive.read(_CONTAINER)), "rootfile")
            package = rootfile.get("full-path", "")
            root = ET.fromstring(archive.read(package))
            title = next((one.text or "" for one in _all(root, "title")), "")
            folder = posixpath.dirname(package)
            files = {path: _beside(folder, path) for path in _spine(root)}
            if _ENCRYPTION in names and _hidden(archive.read(_ENCRYPTION)) & {*files.values()}:
                raise KnowledgeBaseError(f"{source}: is protected against copying; leave it out")
            contents = _beside(folder, _contents(root))
            labels = _labels(archive.read(contents)) if contents in names else {}
            return _Book(
                " ".join(title.split()),
                [(path, archive.read(file)) for path, file in files.items() if file in names],
                {path: labels.get(posixpath.basename(path), "") for path in files},
                [path for path, file in files.items() if file not in names],
            )
    except _MALFORMED as error:
        raise broken(source, error) from error


def _spine(package: ET.Element) -> Iterator[str]:
    """The paths of the chapters, without the table of contents and what is beside the text."""
    items = {one.get("id"): one for one in _all(package, "item")}
    for one in _all(package, "itemref"):
        item = items.get(one.get("idref"))
        if item is None or one.get("linear") == "no" or _is_contents(item):
            continue
        if item.get("media-type") in _HTML:
            yield unquote(item.get("href", ""))


def _hidden(encryption: bytes) -> set[str]:
    """The files that are encrypted; of books that anybody may read typefaces are, at most."""
    told = _all(ET.fromstring(encryption), "CipherReference")
    return {unquote(one.get("URI", "")) for one in told}


def _contents(package: ET.Element) -> str:
    """The path of the table of contents; that of EPUB 2 is of a type of its own."""
    found = [one for one in _all(package, "item") if _is_contents(one)]
    return unquote(found[0].get("href", "")) if found else ""


def _is_contents(item: ET.Element) -> bool:
    is_nav = "nav" in item.get("properties", "").split()
    return is_nav or item.get("media-type") == "application/x-dtbncx+xml"


def _labels(contents: bytes) -> dict[str, str]:
    """What a table of contents calls the beginnings of files, by their names."""
    root = ET.fromstring(contents)
    told = [(one.get("href", ""), "".join(one.itertext())) for one in _all(root, "a")]
    for point in _all(root, "navPoint"):
        text, target = (next(_all(point, name), None) for name in ("text", "content"))
        if text is not None and target is not None:
            told.append((target.get("src", ""), text.text or ""))
    names = {posixpath.basename(unquote(target)): " ".join(text.split()) for target, text in told}
    return {name: text for name, text in names.items() if "#" not in name}


def _beside(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _all(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """The elements of a name, in whatever namespace."""
    return root.iterfind(f".//{{*}}{name}")


def _find(root: ET.Element, name: str) -> ET.Element:
    found = next(_all(root, name), None)
    if found is None:
        raise KeyError(name)
    return found
