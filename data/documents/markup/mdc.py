"""Components in the Markdown of Nuxt, as containers that CommonMark's other dialects have, each on
its line.

::prose-note{title="Tides"}              ::: note Tides
Mind them.                        ─▶     Mind them.
::                                       :::
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences

_OPENS = re.compile(
    r"[ \t]*(?P<colons>:{2,})(?P<name>[a-z][\w-]*)(?:\[(?P<text>[^\[\]\n]*)\])?"
    r"(?P<given>\{.*\})?[ \t]*$"
)
_CLOSES = re.compile(r"[ \t]*(?P<colons>:{2,})[ \t]*$")
_IS_OPENED = re.compile(r"^[ \t]*::[a-z][\w-]*(?:\{.*\})?[ \t]*$", re.MULTILINE)
_IS_CLOSED = re.compile(r"^[ \t]*::[ \t]*$", re.MULTILINE)
_RULE = "---"
_SLOT = re.compile(r"#[a-z][\w-]*(?:\{.*\})?[ \t]*$")
_GIVEN = re.compile(r"[\s{]:?(?P<name>title|label|to|href)=\"(?P<value>[^\"]*)\"")
_NAMED = re.compile(r"(?P<name>title|label|to|href):[ \t]+(?P<value>.*?)[ \t]*$")
_IN_LINE = re.compile(
    r"(?<![\w:/]):[a-z][\w-]*(?:\[(?P<text>[^\[\]\n]*)\](?:\{[^{}\n]*\})?|\{[^{}\n]*\})"
    rf"|{OUTSIDE_CODE}"
)


def from_mdc(text: str) -> str:
    """A text with its components as containers, line by line; without any itself.

    >>> from_mdc('::card{title="Oars" to="/oars"}\\nTwo :icon{name="oar"}.\\n::')
    '::: card [Oars](/oars)\\nTwo .\\n:::'
    """
    if not (_IS_OPENED.search(text) and _IS_CLOSED.search(text)):
        return text
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: Sequence[str]) -> Iterator[str]:
    fences, opened, until = Fences(), list[tuple[str, int]](), 0
    """The components that are open: their colons, and how far they are indented."""
    for number, written in enumerate(lines):
        blanks = len(written) - len(written.lstrip(" "))
        line = written[min(blanks, opened[-1][1] if opened else 0) :]
        if number < until:
            yield ""
        elif fences.read(line):
            yield line
        elif opening := _OPENS.match(line):
            until, given = _properties(lines, number + 1)
            opened.append((opening["colons"], blanks))
            yield _opened(opening, given)
        elif closing := _CLOSES.match(line):
            while opened and opened.pop()[0] != closing["colons"]:
                pass
            yield ":::"
        elif opened and _SLOT.match(line):
            yield ""
        else:
            yield _IN_LINE.sub(_said, line) if ":" in line and len(line) <= LONGEST else line


def _properties(lines: Sequence[str], first: int) -> tuple[int, Mapping[str, str]]:
    """The line behind the properties of a component, which are written between rules, and those of
    them that are read."""
    if [line.strip() for line in lines[first : first + 1]] != [_RULE]:
        return first, {}
    later = range(first + 1, len(lines))
    last = next((number for number in later if lines[number].strip() == _RULE), first - 1)
    found = (_NAMED.match(line.strip()) for line in lines[first + 1 : max(first + 1, last)])
    return last + 1, {one["name"]: one["value"].strip("\"'") for one in found if one}


def _opened(opening: re.Match[str], below: Mapping[str, str]) -> str:
    """The line that opens a component with its title, which leads where the component does."""
    given = _GIVEN.finditer(opening["given"] or "")
    told = {one["name"]: one["value"] for one in given} | dict(below)
    title = told.get("title") or told.get("label") or opening["text"] or ""
    leads = told.get("to") or told.get("href")
    shown = f"[{title}]({leads})" if title and leads else title
    return f"::: {opening['name'].removeprefix('prose-')} {shown}".rstrip()


def _said(found: re.Match[str]) -> str:
    """What readers see of a component within a line; code stays as it is."""
    return found[0] if found["ticks"] else found["text"] or ""
