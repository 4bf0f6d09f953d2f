"""Addresses: where on the web a section stands."""

from __future__ import annotations

from urllib.parse import quote as escaped

from entrywise.data.entries import Entry, Section

_FRAGMENT_WORDS = 8


def section_url(entry: Entry, section: Section, text: str) -> str | None:
    """The address of a text of a section: its page with the section's anchor, else with what the
    text begins with, which browsers scroll to; None of an entry without an address, and that of a
    term as it is.

    >>> from entrywise.data.entries import Block
    >>> page = Entry("a", "A", "c", (), url="https://a.b/c")
    >>> paragraph = Block("paragraph", 0, 8, "Go back.")
    >>> section = Section("s", "Go back.", anchor="undo", blocks=(paragraph,))
    >>> section_url(page, section, "Go back.")
    'https://a.b/c#undo'

    Text fragments: https://wicg.github.io/scroll-to-text-fragment/
    """
    if not entry.url or not section.blocks or "#" in entry.url:
        return entry.url
    if section.anchor:
        # Of a PDF it is a page: `#page=3`.
        return f"{entry.url}#{escaped(section.anchor, safe='/=')}"
    if section.is_markdown:
        return entry.url
    words = " ".join(text.split()[:_FRAGMENT_WORDS])
    return f"{entry.url}#:~:text={escaped(words, safe='')}"
