"""Footnotes: their numbers raised, as readers see them; a quote has marks in brackets of its own.

it floats.[^1]         it floats.¹
                  ─▶
[^1]: If empty.        ¹ If empty.

One with a name is called by it, `it floats.[ship]`: a section does not know which of the page's it
is.
"""

from __future__ import annotations

import re

from entrywise.data.documents.dialects.fences import OUTSIDE_CODE

# A colon behind a number that begins a line is the note's. The mark of a note with a name stands
# right behind what it is for: elsewhere "[^a-z]+" may be what is meant.
_OUTSIDE = re.compile(
    r"(?<!\\)\[\^(?P<number>[0-9]{1,3})\](?P<opens>:?)|"
    r"(?<=[\w.,;:!?)\]”’»*])\[\^(?!\w-\w\])(?P<name>[^\W\d_][\w-]+)\](?![\w*+?{(])|"
    rf"{OUTSIDE_CODE}"
)
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]:")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST = 2_000
"""Characters of a line that is looked through."""


def is_note(line: str) -> bool:
    """Whether a line begins a note; what belongs to it is indented below."""
    return _NOTE.match(line) is not None


def with_raised_numbers(line: str) -> str:
    """A line outside code whose footnotes are raised numbers, or names in brackets, which are no
    links.

    >>> with_raised_numbers("it floats.[^1][^ship]")
    'it floats.¹\\\\[ship]'
    """
    if "[^" not in line or len(line) > _LONGEST:
        return line
    note = _NOTE.match(line)
    if note and not note["name"].isdecimal():
        line = f"\\[{note['name']}]{line[note.end() :]}"
    return _OUTSIDE.sub(_replaced, line)


def _replaced(found: re.Match[str]) -> str:
    if found["name"]:
        return f"\\[{found['name']}]"
    if not found["number"]:
        return found.group()
    opens = found["opens"] if found.start() else ""
    return f"{found['number'].translate(_RAISED)}{opens}"
