"""Addresses that are links by themselves: one of mail is shown as people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def with_addresses(parser: MarkdownIt) -> MarkdownIt:
    """The same parser, which shows `<mailto:ana@example.org>` as "ana@example.org"."""
    shown = parser.normalizeLinkText
    # A method is replaced, as the library's documentation does: mypy takes that for a mistake.
    parser.normalizeLinkText = lambda link: shown(  # type: ignore[method-assign]
        link.removeprefix("mailto:")
    )
    return parser
