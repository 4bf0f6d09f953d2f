"""What a text of Markdown would do to who shows it with HTML and without care for its links."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt

ODD = re.compile(r"^[\s\x00-\x20]*(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Seen(HTMLParser):
    """What a browser would make of HTML: names of elements, and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [str(value) for name, value in attrs if name in ("href", "src")]


OWN = {
    *("p", "code", "pre", "em", "strong", "a", "img", "ul", "ol", "li", "blockquote", "hr", "br"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}


@cache
def _readers() -> tuple[MarkdownIt, ...]:
    readers = [MarkdownIt("commonmark", {"html": True}) for _ in range(2)]
    for reader in readers:
        # Methods are replaced, as the library's documentation does: mypy takes that for a mistake.
        reader.validateLink = lambda url: True  # type: ignore[method-assign]
        reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    readers[1].enable("table")
    return tuple(readers)


def harm(text: str) -> list[str]:
    """What a reader with HTML switched on and no care for links would run."""
    found = []
    for reader in _readers():
        tokens = reader.parse(text)
        inside = [one for token in tokens for one in (token, *(token.children or ()))]
        found += [one.content for one in inside if one.type in ("html_block", "html_inline")]
        seen = Seen(reader.renderer.render(tokens, reader.options, {}))
        bare = [re.sub(r"[\x00-\x20]", "", one) for one in seen.addresses]
        found += [one for one in bare if ODD.match(one)] + list(seen.tags - OWN)
    return found
