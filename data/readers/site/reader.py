"""Reads a site: the pages that its `sitemap.xml` or its `llms.txt` lists, each an entry.

    https://docs.acme.example/sitemap.xml  ─▶  Entry("leave/days", url="https://docs.acme.example/leave/days/")

What was fetched is kept, so that reading it again asks only what has changed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urlsplit

from entrywise.data.addresses import without_secrets
from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.entries import Entry, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import ALONE, Contents, Reading, address_of
from entrywise.data.readers.documents import CATEGORY
from entrywise.data.readers.encodings import charset_of_html, decoded, missing_package
from entrywise.data.readers.exported_names import names_without_site
from entrywise.data.readers.fields import CONTROLS
from entrywise.data.readers.generators.page_frames import without_frames
from entrywise.data.readers.places import categories
from entrywise.data.readers.site.fetching import Fetched, Fetcher, Unfetched
from entrywise.data.readers.site.listing import pages_of_links, pages_of_sitemap

MOST_PAGES = 2_000
_MOST_SITEMAPS = 50
_TEXTS = ("text/plain", "text/markdown", "text/x-markdown")


class SiteReader:
    """Reads the pages that a site lists, of its own host."""

    reads = "the address of a sitemap.xml or llms.txt"

    def __init__(self, reading: Reading = ALONE, *, delay: float = 0.5) -> None:
        self._cache = reading.cache
        self._delay = delay

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return address_of(source) is not None

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        address = address_of(source) or ""
        if not _path(address).endswith((".xml", ".xml.gz", ".txt")):
            raise KnowledgeBaseError(
                f"{address}: is no list of pages; give the address of its sitemap.xml or llms.txt"
            )
        with Fetcher(address, self._folder(address), delay=self._delay) as fetcher:
            crawl = _Crawl(fetcher)
            addresses = crawl.listed(address)
            for page in addresses[:MOST_PAGES]:
                crawl.add(page)
        if len(addresses) > MOST_PAGES:
            what = f"{len(addresses):,} pages are listed, and {MOST_PAGES:,} are read at most"
            crawl.unread.append(Unread(address, what))
        if not crawl.entries:
            reasons = "; ".join(map(str, crawl.unread[:3])) or "it lists none"
            raise KnowledgeBaseError(f"{address}: no page of it can be read ({reasons})")
        return Contents(crawl.linked(), unread=tuple(crawl.unread))

    def _folder(self, address: str) -> Path:
        """Where the pages of a site are kept."""
        host = re.sub(r"[^\w.-]", "-", urlsplit(address).netloc)
        digest = hashlib.sha256(address.encode()).hexdigest()[:8]
        return (self._cache or _user_cache()) / "sites" / f"{host}-{digest}"


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("entrywise", appauthor=False)


class _Crawl:
    """What has been read of a site."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._links: dict[str, list[str]] = {}
        self._ids: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self.unread: list[Unread] = []

    def listed(self, address: str) -> list[str]:
        """The addresses of all pages that a list, or lists that it lists, name.

        Raises:
            KnowledgeBaseError: the list cannot be fetched, or is none.
        """
        try:
            page = self._fetcher.fetch(address, is_asked=True)
        except Unfetched as error:
            raise KnowledgeBaseError(f"{address}: {error}") from error
        if address.endswith(".txt"):
            found = pages_of_links(page.body.decode("utf-8", errors="replace"), address)
        else:
            found, waiting = pages_of_sitemap(page.body, address)
            found += self._further(waiting)
        own = [one for one in found if self._fetcher.is_own(one)]
        if len(own) < len(found):
            what = f"{len(found) - len(own)} addresses are on other hosts"
            self.unread.append(Unread(address, what, "warning"))
        return list(dict.fromkeys(urldefrag(one).url for one in own))

    def _further(self, waiting: list[str]) -> list[str]:
        found: list[str] = []
        seen: set[str] = set()
        while waiting and len(seen) < _MOST_SITEMAPS:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            try:
                pages, more = pages_of_sitemap(self._fetcher.fetch(address).body, address)
            except (Unfetched, KnowledgeBaseError) as error:
                reason = str(error).removeprefix(f"{address}: ")
                self.unread.append(Unread(address, reason))
                continue
            found += pages
            waiting += more
        self.unread += (Unread(one, "too many sitemaps") for one in waiting if one not in seen)
        return found

    def add(self, address: str) -> None:
        """Read a page; what is wrong with it stops no other."""
        try:
            fetched = self._fetcher.fetch(address)
        except Unfetched as error:
            self.unread.append(Unread(address, str(error)))
            return
        text = self._text(fetched, address)
        if text is None:
            return
        page, markdown = _read(text, fetched)
        key = _id(fetched.address)
        if not page.sections:
            self.unread.append(Unread(address, "holds no text", "warning"))
            return
        if key in self.entries:
            self.unread.append(Unread(address, f"is the page {key!r} again", "warning"))
            return
        name = page.title or key
        self.entries[key] = Entry(key, name, CATEGORY, page.sections, url=fetched.address)
        self._ids[_bare(address)] = self._ids[_bare(fetched.address)] = key
        links = filter(self._fetcher.is_own, pages_of_links(markdown, fetched.address))
        self._links[key] = [_bare(link) for link in links]

    def _text(self, fetched: Fetched, address: str) -> str | None:
        """The text of a page; None of what is none."""
        if not (_is_html(fetched) or _is_text(fetched)):
            self.unread.append(Unread(address, f"{fetched.kind} is not read from sites", "warning"))
            return None
        named = [fetched.charset, charset_of_html(fetched.body) if _is_html(fetched) else ""]
        try:
            text, guessed = decoded(fetched.body, address, named)
        except KnowledgeBaseError as error:
            self.unread.append(Unread(address, str(error).removeprefix(f"{address}: ")))
            return None
        self.unread += guessed
        return text

    def linked(self) -> tuple[Entry, ...]:
        """All entries, in their categories, related to those that they link to."""
        found = categories({key: PurePosixPath(key) for key in self.entries}, CATEGORY)
        names = names_without_site({key: entry.name for key, entry in self.entries.items()})
        return tuple(
            replace(entry, name=names[key], category=found[key], related=self._related(entry))
            for key, entry in without_frames(self.entries).items()
        )

    def _related(self, entry: Entry) -> tuple[str, ...]:
        found = (self._ids.get(link) for link in self._links[entry.id])
        return tuple(dict.fromkeys(one for one in found if one and one != entry.id))


def _is_html(fetched: Fetched) -> bool:
    return fetched.kind in ("text/html", "application/xhtml+xml")


def _is_text(fetched: Fetched) -> bool:
    return fetched.kind in _TEXTS or urlsplit(fetched.address).path.endswith((".md", ".txt"))


def _read(text: str, fetched: Fetched) -> tuple[Page, str]:
    """A page and its Markdown."""
    if not _is_html(fetched):
        return read_page(text), text
    try:
        found = from_html(text, base=fetched.address)
    except ImportError as error:
        raise missing_package(fetched.address, error) from error
    page = read_page(found.markdown)
    return replace(page, title=page.title or found.title), found.markdown


def _id(address: str) -> str:
    """What a page is called: its path.

    >>> _id("https://a.b/guide/setup.html"), _id("https://a.b/")
    ('guide/setup', 'index')
    """
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    path = re.sub(r"(?:^|/)index\.\w+$|\.(?:html?|md|txt)$", "", path)
    query = f"?{unquote(parts.query)}" if parts.query else ""
    return " ".join(CONTROLS.sub(" ", path + query).split()) or "index"


def _bare(address: str) -> str:
    return urldefrag(address).url.rstrip("/")


def _path(address: str) -> str:
    """The path of an address that can be asked for.

    Raises:
        KnowledgeBaseError: it is none, or has a name or password in it.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        shown = without_secrets(address)
        raise KnowledgeBaseError(f"{shown}: is no address ({error}); correct it") from None
    if "@" in parts.netloc:
        raise KnowledgeBaseError(
            f"{without_secrets(address)}: names and passwords are not sent; leave out what stands "
            "before the @"
        )
    return parts.path
