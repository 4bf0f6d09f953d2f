"""MDX: what its modules import and export, and how deep its components are indented.

import Tabs from '@theme/Tabs';
<Tabs>                             ─▶
    <Tab>
        Go to **Settings**.              Go to **Settings**.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences
from entrywise.data.documents.plain_text import VOID, columns, outdented

_BEGINS = re.compile(
    r"(?:import\s+[\w${*'\"]|export\s+(?:const|let|var|function|async|class|default|type|interface|enum|\{|\*))"
)
_IMPORT = re.compile(
    r"\s*import\s+(?:[\w$*{}, \n]{1,500}\sfrom\s+)?"
    r"(?:'[^'\n]{1,500}'|\"[^\"\n]{1,500}\")\s*(?:;|\n|$)"
)
_IMPORTED = re.compile(
    r"^import\s+(?P<names>[\w$*{}, \n]{1,500})\sfrom\s+(?:'[^'\n]{1,500}'|\"[^\"\n]{1,500}\")",
    re.MULTILINE,
)
_NAME = re.compile(r"\b[A-Z]\w*")
_SHOWN = re.compile(rf"<(?P<name>[A-Z]\w*)|{OUTSIDE_CODE}")
_APART = re.compile(r"(?:$|[#<{}:`~]|[-*+]\s)")
"""How a line begins that a module may stand right below: no paragraph goes on."""
_UNREAD = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`|/\*.*?\*/|//.*")
_OPENS, _CLOSES = re.compile(r"[\[({]"), re.compile(r"[\])}]")
_BLANK = re.compile(r"\{\s*(?:\"\s+\"|'\s+')\s*\}")
_FRAGMENT = re.compile(r"</?>")
_GIVEN = re.compile(rf"(?P<opens>[\w-]=\{{)|{OUTSIDE_CODE}")
_ELEMENT, _BRACE = re.compile(r"\s*<[A-Za-z>]"), re.compile(r"[{}]")


def module_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines of what MDX imports and exports: a statement ends where its brackets are closed."""
    found: set[int] = set()
    fences = Fences()
    number = 0
    while number < len(lines):
        line = lines[number]
        above = lines[number - 1].strip() if number else ""
        is_apart = number - 1 in found or _APART.match(above)
        if fences.read(line) or not (is_apart and _BEGINS.match(line)):
            number += 1
            continue
        end = _end(lines, number)
        found.update(range(number, end))
        number = end
    return frozenset(found)


def _end(lines: Sequence[str], first: int) -> int:
    """The line behind a statement; behind the first empty one where its brackets stay open."""
    depth, number, is_text, gap = 0, first, False, 0
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            gap = gap or number
        said = _UNREAD.sub("", line) if len(line) <= LONGEST else line
        is_text ^= said.count("`") % 2 == 1
        depth += len(_OPENS.findall(said)) - len(_CLOSES.findall(said))
        number += 1
        below = lines[number] if number < len(lines) else ""
        if depth <= 0 and not is_text and not (below.strip() and below[0].isspace()):
            return number
    return gap or len(lines)


def is_mdx(text: str) -> bool:
    """Whether a text that is said to be Markdown is MDX: it begins with what it imports, or imports
    a component anywhere outside code and shows it.

    >>> is_mdx("\\nimport Tabs from '@theme/Tabs';"), is_mdx("import it from a shop")
    (True, False)
    >>> is_mdx("## Install\\n\\nimport Vat from './vat.md';\\n\\n<Vat />")
    True
    """
    if _IMPORT.match(text):
        return True
    if "\nimport" not in text or "<" not in text:
        return False
    fences = Fences()
    lines = [line for line in text.split("\n") if not fences.read(line)]
    names: set[str] = set()
    for imported in _IMPORTED.finditer("\n".join(lines)):
        names.update(_NAME.findall(imported["names"]))
    return bool(names) and any(
        tag["name"] in names
        for line in lines
        if "<" in line and len(line) <= LONGEST
        for tag in _SHOWN.finditer(line)
        if tag["name"]
    )


def without_expressions(line: str) -> str:
    """A line of MDX outside code without what shows nothing but a blank, and fragments."""
    if "{" in line:
        line = _BLANK.sub(" ", line)
    return _FRAGMENT.sub("", line) if "<>" in line or "</>" in line else line


def without_elements(text: str) -> str:
    """A text of MDX whose components are given no elements, most of which are drawings; as many
    lines as before.

    >>> without_elements("<Card icon={<svg>\\n</svg>} title='Bees' />")
    "<Card icon={\\n} title='Bees' />"
    """
    if "={" not in text:
        return text
    fences = Fences()
    parts: list[str] = []
    place = done = 0
    for line in text.split("\n"):
        is_code = place >= done and fences.read(line)
        for found in _GIVEN.finditer(line) if "={" in line and not is_code else ():
            start = place + found.end()
            if not found["opens"] or start < done or not _ELEMENT.match(text, start):
                continue
            end = _closing(text, start)
            if end < 0:
                return text
            parts += text[done:start], "\n" * text.count("\n", start, end)
            done = end
        place += len(line) + 1
    return "".join((*parts, text[done:]))


def _closing(text: str, start: int) -> int:
    """Where the brace is closed that was opened before a place; -1 where it never is."""
    depth = 1
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return brace.start()
    return -1


class Components:
    """Takes off by how much the lines within components are indented, which in MDX makes no code of
    them: they are read one after the other."""

    def __init__(self, tag: re.Pattern[str], text: str) -> None:
        """
        Args:
            tag: finds a tag, its `name`, and whether it `closes`.
        """
        self._tag, self._text = tag, text
        self._start = self._until = 0
        self._open: list[_Open] = []

    def dedented(self, line: str, *, is_code: bool, most: int) -> str:
        """The next line of the text.

        Args:
            most: how deep a component may stand that makes no code of what is in it.
        """
        start = self._start
        self._start += len(line) + 1
        if start < self._until:
            return line
        bare, indent = line.lstrip(), columns(line)
        shift = 0
        if self._open and bare:
            inner = self._open[-1]
            if inner.content is None and not bare.startswith("</"):
                inner.content = indent
            shift = max(0, (inner.content or 0) - inner.indent)
        shift = min(indent, shift)
        if not is_code and "<" in line:
            self._read(start, len(line), min(indent - shift, most))
        return outdented(line, shift)

    def _read(self, start: int, size: int, indent: int) -> None:
        """Read the tags of a line, which opens what is within it where it begins with one."""
        line = self._text[start : start + size]
        is_tag = line.lstrip().startswith("<")
        for place in re.finditer("<", line):
            if start + place.start() < self._until:
                continue
            tag = self._tag.match(self._text, start + place.start())
            if not tag or not tag["name"]:
                continue
            self._until = tag.end()
            name = tag["name"]
            if tag["closes"]:
                self._close(name)
            elif is_tag and name.lower() not in VOID and not tag.group().endswith("/>"):
                self._open.append(_Open(name, indent))

    def _close(self, name: str) -> None:
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number].name == name:
                del self._open[number:]
                return


class _Open:
    """A component that is open, at an indentation, and that of what is in it."""

    __slots__ = ("content", "indent", "name")

    def __init__(self, name: str, indent: int) -> None:
        self.name, self.indent = name, indent
        self.content: int | None = None
