"""What a test sees of a page, and of a stream of events."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from fastapi.testclient import TestClient


class Page(HTMLParser):
    """The tags, the ids, the addresses and the text of a page; where each script comes from."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.scripts: list[str | None] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        values = dict(attrs)
        if tag == "script":
            self.scripts.append(values.get("src"))
        self.ids += [value for value in [values.get("id")] if value]
        self.addresses += [v for v in (values.get("href"), values.get("src")) if v]

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)


_FORMULA = re.compile(
    r'<span class="formula" data-tex="[^"]*">([^<]*)</span>'
    r'|<span class="formula done" data-tex="[^"]*" data-readable="([^"]*)">'
)
_SPAN = re.compile(r"<(/?)span\b[^>]*>")


def as_read(html: str) -> str:
    """Markup whose formulas, drawn or not, are the text that they read as."""
    pieces, end = [], 0
    while formula := _FORMULA.search(html, end):
        before, (plain, readable) = html[end : formula.start()], formula.groups()
        pieces += [before, plain if readable is None else readable]
        end, depth = formula.end(), int(readable is not None)
        while depth:
            tag = _SPAN.search(html, end)
            assert tag is not None
            end, depth = tag.end(), depth + (-1 if tag[1] else 1)
    return "".join([*pieces, html[end:]])


def events(stream: str) -> list[tuple[str, Any]]:
    """The events of a stream, without comments: their names, and their data."""
    blocks = [block for block in stream.split("\n\n") if block and not block.startswith(":")]
    pairs = [block.removeprefix("event: ").split("\ndata: ") for block in blocks]
    return [(name, json.loads(data)) for name, data in pairs]


def page_at(client: TestClient, path: str) -> Page:
    """The page at a path, which is there."""
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.text)
