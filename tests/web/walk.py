"""Every page of a site, by its links."""

from __future__ import annotations

from urllib.parse import urldefrag

from fastapi.testclient import TestClient
from httpx import Response
from markup import Page

_LONGEST_WAY = 3
"""Links from the first page on: what lies behind more are answers to questions of answers."""


def walk(client: TestClient, *beginnings: str) -> dict[str, Response]:
    """What is at each address of a site that pages lead to, from some of them on; what lies on
    other sites, fonts and the files of KaTeX are not looked at."""
    found: dict[str, Response] = {}
    addresses = list(beginnings)
    for _ in range(_LONGEST_WAY):
        fresh = [one for one in dict.fromkeys(addresses) if one not in found and _is_own(one)]
        found |= {address: client.get(address) for address in fresh}
        addresses = [
            urldefrag(link).url
            for address in fresh
            if found[address].headers["content-type"].startswith("text/html")
            for link in Page(found[address].text).addresses
        ]
    return found


def _is_own(address: str) -> bool:
    return address.startswith("/") and not address.endswith(".woff2") and "katex" not in address
