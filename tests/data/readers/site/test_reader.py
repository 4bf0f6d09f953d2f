from __future__ import annotations

import gzip
import socket
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from entrywise.data.entries import Entry
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, Reading
from entrywise.data.readers.site import fetching
from entrywise.data.readers.site.fetching import Fetcher, Unfetched
from entrywise.data.readers.site.reader import SiteReader
from entrywise.data.source import read_knowledge_base

Answer = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Site:
    """A server of what a test says, which remembers what was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                status, headers, body = site.answers.get(self.path, (404, {}, b""))
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str, text: str, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (200, HTML | named, text.encode())

    def sitemap(self, *paths: str) -> None:
        pages = "".join(
            f"<url><loc>{path if ':' in path else self.url + path}</loc></url>" for path in paths
        )
        text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>'
        self.answers["/sitemap.xml"] = (200, {}, text.encode())

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on this machine."""
    site = Site()
    thread = Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()


Read = Callable[..., Contents]


@pytest.fixture
def read(site: Site, tmp_path: Path) -> Read:
    """Read the site by one of its lists."""

    def reading(path: str = "/sitemap.xml") -> Contents:
        reader = SiteReader(Reading(cache=tmp_path), delay=0.0)
        return reader.read(Path(f"{site.url}{path}"))

    return reading


def told(contents: Contents) -> list[str]:
    return [str(one).partition("//")[2].partition("/")[2] for one in contents.unread]


def test_the_pages_of_a_sitemap_are_entries_with_addresses(site: Site, read: Read) -> None:
    site.sitemap("/", "/guide/setup/", "/guide/use.html#x")
    site.page("/", "<title>Home</title><main>Hello, <a href='guide/setup/'>see</a>.</main>")
    site.page("/guide/setup/", "<main><h1>Setup</h1><h2 id=l>Linux</h2>Do.<img alt=m src=m.png>")
    site.page("/guide/use.html", "<main><a href='/guide/setup/#l'>Set up</a> first.")
    contents = read()
    assert contents.unread == ()
    assert [(one.id, one.name, one.category, one.related) for one in contents.entries] == [
        ("index", "Home", "documents", ("guide/setup",)),
        ("guide/setup", "Setup", "guide", ()),
        ("guide/use", "guide/use", "guide", ("guide/setup",)),
    ]
    entry = contents.entries[1]
    assert entry.url == f"{site.url}/guide/setup/"
    assert entry.sections[0].anchor == "l"
    assert f"![m]({site.url}/guide/setup/m.png)" in entry.sections[0].text


def test_it_is_read_like_any_source(site: Site, tmp_path: Path) -> None:
    site.sitemap("/a")
    site.page("/a", "<p>Text.")
    knowledge_base = read_knowledge_base(Path(f"{site.url}/sitemap.xml"), cache=tmp_path)
    assert [entry.id for entry in knowledge_base] == ["a"]
    assert knowledge_base.title == site.url.removeprefix("http://")


def test_the_links_of_an_llms_txt_are_pages(site: Site, read: Read) -> None:
    text = "# Acme\n\n- [A](/a.md): what it is\n- [B](b.txt)\n- [C](https://c.example/c.md)\n"
    site.answers["/docs/llms.txt"] = (200, {"Content-Type": "text/plain"}, text.encode())
    site.answers["/a.md"] = (200, {"Content-Type": "text/markdown"}, b"# A\n\n## One\n\n- x")
    site.answers["/docs/b.txt"] = (200, {"Content-Type": "text/plain"}, b"B.")
    contents = read("/docs/llms.txt")
    assert [(one.id, one.name) for one in contents.entries] == [("a", "A"), ("docs/b", "docs/b")]
    assert told(contents) == ["docs/llms.txt: 1 addresses are on other hosts"]


def test_pages_of_markdown_are_related_to_those_that_they_link_to(site: Site, read: Read) -> None:
    text = b"- [A](/docs/a.md)\n- [B](/docs/b.md)\n- [Nowhere](http://[c)\n"
    site.answers["/llms.txt"] = (200, {"Content-Type": "text/plain"}, text)
    links = b"# A\n\nSee [B](b.md#c), [nowhere](http://[c) and [mail](mailto:b.md)."
    site.answers["/docs/a.md"] = (200, {"Content-Type": "text/markdown"}, links)
    site.answers["/docs/b.md"] = (200, {"Content-Type": "text/markdown"}, b"# B\n\nText.")
    related = {one.id: one.related for one in read("/llms.txt").entries}
    assert related == {"docs/a": ("docs/b",), "docs/b": ()}


def test_sitemaps_of_sitemaps_are_read_packed_or_not(site: Site, read: Read) -> None:
    site.sitemap("/a")
    packed = gzip.compress(site.answers["/sitemap.xml"][2])
    site.answers["/more.xml.gz"] = (200, {}, packed)
    index = "".join(f"<sitemap><loc>{site.url}/{n}</loc></sitemap>" for n in ("more.xml.gz", "x"))
    site.answers["/sitemap.xml"] = (200, {}, f"<sitemapindex>{index}</sitemapindex>".encode())
    site.page("/a", "Text.")
    contents = read()
    assert [entry.id for entry in contents.entries] == ["a"]
    assert told(contents) == ["x: the server answers 404 Not Found"]


@pytest.mark.parametrize(
    ("kind", "body", "text", "warning"),
    [
        ("text/html; charset=koi8-r", "<p>Привет".encode("koi8-r"), "Привет", ""),
        ("text/html", "<meta charset=koi8-r><p>Привет".encode("koi8-r"), "Привет", ""),
        ("text/html; charset=utf-8", "<p>Größe".encode("utf-16"), "Größe", ""),
        # What says ISO-8859-1 is written in Windows' encoding.
        ("text/html; charset=iso-8859-1", "<p>It’s £20".encode("cp1252"), "It’s £20", ""),
        ("text/plain", "It’s £20".encode("cp1252"), "It’s £20", "is no UTF-8; read as cp1252"),
        ("text/plain; charset=none", "Gro\u0308ße".encode("utf-8-sig"), "Größe", ""),
        ("text/markdown", b"# A\r\rB.", "B.", ""),
    ],
)
def test_pages_are_decoded_as_files_are(
    site: Site, read: Read, kind: str, body: bytes, text: str, warning: str
) -> None:
    site.sitemap("/a")
    site.answers["/a"] = (200, {"Content-Type": kind}, body)
    contents = read()
    assert contents.entries[0].oneliner == text
    assert [one[: len(warning) + 3] for one in told(contents)] == [f"a: {warning}"] * bool(warning)


def test_a_page_that_is_no_text_is_told_and_stops_no_other(site: Site, read: Read) -> None:
    site.sitemap("/a", "/b")
    site.page("/a", "Te\0xt.")
    site.page("/b", "Text.")
    contents = read()
    assert [entry.id for entry in contents.entries] == ["b"]
    assert told(contents) == ["a: holds NUL bytes, so it is no text; save it as UTF-8"]


def test_without_the_library_that_reads_html_the_page_and_the_remedy_are_named(
    site: Site, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    site.sitemap("/a")
    site.page("/a", "Text.")
    with pytest.raises(KnowledgeBaseError, match=rf"^{site.url}/a: needs the package 'selectolax"):
        read()


def test_robots_txt_is_heeded(site: Site, read: Read) -> None:
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/\n")
    site.sitemap("/a", "/private/b")
    site.page("/a", "Text.")
    site.page("/private/b", "Secret.")
    contents = read()
    assert [entry.id for entry in contents.entries] == ["a"]
    assert told(contents) == ["private/b: robots.txt forbids it"]
    assert "/private/b" not in site.paths()
    assert all(headers["User-Agent"] == "entrywise" for _, headers in site.asked)


def test_where_robots_txt_cannot_be_read_nothing_is(site: Site, read: Read) -> None:
    site.answers["/robots.txt"] = (500, {}, b"")
    site.sitemap("/a")
    with pytest.raises(KnowledgeBaseError, match=r"no page .*robots\.txt forbids it"):
        read()


def test_redirects_are_followed_within_the_host_alone(site: Site, read: Read) -> None:
    site.sitemap("/a", "/b", "/c", "/e")
    site.answers["/e"] = (301, {"Location": "http://[f"}, b"")
    site.answers["/a"] = (301, {"Location": "/d"}, b"")
    site.answers["/b"] = (302, {"Location": "http://127.0.0.2/x"}, b"")
    site.answers["/c"] = (302, {"Location": "/c"}, b"")
    site.page("/d", "Text.")
    contents = read()
    assert [(one.id, one.url) for one in contents.entries] == [("d", f"{site.url}/d")]
    assert told(contents) == [
        "b: leads to another host, 127.0.0.2",
        "c: leads on more than 5 times",
        "e: leads to 'http://[f', which is no address",
    ]


def test_what_cannot_be_read_stops_no_other(site: Site, read: Read) -> None:
    site.sitemap("/a", "/none", "/empty", "/b.pdf", "/a/", "https://b.example/")
    site.page("/a", "Text.")
    site.page("/a/", "Text.")
    site.page("/empty", "<script>x</script>")
    site.answers["/b.pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF")
    assert told(read()) == [
        "sitemap.xml: 1 addresses are on other hosts",
        "none: the server answers 404 Not Found",
        "empty: holds no text",
        "b.pdf: application/pdf is not read from sites",
        "a/: is the page 'a' again",
    ]


def test_a_page_that_is_too_large_is_left_out(
    site: Site, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST_PAGE", 1000)
    site.sitemap("/a", "/b")
    site.page("/a", "x" * 1001)
    site.page("/b", "Text.")
    contents = read()
    assert [entry.id for entry in contents.entries] == ["b"]
    assert told(contents) == ["a: has more than 0 MB"]


def test_what_is_fresh_is_not_fetched_again_and_later_only_what_has_changed(
    site: Site, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.sitemap("/a", "/b")
    site.page("/a", "One.", ETag='"1"')
    site.page("/b", "Two.", Last_Modified="Thu, 26 Nov 2026 10:00:00 GMT")
    first = read()
    assert site.paths() == ["/sitemap.xml", "/robots.txt", "/a", "/b"]
    site.asked.clear()
    assert read() == first
    assert site.paths() == ["/robots.txt"]

    monkeypatch.setattr(fetching, "FRESH", -1.0)
    site.asked.clear()
    site.page("/b", "Three.")
    texts = [entry.oneliner for entry in read().entries]
    assert texts == ["One.", "Three."]
    headers = dict(site.asked)
    assert headers["/a"]["If-None-Match"] == '"1"'
    assert headers["/b"]["If-Modified-Since"] == "Thu, 26 Nov 2026 10:00:00 GMT"


def test_a_kept_page_that_was_altered_is_fetched_again(
    site: Site, read: Read, tmp_path: Path
) -> None:
    site.sitemap("/a")
    site.page("/a", "Text.")
    read()
    for path in tmp_path.rglob("*.body"):
        path.write_bytes(b"altered")
    assert [entry.oneliner for entry in read().entries] == ["Text."]


@pytest.mark.parametrize(
    ("path", "body", "complaint"),
    [
        ("/sitemap.xml", b"<html/>", "is no sitemap, its root is <html>"),
        ("/sitemap.xml", b"<urlset>", "is no valid XML"),
        ("/sitemap.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><urlset/>', "it defines entities"),
        ("/sitemap.xml", b"\x1f\x8bx", "is packed and broken"),
        ("/sitemap.xml", b"<urlset/>", r"no page of it can be read \(it lists none\)"),
        ("/none.xml", b"", "the server answers 404 Not Found"),
        ("/docs/", b"", "give the address of its sitemap.xml or llms.txt"),
    ],
)
def test_what_is_no_list_is_refused(
    site: Site, read: Read, path: str, body: bytes, complaint: str
) -> None:
    site.answers["/sitemap.xml"] = (200, {}, body)
    with pytest.raises(KnowledgeBaseError, match=complaint):
        read(path)


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    reader = SiteReader(Reading(cache=tmp_path), delay=0.0)
    with pytest.raises(KnowledgeBaseError, match=r"cannot be fetched \(Connection refused\)"):
        reader.read(Path("http://127.0.0.1:1/sitemap.xml"))


def test_a_name_that_leads_into_a_private_network_is_refused(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/a", "Text.")
    port = site.server.server_port
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
    fetcher = Fetcher(f"http://docs.example:{port}/", tmp_path, delay=0.0)
    with fetcher, pytest.raises(Unfetched, match=r"its host is the private address 127\.0\.0\.1"):
        fetcher.fetch(f"http://docs.example:{port}/a", is_asked=True)
    assert site.asked == []
    with Fetcher(f"http://localhost:{port}/", tmp_path, delay=0.0) as fetcher:
        assert fetcher.fetch(f"http://localhost:{port}/a").body == b"Text."


def test_too_many_pages_are_left_out_and_said(
    site: Site, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entrywise.data.readers.site.reader.MOST_PAGES", 1)
    site.sitemap("/a", "/b")
    site.page("/a", "Text.")
    contents = read()
    entry: Entry = contents.entries[0]
    assert entry.id == "a"
    assert told(contents) == ["sitemap.xml: 2 pages are listed, and 1 are read at most"]


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("https://[x/sitemap.xml", r"is no address \(Invalid IPv6 URL\)"),
        ("https://a.b:port/sitemap.xml", r"is no address \(Port could not be cast"),
        ("https://me:geheim@a.b/sitemap.xml", r"^https://\(set\)@a.b/sitemap.xml: names and pass"),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused(
    address: str, complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(KnowledgeBaseError, match=complaint) as caught:
        read_knowledge_base(Path(address), cache=tmp_path)
    assert "geheim" not in str(caught.value)
