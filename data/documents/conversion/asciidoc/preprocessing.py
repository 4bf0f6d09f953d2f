"""Preprocesses AsciiDoc: what attributes, conditions and includes make of its lines.

:product: Oars
ifdef::product[]                   ─▶  {product} is free.   ─▶  Oars is free.
{product} is free.
endif::[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from entrywise.data.documents.conversion.asciidoc import antora
from entrywise.data.documents.conversion.asciidoc.lines import resolved
from entrywise.data.documents.inclusion.files import LARGEST, IncludedFiles, Place
from entrywise.data.documents.inclusion.parts import numbered_lines
from entrywise.data.documents.plain_text import whole_number

_ENTRY = re.compile(r":(?P<off>!)?(?P<name>\w[\w-]*)(?P<off_too>!)?:(?:[ \t]+(?P<value>.*))?$")
_CONDITION = re.compile(
    r"(?P<kind>ifdef|ifndef|ifeval|endif)::(?P<names>[^\[\]\s]*)\[(?P<said>.*)\][ \t]*$"
)
_INCLUDE = re.compile(r"include::(?P<path>[^\[\]\s][^\[\]]*)\[(?P<options>.*)\][ \t]*$")
_OPTION = re.compile(r"(?P<name>[\w-]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<value>[^,]*))")
_COMPARED = re.compile(
    r"[\"']?(?P<left>.*?)[\"']?[ \t]*(?P<how>[=!<>]=?)[ \t]*[\"']?(?P<right>.*?)[\"']?$"
)
_VERBATIM = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|```)[\w,-]*[ \t]*$")
_TAG = re.compile(r"\b(?P<side>tag|end)::(?P<name>[^\[\]\s]+)\[\](?=$|[\s*>-])")
_REFERENCE = re.compile(r"(?<!\\)\{(?P<name>\w[\w-]*)\}")
_HEADING = re.compile(r"(?P<level>={1,6}|#{1,6})(?=[ \t]+\S)")
_MOST = 100_000
"""Characters that a line may become by its attributes: a few that name each other often make any
number of them."""
_OWN = {
    **{"nbsp": "\u00a0", "zwsp": "", "sp": " ", "empty": "", "blank": "", "amp": "&", "lt": "<"},
    **{"gt": ">", "deg": "°", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "wj": ""},
    **{"apos": "'", "quot": '"', "brvbar": "¦"},
    **{"partialsdir": "partials", "examplesdir": "examples", "imagesdir": "", "asciidoctor": ""},
    **{"backend": "html5", "backend-html5": "", "basebackend": "html", "basebackend-html": ""},
}
"""Attributes that Asciidoctor and Antora define where they make web pages."""
_SIGNS = {
    **{"plus": "+", "pp": "++", "asterisk": "*", "backtick": "`", "vbar": "|", "caret": "^"},
    **{"startsb": "[", "endsb": "]", "tilde": "~", "backslash": "\\", "cpp": "C++", "cxx": "C++"},
    **{"two-colons": "::", "two-semicolons": ";;"},
}
_REFERENCES = {
    name: "".join(one if one.isalpha() else f"&#{ord(one)};" for one in text)
    for name, text in _SIGNS.items()
}
"""Those that stand for signs, which are written as references, lest they mark what is between."""


class Preprocessor:
    """Makes lines of documents; attributes are those of the document that is read."""

    def __init__(self, files: IncludedFiles, attributes: Mapping[str, str]) -> None:
        self._files = files
        self.attributes = _OWN | _REFERENCES | dict(attributes)
        self._room = LARGEST
        """How many characters all lines together may still become by their attributes."""
        self._open: list[bool] = []
        """Of each condition that is open, whether it holds."""
        self._verbatim = ""
        """What the block that is open ends with, whose text stays as it is."""
        self._is_filled = False
        """Whether that is filled in all the same."""

    def lines(self, text: str, document: Path) -> list[str]:
        """The lines of a document, with what it includes."""
        with self._files.opened(document.resolve()):
            return [*self._lines(text.split("\n"), document, 0)]

    def _lines(self, lines: list[str], document: Path, lowered: int) -> Iterator[str]:
        numbered = enumerate(lines, start=1)
        for number, line in numbered:
            place = Place(document, number, bool(self._verbatim))
            line = line.rstrip()
            if condition := _CONDITION.match(line):
                yield from self._condition(condition, place, lowered)
            elif not all(self._open):
                continue
            elif include := _INCLUDE.match(line):
                yield from self._included(include, place, lowered)
            elif line.startswith(("\\include::", "\\if", "\\endif")):
                yield line[1:]
            elif self._verbatim:
                yield from self._as_it_is(line)
            elif entry := _ENTRY.match(line):
                value = entry["value"] or ""
                while value.endswith(" \\"):
                    value = value[:-1] + next(numbered, (0, ""))[1].strip()
                self._define(entry, value)
            elif not line.startswith("//") or line.startswith("///"):
                yield from self._read(line, lowered)

    def _read(self, line: str, lowered: int) -> Iterator[str]:
        if line.startswith("[") and "subs=" in line:
            self._is_filled = "attributes" in line or '"normal' in line
        if opening := _VERBATIM.match(line):
            self._verbatim = opening[1]
            if opening[1].startswith("/"):
                return
        elif heading := _HEADING.match(line) if lowered else None:
            level = min(max(len(heading["level"]) + lowered, 1), 6)
            line = f"{'=' * level}{line[heading.end() :]}"
        yield self.filled(line)

    def _as_it_is(self, line: str) -> Iterator[str]:
        is_comment, is_filled = self._verbatim.startswith("/"), self._is_filled
        if line == self._verbatim:
            self._verbatim, self._is_filled = "", False
        if not is_comment:
            yield self.filled(line, is_code=True) if is_filled else line

    def filled(self, text: str, *, is_code: bool = False) -> str:
        """A text with what its attributes stand for, which has references in no code; those that
        are unknown stay."""
        room = min(_MOST, self._room)

        def value(one: re.Match[str]) -> str:
            nonlocal room
            told = self.attributes.get(one["name"].lower(), one[0])
            told = resolved(told) if is_code else told
            if len(told) >= room:
                return one[0]
            room -= len(told)
            self._room -= len(told)
            return told

        for _ in range(3):
            if "{" not in text:
                break
            text = _REFERENCE.sub(value, text)
        return text

    def _define(self, entry: re.Match[str], value: str) -> None:
        name = entry["name"].lower()
        if entry["off"] or entry["off_too"]:
            self.attributes.pop(name, None)
        else:
            self.attributes[name] = self.filled(value)

    def _condition(self, found: re.Match[str], place: Place, lowered: int) -> Iterator[str]:
        if found["kind"] == "endif":
            if self._open:
                self._open.pop()
            return
        holds = self._holds(found)
        if found["kind"] != "ifeval" and found["said"]:
            if holds and all(self._open):
                include = _INCLUDE.match(found["said"])
                yield from (
                    self._included(include, place, lowered)
                    if include
                    else self._read(found["said"], lowered)
                )
            return
        self._open.append(holds)

    def _holds(self, found: re.Match[str]) -> bool:
        if found["kind"] == "ifeval":
            compared = _COMPARED.match(self.filled(found["said"]))
            return compared is not None and _compare(*compared.group("left", "how", "right"))
        any_of, all_of = found["names"].split(","), found["names"].split("+")
        known = [
            one.strip().lower() in self.attributes
            for one in (any_of if len(any_of) > 1 else all_of)
        ]
        is_known = any(known) if len(any_of) > 1 else all(known)
        return is_known == (found["kind"] == "ifdef")

    def _included(self, found: re.Match[str], place: Place, lowered: int) -> Iterator[str]:
        name, options = self.filled(found["path"]).strip(), _options(self.filled(found["options"]))
        wanted = options.get("tags", options.get("tag", "")) or options.get("lines", "")
        path = antora.resolved(name, place.document)
        if path is None and options.get("opts") == "optional":
            return
        if name.startswith(("https://", "http://")):
            self._files.miss(place, name, "is on the web, and was not read", "warning")
            return
        taken = self._files.read(name, place, wanted, path)
        if taken is None:
            return
        file, text = taken
        lines = _part(text.split("\n"), options)
        self._files.spare(len(text) - sum(map(len, lines)))
        if place.is_code:
            for line in lines:
                yield from self._as_it_is(line.rstrip())
            return
        if not wanted:
            self._files.whole.add(file)
        offset = options.get("leveloffset", "0")
        below = int(offset) if re.fullmatch(r"[+-]?\d", offset) else 0
        with self._files.opened(file, wanted):
            yield from self._lines(lines, file, lowered + below)


def _options(text: str) -> dict[str, str]:
    found = _OPTION.finditer(text)
    return {one["name"]: (one["quoted"] or one["value"] or "").strip() for one in found}


def _part(lines: list[str], options: Mapping[str, str]) -> list[str]:
    """The lines of a file that are wanted, without the marks of its parts."""
    if wanted := options.get("lines"):
        return numbered_lines(lines, wanted.replace(";", ",").replace("..", ":"))
    tags = re.split(r"[,;]", options.get("tags", options.get("tag", "")))
    wanted_tags = {one for one in tags if one and not one.startswith("!")}
    takes_all = not wanted_tags or not wanted_tags.isdisjoint(("*", "**"))
    found: list[str] = []
    open_tags: list[str] = []
    for line in lines:
        if mark := _TAG.search(line):
            if mark["side"] == "tag":
                open_tags.append(mark["name"])
            elif mark["name"] in open_tags:
                open_tags.remove(mark["name"])
        elif (takes_all or wanted_tags.intersection(open_tags)) and not any(
            f"!{one}" in tags for one in open_tags
        ):
            found.append(line)
    return found


def _compare(left: str, how: str, right: str) -> bool:
    if left.isdecimal() and right.isdecimal():
        a, b = whole_number(left, 0), whole_number(right, 0)
        order = (a > b) - (a < b)
    else:
        order = (left > right) - (left < right)
    allowed = {"==": (0,), "!=": (-1, 1), "<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}
    return order in allowed.get(how, ())
