"""Inline marks of MkDocs and its extensions, and lines that readers do not see.

++ctrl+c++, H~2~O, x^2^, :material-check:    ─▶    Ctrl+C, H2O, x²
`#!python f(x)`                                    `f(x)`
*[HTML]: Hyper Text Markup Language
::: package.Class
    options:
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.dialects.admonitions import SLASHES
from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences
from entrywise.data.documents.plain_text import raised

_KEY = r"(?:[A-Za-z0-9-]+|\"[^\"\n+]+\")"
_OUTSIDE = re.compile(
    rf"(?<![\w+\\])\+\+(?P<keys>{_KEY}(?:\+{_KEY}){{0,5}})\+\+(?![\w+])|"
    r"(?<=[\w)])~(?P<below>[\w+-]{1,8})~(?!~)|(?<=[\w)])\^(?P<above>[\w+-]{1,8})\^(?!\^)|"
    r"(?<=[\w)])<sup>(?P<sup>[\w+−-]{1,8})</sup>|"
    r"(?P<icon>:(?:material|octicons|fontawesome|simple)-[\w-]+:)[ \t]*|"
    rf"{OUTSIDE_CODE}"
)
_LANGUAGE = re.compile(r"(?P<ticks>`+)(?P<blank> ?)#!\w[\w+#.-]*[ ]+(?=\S)")
"""In which language code in a line is."""
_ABBREVIATION = re.compile(r"\*\[[^\[\]\n]+\]:[ \t]")
_CONTENTS = frozenset(("[TOC]", "[[toc]]", "[[TOC]]", "[[_TOC_]]"))
_LISTED = re.compile(r"\s*\{:[^{}\n]*(?<![\w.#-])toc\b[^{}\n]*\}\s*$")
"""Below a list of one item, in whose place kramdown puts contents."""
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+[.)])[ \t]+\S")
_GENERATED = re.compile(r":::[ \t]+[A-Za-z_]\w*(?P<inner>(?:[.:]\w+)*)[ \t]*$")
_OPTION = re.compile(r"[ \t]+[\w-]+:(?:[ \t]|$)")
TYPE = re.compile(r"[ \t]+type:[ \t]*[\"']?(?P<kind>[\w-]+)")
"""What kind of a remark `/// details` is."""


def unread_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines of which readers see nothing: what says what an abbreviation means, where contents
    are, what is made of code, and of which kind a block is."""
    found: set[int] = set()
    fences = Fences()
    for number, line in enumerate(lines):
        if fences.read(line) or number in found:
            continue
        below = lines[number + 1] if number + 1 < len(lines) else ""
        is_replaced = _LISTED.match(below) and _ITEM.match(line)
        if _ABBREVIATION.match(line) or line.strip() in _CONTENTS or is_replaced:
            found.add(number)
        elif (slashes := SLASHES.match(line)) and slashes["kind"]:
            found.update(_options(lines, number))
        elif generated := _GENERATED.match(line):
            options = _options(lines, number)
            if generated["inner"] or options:
                found.update((number, *options))
    return frozenset(found)


def _options(lines: Sequence[str], number: int) -> range:
    """The indented lines right below one, which begin with an option."""
    end = number + 1
    if end < len(lines) and _OPTION.match(lines[end]):
        while end < len(lines) and lines[end].strip() and lines[end][0].isspace():
            end += 1
    return range(number + 1, end)


def from_mkdocs(line: str) -> str:
    """A line outside code as CommonMark."""
    if len(line) > LONGEST or not any(
        mark in line for mark in ("++", "~", "^", ":", "`#!", "` #!", "<sup>")
    ):
        return line
    return _OUTSIDE.sub(_replaced, line)


def _replaced(found: re.Match[str]) -> str:
    if found["ticks"]:
        return _LANGUAGE.sub(r"\g<ticks>\g<blank>", found.group(), count=1)
    if found["keys"]:
        keys = found["keys"].split("+")
        return "+".join(_key(key) for key in keys)
    if found["icon"]:
        return ""
    return found["below"] or raised(found["above"] or found["sup"])


def _key(name: str) -> str:
    if name.startswith('"'):
        return name.strip('"')
    return " ".join(part[:1].upper() + part[1:] for part in name.split("-") if part) or name
