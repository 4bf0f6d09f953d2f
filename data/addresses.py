"""Addresses: where on the web a section stands, and how an address may be shown."""

from __future__ import annotations

import re
from urllib.parse import quote as escaped
from urllib.parse import urljoin

from entrywise.data.entries import Entry, Section

_FRAGMENT_WORDS = 8


_WEB = re.compile(r"https?://[^/?#\s]")


def is_web_address(text: str) -> bool:
    """Whether a text is an address of the web, with a host.

    >>> is_web_address("https://example.org/a"), is_web_address("https://")
    (True, False)
    """
    return _WEB.match(text) is not None


_ELSEWHERE = re.compile(r"[A-Za-z][\w+.-]*:|//")


def leads_elsewhere(address: str) -> bool:
    """Whether a link of a document leads out of the documents that it is among, by what it says.

    >>> [leads_elsewhere(one) for one in ("b.md#c", "/b", "mailto:a@b.c", "//a.b/c")]
    [False, False, True, True]
    """
    return _ELSEWHERE.match(address) is not None


def absolute(link: str, base: str) -> str:
    """The address that a link of a page leads to; empty where it is none.

    >>> absolute("../b", "https://a.b/c/d"), absolute("https://[b", "https://a.b/c/d")
    ('https://a.b/b', '')
    """
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def section_url(entry: Entry, section: Section, start: int, end: int) -> str | None:
    """The address of a section's `text[start:end]`: its page with the section's anchor, else with
    what is read where the text begins, which browsers scroll to; None of an entry without an
    address, and that of a term as it is.

    >>> from entrywise.data.entries import Block
    >>> page = Entry("a", "A", "c", (), url="https://a.b/c")
    >>> paragraph = Block("paragraph", 0, 8, "Go back.")
    >>> section = Section("s", "Go back.", anchor="undo", blocks=(paragraph,))
    >>> section_url(page, section, 0, 8)
    'https://a.b/c#undo'

    Text fragments: https://wicg.github.io/scroll-to-text-fragment/
    """
    if not entry.url or not section.blocks or "#" in entry.url:
        return entry.url
    if section.anchor:
        # Of a PDF it is a page: `#page=3`.
        return f"{entry.url}#{escaped(section.anchor, safe='/=')}"
    text = _read(section, start, end) if section.is_markdown else section.text[start:end]
    words = " ".join(text.split()[:_FRAGMENT_WORDS])
    return f"{entry.url}#:~:text={escaped(words, safe='')}" if words else entry.url


def _read(section: Section, start: int, end: int) -> str:
    """What readers of a section see where a quote of its Markdown begins: of a table a cell, and
    nothing of what may be typeset."""
    block = next((one for one in section.blocks if start < one.end and one.start < end), None)
    if block is None or "$" in block.plain or block.kind == "image":
        return ""
    if block.kind == "row":
        return block.plain.partition("; ")[0].rpartition(": ")[2]
    ends = {"header": ", ", "code": "\n"}
    return block.plain.partition(ends[block.kind])[0] if block.kind in ends else block.plain


_SECRET_NAME = r"[^=&;#?\s]*(?:key|token|secret|passw|pwd|auth|cred|sig|session)[^=&;#?\s]*"
_SECRET_VALUE = re.compile(rf"(?<=[?&;#])({_SECRET_NAME})=[^&;#\s]+", re.IGNORECASE)
_SECRET_OWNER = re.compile(r"([a-z][a-z0-9+.-]*://)([^\s/?#]*)@", re.IGNORECASE)
# A password with a slash that nobody escaped: what stands behind the colon is no port.
_BROKEN_OWNER = re.compile(
    r"([a-z][a-z0-9+.-]*://)[^\s/?#@]*:[^\s/?#@]*[^\s/?#@\d]\S*@", re.IGNORECASE
)
_BARE_OWNER = re.compile(r"^(?!mailto:)[^\s/?#@]+:(?!//)[^\s@]+@(?=[^\s@])", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """A text whose addresses may be shown: without names, passwords and keys in them.

    >>> without_secrets("https://me:pw@a.b/c?x=1&api_key=k")
    'https://(set)@a.b/c?x=1&api_key=(set)'
    """
    veiled = _BROKEN_OWNER.sub(r"\1(set)@", _SECRET_OWNER.sub(r"\1(set)@", text))
    return _SECRET_VALUE.sub(r"\1=(set)", _BARE_OWNER.sub("(set)@", veiled))
