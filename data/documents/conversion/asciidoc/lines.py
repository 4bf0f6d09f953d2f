"""Lines of AsciiDoc: what one says of the block below it, and what begins there.

[source,java]     ─▶  About(style="source", positional=["java"])
----                  a fence: all up to the next one is code
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

REFERENCE = r"&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|\w{2,30});"
ANCHOR = re.compile(r"\[\[(?P<id>[\w:.-]+)(?:,[^\]]*)?\]\]")
HEADING = re.compile(r"(?P<level>={1,6}|#{1,6})[ \t]+(?P<text>\S.*?)(?:[ \t]+=+)?$")
FENCE = re.compile(r"(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|--)$|```[\w+#-]*$")
TABLE = re.compile(r"[|,:!]={3,}$")
_ATTRIBUTES = re.compile(r"\[(?![\[\]])(?P<said>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]$")
_TITLE = re.compile(r"\.(?P<title>[^\s.].*)$")
_UNDERLINED = {"=": 1, "-": 2, "~": 3, "^": 4}


@dataclass(slots=True)
class About:
    """What lines above a block say of it."""

    style: str = ""
    positional: list[str] = field(default_factory=list[str])
    named: dict[str, str] = field(default_factory=dict[str, str])
    anchor: str = ""
    title: str = ""


def resolved(text: str) -> str:
    """A text with the characters that references stand for.

    >>> resolved("&lt;b&#43;&copy=1")
    '<b+&copy=1'
    """
    return re.sub(REFERENCE, lambda one: unescape(one[0]), text)


def anchor_of(title: str, prefix: str, separator: str) -> str:
    """The anchor that Asciidoctor gives a section.

    >>> anchor_of("What's new?", "_", "_")
    '_whats_new'
    """
    bare = re.sub(rf"{REFERENCE}|[`*_#+]", "", title).lower()
    words = re.sub(r"[^\w\s.-]", "", bare)
    joined = re.sub(r"[\s.-]+", separator, words)
    return prefix + joined.strip(separator or " ")


def is_fence(line: str) -> bool:
    """Whether a line begins a block that ends with the same line, a table among them."""
    line = line.rstrip()
    return bool(FENCE.match(line) or TABLE.match(line))


def tell(line: str, about: About) -> bool:
    """Whether a line says something of the block below, which is noted."""
    line = line.rstrip()
    if found := ANCHOR.fullmatch(line):
        about.anchor = found["id"]
        return True
    if found := _TITLE.match(line):
        about.title = found["title"]
        return True
    found = _ATTRIBUTES.match(line)
    if found is None:
        return False
    for number, part in enumerate(_parts(found["said"])):
        name, equals, value = part.partition("=")
        if equals and re.fullmatch(r"[\w-]+", name.strip()):
            about.named[name.strip()] = value.strip().strip('"')
        elif not number:
            _style(part, about)
        else:
            about.positional.append(part.strip().strip('"'))
    about.anchor = about.named.get("id", about.anchor)
    return True


def _style(part: str, about: About) -> None:
    """Note the first of a block's attributes: `style#id.role%option`."""
    about.style = re.split(r"[#.%]", part, maxsplit=1)[0].strip().strip('"')
    if found := re.search(r"#([\w:-]+)", part):
        about.anchor = found[1]
    options = re.findall(r"%([\w-]+)", part)
    if options:
        about.named["options"] = ",".join([about.named.get("options", ""), *options])


def _parts(said: str) -> list[str]:
    return re.findall(r"(?:\"[^\"]*\"|[^,\"])+|(?<=,)(?=,)", said) or [""]


def fenced(lines: Sequence[str], place: int) -> tuple[int, list[str]]:
    """Where a delimited block ends, and what is in it; one that is never closed ends the text."""
    fence = lines[place].rstrip()
    closing = "```" if fence.startswith("```") else fence
    for end in range(place + 1, len(lines)):
        if lines[end].rstrip() == closing:
            return end + 1, [*lines[place + 1 : end]]
    return len(lines), [*lines[place + 1 :]]


def underlined(lines: Sequence[str], place: int) -> int:
    """The level of a title with a line below it, 0 of others."""
    if place + 1 >= len(lines):
        return 0
    title, line = lines[place].rstrip(), lines[place + 1].rstrip()
    is_line = len(line) > 2 and len({*line}) == 1 and abs(len(line) - len(title)) < 2
    return _UNDERLINED.get(line[0], 0) if is_line and title[:1].isalnum() else 0


def without_header(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a document, without its author, date and version below its title."""
    is_header = False
    is_begun = False
    for line in lines:
        if not is_begun and line.strip():
            is_begun = True
            is_header = bool(re.match(r"[=#] \S", line))
            yield line
            continue
        if is_header and line.strip():
            continue
        is_header = False
        yield line


def dedented(lines: Sequence[str]) -> str:
    """Lines without what all are further in."""
    least = min((len(one) - len(one.lstrip()) for one in lines if one.strip()), default=0)
    return "\n".join(one[least:] for one in lines)
