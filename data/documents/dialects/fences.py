"""Code, in which nothing is taken back: in fences, with what MyST's directives make of them, and
indented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.dialects.sphinx import CODE, HIDDEN, HOLDERS, PICTURES, UNTITLED

OUTSIDE_CODE = r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
"""An alternative for patterns that are to find nothing in code within a line."""
LONGEST = 2_000
"""Characters of a line that is looked through for marks: for roles a hostile one of n takes n^1.5
steps, and each sign may open a string that is never closed."""
_MARK = r"(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$"
_FENCE = re.compile(rf"[ \t]*(?:>[ \t]?)*{_MARK}")
_FIRST_IN_ITEM = re.compile(
    rf"[ \t]*(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)*(?:(?P<defines>:)[ \t]+)?{_MARK}"
)
"""A fence that an item of a list, or a definition, begins with; with the item it ends, too."""
_DIRECTIVE = re.compile(r"\s*\{(?P<name>[\w:+.-]+)\}[ \t]*(?P<argument>.*?)\s*$")
HOLDER = re.compile(
    r"(?P<before>[ \t]*(?:>[ \t]?)*)(?P<fence>`{3,}|~{3,}|:{3,})"
    r"\{(?P<name>[A-Za-z][\w:+.-]*)\}[ \t]*(?P<argument>.*?)\s*$"
)
"""What opens a directive of MyST."""
_LABEL = re.compile(
    r"(?:^|[\s{,])(?:tab|title|label|caption|name|filename)\s?=\s?"
    r"(?:\"(?P<double>[^\"]{1,200})\"|'(?P<single>[^']{1,200})'|(?P<bare>[^\s\"'{}=]{1,200}))"
    r"|\s\[(?P<listed>[^\[\]]{1,200})\](?=\s|$)"
)
_ITEM = re.compile(r"(?:[-*+:]|\d{1,9}[.)]) +")
"""What begins an item of a list, or a definition."""
_TERM = re.compile(r"[^\s`#]")
_MOST_LINES = 500
"""Lines of a directive that holds Markdown."""
_INDENT = 4
# As Markdown, Pandoc and others write it, before marks of lines and attributes.
_LANGUAGE = re.compile(r"[{ .]*((?![\d#])[^\s{}=\"',:]+)(?![^\s{}\"',:]*=)")
_DRAWN = frozenset(("mermaid", "geojson", "topojson", "stl"))
"""Languages of code that readers see a picture of, by the documentation of GitHub; sites of other
makers draw the first, too."""
OPTION = re.compile(r"[ \t]*:(?P<name>[\w-]+):(?:[ \t]+(?P<said>.*?)[ \t]*)?$")


def label_of(info: str) -> str:
    """What a block of code is called by what stands behind the backticks that open it; empty where
    it is not.

    >>> label_of('yaml tab="File (YAML)"'), label_of("js [config.js]"), label_of("js {1,3}")
    ('File (YAML)', 'config.js', '')
    """
    said = (next(filter(None, found.groups())) for found in _LABEL.finditer(info))
    return ": ".join(dict.fromkeys(" ".join(one.split()) for one in said))


def language_of(info: str) -> str:
    """The language of a block of code by what stands behind the backticks that open it; empty where
    that names none.

    >>> language_of("js {1,3}"), language_of("{ .toml .annotate }"), language_of('hl_lines="4"')
    ('js', 'toml', '')
    """
    found = _LANGUAGE.match(info)
    return found[1] if found else ""


def end_of_directive(lines: Sequence[str], number: int, fence: str) -> int | None:
    """The line that closes a directive of MyST which is opened in a line; None where none does."""
    closing = re.compile(rf"[ \t]*(?:>[ \t]?)*{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$")
    later = range(number + 1, min(number + _MOST_LINES, len(lines)))
    return next((one for one in later if closing.match(lines[one])), None)


def _opening(line: str) -> re.Match[str] | None:
    """What opens a fence."""
    return _FENCE.match(line) or _FIRST_IN_ITEM.match(line)


class Fences:
    """Which lines of a text are in a fence: they are read one after the other.

    >>> fences = Fences()
    >>> [fences.read(line) for line in ("One.", "~~~", "two", "~~~", "Three.")]
    [False, True, True, True, False]
    """

    def __init__(self) -> None:
        self._mark = ""
        self._column = 0
        """Where the text of the item begins that the fence is in."""

    @property
    def is_open(self) -> bool:
        """Whether the next line is in one."""
        return bool(self._mark)

    def read(self, line: str) -> bool:
        """Read the next line. Whether it is of a fence: in it, or what opens or closes it."""
        if self._mark and not self._is_behind_item(line):
            self._mark = "" if self._is_end(line) else self._mark
            return True
        self._mark, self._column = "", 0
        if opening := _opening(line):
            self._mark = opening["fence"]
            if opening.re is _FIRST_IN_ITEM and not opening["defines"]:
                self._column = len(line[: opening.start("fence")].expandtabs(_INDENT))
        return self.is_open

    def _is_behind_item(self, line: str) -> bool:
        text = line.expandtabs(_INDENT)
        return bool(text.strip()) and len(text) - len(text.lstrip()) < self._column

    def _is_end(self, line: str) -> bool:
        found = _FENCE.match(line)
        return bool(found and found["fence"].startswith(self._mark) and not found["info"].strip())


class IndentedCode:
    """Which lines of a text are code by being indented, behind an empty line, by four blanks beyond
    the list that they stand in: they are read one after the other, but for those in fences.

    >>> code = IndentedCode()
    >>> [code.read(line) for line in ("- One", "", "    two", "", "      <br>", "three")]
    [False, False, False, False, True, False]
    """

    def __init__(self) -> None:
        self._contents: list[int] = []
        """Where the texts of the items begin that are open."""
        self._is_code, self._is_behind_empty = False, True

    @property
    def margin(self) -> int:
        """Where the text of the list begins that the next line may be in."""
        return self._contents[-1] if self._contents else 0

    def read(self, line: str) -> bool:
        """Read the next line. Whether it is code."""
        line = line.expandtabs(_INDENT)
        text = line.lstrip()
        if not text:
            self._is_behind_empty = True
            return False
        indent = len(line) - len(text)
        while self._contents and indent < self._contents[-1]:
            self._contents.pop()
        within = self._contents[-1] if self._contents else 0
        may_be = self._is_code or self._is_behind_empty
        self._is_code, self._is_behind_empty = may_be and indent >= within + _INDENT, False
        if not self._is_code and (item := _ITEM.match(text)):
            self._contents.append(indent + item.end())
        return self._is_code


class Directives(Fences):
    """The fences of a text, and what MyST's directives make of them: code in a language, nothing
    where nobody reads it, as where it is drawn, or Markdown below its title."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = lines
        self._is_hidden = self._has_options = False
        self._closing: set[int] = set()
        self._of_terms = 0
        """The line that closes a glossary."""

    def converted(self, line: str, number: int) -> str | None:
        """What the next line, the `number`th of the text, is where it is of a fence."""
        if self.is_open:
            self._has_options = self._has_options and OPTION.match(line) is not None
            self.read(line)
            return "" if self._is_hidden or self._has_options else line
        self._has_options = self._has_options and OPTION.match(line) is not None
        if self._has_options or number in self._closing:
            return ""
        holder = HOLDER.match(line)
        if holder and holder["name"].lower() in HOLDERS:
            # A quote may end within it, and so does a text that never closes it.
            end = end_of_directive(self._lines, number, holder["fence"]) or len(self._lines)
            self._closing.add(end)
            self._has_options = True
            self._of_terms = end if holder["name"] == "glossary" else self._of_terms
            return holder["before"] + self._titled(holder, number)
        if number < self._of_terms and _TERM.match(line) and self._goes_on(number):
            return f"**{line.strip().replace('*', '')}**"
        found = _opening(line) if self.read(line) else None
        # Its first line is read as that of a definition.
        is_definition = found and found.re is _FIRST_IN_ITEM and found["defines"]
        return self._opened(line, found, number) if found and not is_definition else None

    def _goes_on(self, number: int) -> bool:
        """Whether what a term means stands below it."""
        return any(line[:1].isspace() for line in self._lines[number + 1 : number + 2])

    def _titled(self, holder: re.Match[str], number: int) -> str:
        """What readers see of the line that opens a directive: its title, or its picture."""
        name, argument = holder["name"].lower(), holder["argument"]
        if name not in PICTURES:
            title = "" if name in UNTITLED else argument.replace("*", "")
            return f"**{title}**" if title else ""
        said = ""
        for line in self._lines[number + 1 :]:
            if not (option := OPTION.match(line)):
                break
            said = (option["said"] or "") if option["name"] == "alt" else said
        return f"![{said}](<{argument}>)" if argument else ""

    def _opened(self, line: str, found: re.Match[str], number: int) -> str:
        self._is_hidden = self._has_options = False
        directive = _DIRECTIVE.match(found["info"])
        name = directive["name"].lower() if directive else ""
        if name in HIDDEN or language_of(found["info"]).lower() in _DRAWN:
            # What is never closed is not hidden: it goes on to the end.
            later = range(number + 1, len(self._lines))
            self._is_hidden = any(self._is_end(self._lines[one]) for one in later)
            return "" if self._is_hidden else line
        if directive and name in CODE:
            self._has_options = True
            return line[: found.start("info")] + directive["argument"]
        return line
