"""Fetches pages of one host, politely: as robots.txt allows, one after the other, each kept in a
folder with what tells whether it has changed.

    with Fetcher("https://docs.acme.example", folder) as fetcher:
        page = fetcher.fetch("https://docs.acme.example/leave/")

It stays with the host, through redirects too. A host that is named is not followed into a private
network; one that is a private address itself is what was asked for.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import json
import ssl
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from entrywise.data.addresses import absolute

AGENT = "entrywise"
LARGEST_PAGE = 5 * 2**20
"""Bytes of a page; the largest of real documentation have two million."""
LARGEST_SITE = 200 * 2**20
_SECONDS = 20.0
_REDIRECTS = 5
_LONGEST_DELAY = 10.0
FRESH = 3600.0
"""Seconds for which a kept page is not asked for again, so that what was interrupted goes on."""


class Unfetched(Exception):
    """A page was not fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was fetched, and what tells whether it has changed since."""

    address: str
    kind: str
    charset: str
    body: bytes
    etag: str = ""
    modified: str = ""
    fetched: float = 0.0


class Fetcher:
    """Fetches pages of the host of an address, and keeps them in a folder."""

    def __init__(self, address: str, folder: Path, *, delay: float = 0.5) -> None:
        parts = urlsplit(address)
        self._host = parts.hostname or ""
        self._netloc = parts.netloc
        self._folder = folder
        self._delay = delay
        self._last = 0.0
        self._size = 0
        self._is_private = _is_private(self._host)
        self._robots: RobotFileParser | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._connected_to = ("", "")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def is_own(self, address: str) -> bool:
        """Whether an address is of the host."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        return parts.scheme in ("https", "http") and parts.netloc == self._netloc

    def fetch(self, address: str, *, is_asked: bool = False) -> Fetched:
        """A page, from the folder where it is fresh or unchanged.

        Args:
            is_asked: whether a person named this very address, so that robots.txt is not asked.

        Raises:
            Unfetched: it is of another host, forbidden, too large, or not there.
        """
        if not self.is_own(address):
            raise Unfetched("is on another host")
        if not is_asked and not self._allowed(address):
            raise Unfetched("robots.txt forbids it")
        if self._size > LARGEST_SITE:
            raise Unfetched(f"over {LARGEST_SITE // 2**20} MB were fetched; the rest is left out")
        kept = self._kept(address)
        if kept and time.time() - kept.fetched < FRESH:
            return kept
        page = self._request(address, kept)
        self._size += len(page.body)
        self._keep(address, page)
        return page

    def _allowed(self, address: str) -> bool:
        if self._robots is None:
            self._robots = self._read_robots(address)
            wanted = self._robots.crawl_delay(AGENT)
            if wanted:
                self._delay = min(max(self._delay, float(wanted)), _LONGEST_DELAY)
        return self._robots.can_fetch(AGENT, address)

    def _read_robots(self, address: str) -> RobotFileParser:
        """What robots.txt says: all is allowed where there is none, nothing where it cannot be read
        (RFC 9309, 2.3.1)."""
        robots = RobotFileParser()
        try:
            page = self._request(urljoin(address, "/robots.txt"), None)
        except _Missing:
            robots.parse([])
        except Unfetched:
            robots.parse(["User-agent: *", "Disallow: /"])
        else:
            robots.parse(page.body.decode("utf-8", errors="replace").splitlines())
        return robots

    def _request(self, address: str, kept: Fetched | None) -> Fetched:
        for _ in range(_REDIRECTS):
            page = self._try(address, kept)
            if isinstance(page, Fetched):
                return page
            address = absolute(page, address)
            if not address:
                raise Unfetched(f"leads to {page!r}, which is no address")
            if not self.is_own(address):
                raise Unfetched(f"leads to another host, {urlsplit(address).netloc or address}")
        raise Unfetched(f"leads on more than {_REDIRECTS} times")

    def _try(self, address: str, kept: Fetched | None) -> Fetched | str:
        """A page, or where it has moved to."""
        time.sleep(max(0.0, self._last + self._delay - time.monotonic()))
        headers = {"User-Agent": AGENT, "Accept": "text/html,text/markdown,text/plain,*/*;q=0.1"}
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        parts = urlsplit(address)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        try:
            connection = self._connect(parts.scheme, parts.netloc)
            connection.request("GET", path + query, headers=headers)
            answer = connection.getresponse()
            body = answer.read(LARGEST_PAGE + 1)
        except (OSError, http.client.HTTPException) as error:
            self._close()
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise Unfetched(f"cannot be fetched ({reason})") from error
        finally:
            self._last = time.monotonic()
        if len(body) > LARGEST_PAGE or answer.will_close:
            self._close()
        return self._answered(address, answer, body, kept)

    def _answered(
        self, address: str, answer: http.client.HTTPResponse, body: bytes, kept: Fetched | None
    ) -> Fetched | str:
        moved = answer.getheader("Location")
        if answer.status in (301, 302, 303, 307, 308) and moved:
            return moved
        if answer.status == 304 and kept:
            return replace(kept, fetched=time.time())
        if answer.status != 200:
            missing = answer.status in range(400, 500) and answer.status not in (401, 403, 429)
            error = _Missing if missing else Unfetched
            raise error(f"the server answers {answer.status} {answer.reason}".rstrip())
        if len(body) > LARGEST_PAGE:
            raise Unfetched(f"has more than {LARGEST_PAGE // 2**20} MB")
        return Fetched(
            address=address,
            kind=answer.headers.get_content_type(),
            charset=answer.headers.get_content_charset() or "",
            body=body,
            etag=answer.getheader("ETag") or "",
            modified=answer.getheader("Last-Modified") or "",
            fetched=time.time(),
        )

    def _connect(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        if self._connection and self._connected_to == (scheme, netloc):
            return self._connection
        self._close()
        connection = (
            http.client.HTTPSConnection(
                netloc, timeout=_SECONDS, context=ssl.create_default_context()
            )
            if scheme == "https"
            else http.client.HTTPConnection(netloc, timeout=_SECONDS)
        )
        connection.connect()
        # Asked of the connection itself: a name may mean another address each time it is looked up.
        peer = str(connection.sock.getpeername()[0])
        if not self._is_private and _is_private(peer):
            connection.close()
            raise Unfetched(f"its host is the private address {peer}")
        self._connection, self._connected_to = connection, (scheme, netloc)
        return connection

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _place(self, address: str) -> Path:
        return self._folder / hashlib.sha256(address.encode()).hexdigest()[:32]

    def _kept(self, address: str) -> Fetched | None:
        """The page as it was kept; None where it was not, or not whole."""
        place = self._place(address)
        try:
            told = json.loads(place.with_suffix(".json").read_text("utf-8"))
            body = place.with_suffix(".body").read_bytes()
            page = Fetched(**{key: told[key] for key in _TOLD}, body=body)
            return page if told["sha256"] == hashlib.sha256(body).hexdigest() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, address: str, page: Fetched) -> None:
        """Keep a page; where the folder cannot be written it is fetched anew another time."""
        place = self._place(address)
        told = {key: value for key, value in asdict(page).items() if key != "body"}
        told["sha256"] = hashlib.sha256(page.body).hexdigest()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            place.with_suffix(".body").write_bytes(page.body)
            place.with_suffix(".json").write_text(json.dumps(told), "utf-8")
        except OSError:
            return


class _Missing(Unfetched):
    """The server has no such page."""


_TOLD = ("address", "kind", "charset", "etag", "modified", "fetched")


def _is_private(host: str) -> bool:
    """Whether a host is an address of a private network, or this machine; a name is none."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global
