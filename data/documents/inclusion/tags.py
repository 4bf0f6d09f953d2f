"""Tags that take in another file, as extensions of MkDocs, Jekyll, Liquid and Hugo write them.

{% include-markdown "part.md" start="<!--from-->" end="<!--to-->" heading-offset=1 %}
{%
    include "part.md"
%}
{{< include "part.md" >}}
{% include part.md %}                       beside the document, or in `_includes/` above it
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from entrywise.data.documents.dialects.fences import Fences
from entrywise.data.documents.front_matter import split_front_matter
from entrywise.data.documents.inclusion.parts import Missing

_TAG = re.compile(
    r"^(?P<indent>[ \t]*)\{(?:%-?|\{[<%])\s*[\w-]{0,50}include[\w-]{0,50}\s"
    r"(?P<arguments>(?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^\"'{}%>]){1,500}?)"
    r"(?:-?%\}|/?[%>]\}\})[ \t]*$",
    re.MULTILINE,
)
_ARGUMENT = re.compile(r"(?:(?P<name>[\w-]+)\s*=\s*)?(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_PATHS = ("file", "path", "src")
_HEADING = re.compile(r"[ ]{0,3}(?P<level>#{1,6})(?=[ \t])")
_LOWEST = 6
DOCUMENTS = frozenset((".md", ".mdx", ".markdown", ".qmd", ".rmd", ".txt"))
"""What a template would be is never one of these."""


class IncludeTag(NamedTuple):
    """A tag on so many lines of its own, the path in it, and what else it says; where the path is
    in no quotes it may be that of a template."""

    lines: int
    indent: str
    path: str
    options: Mapping[str, str]
    is_quoted: bool


def include_tags(text: str) -> dict[int, IncludeTag]:
    """The tags of a text, by the line that they begin in, from 1."""
    found: dict[int, IncludeTag] = {}
    if "include" not in text:
        return found
    line = place = 0
    for tag in _TAG.finditer(text):
        line += text.count("\n", place, tag.start())
        place = tag.start()
        count = tag.group().count("\n") + 1
        if read := _read(tag["arguments"], tag["indent"], count):
            found[line + 1] = read
    return found


def _read(arguments: str, indent: str, lines: int) -> IncludeTag | None:
    path, is_quoted = "", False
    options: dict[str, str] = {}
    for one in _ARGUMENT.finditer(arguments):
        said = one[2] or one[3] or one[4] or ""
        name = one["name"] or ""
        if name not in ("", *_PATHS):
            options.setdefault(name, said)
        elif not path:
            path, is_quoted = said, one[4] is None
    return IncludeTag(lines, indent, path, options, is_quoted) if path else None


def tagged_part(file: Path, text: str, options: Mapping[str, str]) -> list[str]:
    """What a tag takes in of a file: what stands between two marks, wherever they stand, without
    front matter, its headings as many levels lower as it says.

    Raises:
        Missing: it has no such mark.
    """
    if file.suffix.lower() in DOCUMENTS:
        _, text, _ = split_front_matter(text)
    lines = _between(text, options.get("start", ""), options.get("end", "")).strip("\n").split("\n")
    offset = options.get("heading-offset", "")
    return _lowered(lines, int(offset)) if re.fullmatch(r"-?[0-9]", offset) else lines


def _between(text: str, start: str, end: str) -> str:
    for mark in (start, end):
        if mark not in text:
            raise Missing(f"has no text {mark!r}")
    if not start:
        return text.partition(end)[0] if end else text
    if not end:
        return text.partition(start)[2]
    return "".join(piece.partition(end)[0] for piece in text.split(start)[1:])


def _lowered(lines: Sequence[str], offset: int) -> list[str]:
    fences = Fences()
    found: list[str] = []
    for line in lines:
        heading = None if fences.read(line) else _HEADING.match(line)
        if heading:
            level = min(max(len(heading["level"]) + offset, 1), _LOWEST)
            line = f"{'#' * level}{line[heading.end() :]}"
        found.append(line)
    return found
