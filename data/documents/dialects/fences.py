"""Fences: code, in which nothing is taken back, and what MyST's directives make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.dialects.sphinx import CODE, HIDDEN

OUTSIDE_CODE = r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
"""An alternative for patterns that are to find nothing in code within a line."""
FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_DIRECTIVE = re.compile(r"\s*\{(?P<name>[\w:+.-]+)\}[ \t]*(?P<argument>.*?)\s*$")
_OPTION = re.compile(r"[ \t]*:[\w-]+:(?:[ \t]|$)")


class Fence:
    """A fence of code, if one is open, and what MyST's directives make of it: code in a language,
    or nothing where nobody reads it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._mark = ""
        self._is_hidden = self._has_options = False

    @property
    def is_open(self) -> bool:
        """Whether the next line is in it."""
        return bool(self._mark)

    def opened(self, line: str, found: re.Match[str], number: int) -> str:
        """The line that opens it, the `number`th of the text."""
        self._mark = found["fence"]
        self._is_hidden = self._has_options = False
        directive = _DIRECTIVE.match(found["info"])
        if not directive:
            return line
        name = directive["name"].lower()
        if name in HIDDEN:
            # What is never closed is not hidden: it goes on to the end.
            later = range(number + 1, len(self._lines))
            self._is_hidden = any(self._is_end(self._lines[one]) for one in later)
            return "" if self._is_hidden else line
        if name in CODE:
            self._has_options = True
            return line[: found.start("info")] + directive["argument"]
        return line

    def inside(self, line: str) -> str:
        """A line in it, or the one that closes it."""
        self._has_options = self._has_options and _OPTION.match(line) is not None
        if self._is_end(line):
            self._mark = ""
        return "" if self._is_hidden or self._has_options else line

    def _is_end(self, line: str) -> bool:
        found = FENCE.match(line)
        return bool(found and found["fence"].startswith(self._mark) and not found["info"].strip())
