"""Partials: documents that MDX imports to show them where a component of their name stands, and
those that DocFX shows.

import Vat from './_vat.mdx'
<Vat rate="19 %" />             ─▶ the text of `_vat.mdx`, with "19 %" for `{props.rate}`
[!INCLUDE [VAT](vat.md)]        ─▶ the text of `vat.md`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from entrywise.data.documents.dialects.fences import Fences
from entrywise.data.documents.dialects.tags import attribute

_NAME = r"(?P<name>[A-Z$][\w$]*)"
_COMPONENT = re.compile(
    rf"(?P<indent>[ \t]*)<{_NAME}(?P<said>\s[^<>]*)?(?:/>|>\s*</(?P=name)>)\s*$"
)
"""A component of MDX that is alone in its line and has no text of its own."""
_PARTIAL = re.compile(
    rf"^import[ \t]+{_NAME}[ \t]+from[ \t]+[\"'](?P<path>[^\"'\n]+\.mdx?)[\"']",
    re.MULTILINE,
)
_OF_DOCFX = re.compile(
    r"(?P<indent>[ \t]*)\[!INCLUDE[ \t]*\[[^\[\]\n]*\]\((?P<path>[^()\s]+)\)\][ \t]*$",
    re.IGNORECASE,
)
_PROPERTY = re.compile(r"(?P<given>=?)\{\s*props\.(?P<name>\w+)\s*\}")
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


class Shown(NamedTuple):
    """The path of a document that a line shows, the indentation of the line, and what the component
    says of itself, as it stands there."""

    path: str
    indent: str
    said: str = ""

    def filled(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines of the document with what the component says, outside code; what it does not
        say is left out.

        >>> [*Shown("_vat.mdx", "", ' rate="19 %"').filled(["{props.rate}, {props.more}"])]
        ['19 %, ']
        """
        fences = Fences()
        for line in lines:
            is_code = fences.read(line) or "props." not in line
            yield line if is_code else _PROPERTY.sub(self._value, line)

    def _value(self, found: re.Match[str]) -> str:
        value = attribute(self.said, found["name"].lower())
        return f'="{value}"' if found["given"] else value


def shown(line: str, documents: Mapping[str, str]) -> Shown | None:
    """What a line shows of the documents that are known by their names; None of other lines."""
    if of_docfx := _OF_DOCFX.match(line):
        return Shown(of_docfx["path"], of_docfx["indent"])
    found = _COMPONENT.match(line)
    if not found or found["name"] not in documents:
        return None
    return Shown(documents[found["name"]], found["indent"], found["said"] or "")
