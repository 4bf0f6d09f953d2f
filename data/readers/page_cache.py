"""A cache of pages that were read before, so that an update reads only changed ones.

    a text, and how it is read ─ SHA-256 ─▶ kept ─▶ its Page
                                       └──▶ new ─▶ read ─▶ its Page, kept

There is a file of SQLite for each source. What the source no longer holds is forgotten when it has
been read, and sources that nobody reads after some months. Where the file cannot be read or
written, pages are read as if there were none. What other code has read is read again.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from entrywise.data.documents.conversion.titles import NO_TITLES, Answer, Asked
from entrywise.data.documents.sections import Page
from entrywise.data.entries import Block, Section, Unread

_FIELDS = ("name", "text", "path", "anchor", "blocks", "is_markdown", "is_mdx", "links")
"""Those of a section that pages have."""

_BATCH = 2**17
"""Bytes that are written at once. A source that makes fewer is read in a moment, and not kept."""
_OLD = 90 * 86_400
"""Seconds after which a source that nobody reads is forgotten."""
_PATIENCE = 5.0
"""Seconds to wait for another process that writes."""
_LIBRARIES = ("markdown-it-py", "docutils", "mammoth", "pdfminer.six", "selectolax")
_NO_PAGE = (ValueError, TypeError, LookupError, zlib.error)
"""What decoding raises of something that is no page."""

_Found = TypeVar("_Found")


@contextmanager
def page_cache(folder: Path | None, source: Path) -> Iterator[PageCache]:
    """The pages of a source that are kept below a folder; without one, none are.

    A source that could not be read to its end keeps what it had.
    """
    with closing(PageCache(_file(folder, source) if folder else None)) as pages:
        yield pages
        pages.tidy()


class PageCache:
    """Keeps pages in a file; without a file it keeps none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._is_made = bool(path and path.is_file())
        self._database: sqlite3.Connection | None = None
        self._used: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}
        self._size = 0

    def page(
        self, *told: str | bytes, read: Callable[[], Page], titles: Asked | None = None
    ) -> Page:
        """A page, as it was read before or is read now.

        Args:
            told: all that makes it what it is: what it is read by, how, and its text.
            read: reads it.
            titles: what it asks for titles of other documents: other answers make another page.
        """
        if self._path is None:
            return read()
        titles = titles or Asked(NO_TITLES)
        key = _key(told)
        self._used.add(key)
        with suppress(*_NO_PAGE):
            if kept := self._kept(key):
                answers, page = _decoded(kept)
                if titles.still_answer(answers):
                    return page
        page = read()
        self._new[key] = encoded = _encoded(titles.answers, page)
        self._size += len(encoded)
        if self._size > _BATCH:
            self._write()
        return page

    def tidy(self) -> None:
        """Keep what is new, and forget what was not asked for, and sources that are not read."""
        if not self._is_made:
            return
        self._write()
        self._run(self._forget)

    def close(self) -> None:
        """End."""
        if self._database:
            self._database.close()
        self._database = None

    def _kept(self, key: bytes) -> bytes | None:
        if not self._is_made:
            return None
        query = "SELECT page FROM pages WHERE key = ?"
        found = self._run(lambda pages: pages.execute(query, (key,)).fetchone())
        return found[0] if found else None

    def _write(self) -> None:
        statement, rows = "INSERT OR REPLACE INTO pages VALUES (?, ?)", [*self._new.items()]
        self._new.clear()
        self._size = 0
        self._run(lambda pages: pages.executemany(statement, rows))

    def _forget(self, pages: sqlite3.Connection) -> None:
        kept = {key for (key,) in pages.execute("SELECT key FROM pages")}
        pages.executemany("DELETE FROM pages WHERE key = ?", ((key,) for key in kept - self._used))
        if self._path:
            self._path.touch()
            for other in self._path.parent.glob("*.sqlite"):
                if other.stat().st_mtime < time.time() - _OLD:
                    other.unlink()

    def _run(self, work: Callable[[sqlite3.Connection], _Found]) -> _Found | None:
        """What a piece of work gives, all of which is written or nothing; None where it cannot be
        done, after which no page is kept: the disk is full, another process writes for long, or the
        file is none of SQLite's, which is made anew the next time."""
        if self._path is None:
            return None
        try:
            if self._database is None:
                self._database = _opened(self._path)
                self._is_made = True
            with self._database:
                return work(self._database)
        except (OSError, sqlite3.Error) as error:
            self.close()
            # Its subclasses are of something else: a lock, a disk.
            if type(error) is sqlite3.DatabaseError:
                with suppress(OSError):
                    self._path.unlink()
            self._path = None
            return None


NO_PAGES = PageCache()
"""Keeps nothing."""


def _file(folder: Path, source: Path) -> Path:
    """Where the pages of a source are kept."""
    place = str(source.resolve())
    name = re.sub(r"[^\w.-]", "-", source.resolve().name)[:40]
    return folder / "pages" / f"{name}-{sha256(place.encode()).hexdigest()[:8]}.sqlite"


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    pages = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        # A page that is lost is read again.
        pages.execute("PRAGMA synchronous = OFF")
        pages.execute("CREATE TABLE IF NOT EXISTS pages (key BLOB PRIMARY KEY, page BLOB)")
    except sqlite3.Error:
        pages.close()
        raise
    return pages


def _key(told: tuple[str | bytes, ...]) -> bytes:
    digest = sha256(_code())
    for one in told:
        content = one if isinstance(one, bytes) else one.encode(errors="surrogatepass")
        digest.update(len(content).to_bytes(8) + content)
    return digest.digest()


@cache
def _code() -> bytes:
    """What tells the code that reads from any other: the states of its files, and the versions of
    the libraries that it reads with."""
    room = Path(__file__).parent.parent
    told = [
        f"{path.relative_to(room)} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for path in sorted(room.rglob("*.py"))
    ]
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            told.append(f"{name} {version(name)}")
    return "\n".join(told).encode()


def _encoded(answers: object, page: Page) -> bytes:
    sections = [[getattr(one, field) for field in _FIELDS] for one in page.sections]
    faults = [(one.place, one.reason, one.severity) for one in page.faults]
    told = (answers, page.title, page.address, faults, sections)
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 1)


def _decoded(kept: bytes) -> tuple[list[Answer], Page]:
    answers, title, address, faults, sections = json.loads(zlib.decompress(kept))
    return answers, Page(
        title, tuple(map(_section, sections)), address, tuple(Unread(*one) for one in faults)
    )


def _section(told: list[Any]) -> Section:
    kept = dict(zip(_FIELDS, told, strict=True))
    kept["path"] = tuple(kept["path"])
    kept["blocks"] = tuple(Block(*one) for one in kept["blocks"])
    kept["links"] = tuple((label, address) for label, address in kept["links"])
    return Section(**kept)
