"""Listings: the pages of a site, as its `sitemap.xml` or its `llms.txt` names them.

    <url><loc>https://docs.acme.example/leave/</loc></url>
    - [Leave](https://docs.acme.example/leave.md): days and notice

Sitemaps: https://www.sitemaps.org/protocol.html; llms.txt: https://llmstxt.org
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from entrywise.data.addresses import absolute, is_web_address
from entrywise.data.documents.links import addresses
from entrywise.data.errors import KnowledgeBaseError

LARGEST = 50 * 2**20
"""Bytes of a sitemap, unpacked, as its protocol has it."""


def pages_of_sitemap(data: bytes, where: str) -> tuple[list[str], list[str]]:
    """The addresses of pages, and those of further sitemaps.

    Raises:
        KnowledgeBaseError: it is no sitemap; `where` names it.
    """
    data = _unpacked(data, where)
    # What XML could define in it, a sitemap has no need of, and an attacker has.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise KnowledgeBaseError(f"{where}: is no sitemap (it defines entities)")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise KnowledgeBaseError(f"{where}: is no valid XML ({error})") from error
    if _name(root) not in ("urlset", "sitemapindex"):
        raise KnowledgeBaseError(f"{where}: is no sitemap, its root is <{_name(root)}>")
    return list(_locations(root, "url")), list(_locations(root, "sitemap"))


def pages_of_links(text: str, address: str) -> list[str]:
    """The addresses that Markdown at an address links to, in order: of an `llms.txt` its pages.

    >>> pages_of_links("- [A](/a.md): what it is", "https://a.b/llms.txt")
    ['https://a.b/a.md']
    """
    found = (absolute(link, address) for link in addresses(text))
    return list(dict.fromkeys(filter(is_web_address, found)))


def _locations(root: ElementTree.Element, kind: str) -> Iterator[str]:
    for part in root:
        if _name(part) == kind:
            for child in part:
                if _name(child) == "loc" and child.text and child.text.strip():
                    yield child.text.strip()


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _unpacked(data: bytes, where: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(BytesIO(data)) as stream:
            unpacked = stream.read(LARGEST + 1)
    except (OSError, EOFError) as error:
        raise KnowledgeBaseError(f"{where}: is packed and broken") from error
    if len(unpacked) > LARGEST:
        raise KnowledgeBaseError(f"{where}: has more than {LARGEST:,} bytes")
    return unpacked
