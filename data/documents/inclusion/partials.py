"""Partials: documents that MDX imports to show them where a component of their name stands, and
those that DocFX shows.

import Vat from './_vat.mdx'
<Vat />                         ─▶ the text of `_vat.mdx`
[!INCLUDE [VAT](vat.md)]        ─▶ the text of `vat.md`
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_COMPONENT = re.compile(
    r"(?P<indent>[ \t]*)<(?P<name>[A-Z]\w*)(?:\s[^<>]*)?(?:/>|>\s*</(?P=name)>)\s*$"
)
"""A component of MDX that is alone in its line and has no text of its own."""
_PARTIAL = re.compile(
    r"^import[ \t]+(?P<name>[A-Z]\w*)[ \t]+from[ \t]+[\"'](?P<path>[^\"'\n]+\.mdx?)[\"']",
    re.MULTILINE,
)
_OF_DOCFX = re.compile(
    r"(?P<indent>[ \t]*)\[!INCLUDE[ \t]*\[[^\[\]\n]*\]\((?P<path>[^()\s]+)\)\][ \t]*$",
    re.IGNORECASE,
)

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))")


def partials(text: str) -> dict[str, str]:
    """The documents that one imports to show them, by what it calls them.

    >>> partials("import Vat from '../_vat.mdx';\\nimport Tabs from '@theme/Tabs';")
    {'Vat': '../_vat.mdx'}
    """
    return {found["name"]: _unescaped(found["path"]) for found in _PARTIAL.finditer(text)}


def _unescaped(text: str) -> str:
    """A string of JavaScript without its escapes, as editors write them before `_` and `*`."""
    return _ESCAPE.sub(lambda found: found[3] or chr(int(found[1] or found[2], 16)), text)


def shown(line: str, documents: Mapping[str, str]) -> tuple[str, str] | None:
    """The path of the document that a line shows, and its indentation; None of other lines."""
    if of_docfx := _OF_DOCFX.match(line):
        return of_docfx["path"], of_docfx["indent"]
    found = _COMPONENT.match(line)
    return (
        (documents[found["name"]], found["indent"])
        if found and found["name"] in documents
        else None
    )
