"""Footnotes: their numbers raised, as readers see them; a quote has marks in brackets of its own.

it floats.[^1]         it floats.¹
                  ─▶
[^1]: If empty.        ¹ If empty.
"""

from __future__ import annotations

import re

from entrywise.data.documents.dialects.fences import OUTSIDE_CODE

# Only numbers: "[^a-z]" may be what is meant. A colon behind one that begins a line is the note's.
_OUTSIDE = re.compile(rf"(?<!\\)\[\^(?P<number>[0-9]{{1,3}})\](?P<opens>:?)|{OUTSIDE_CODE}")
_NAMED = re.compile(r"\[\^[^\]\s]+\]:")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST = 2_000
"""Characters of a line that is looked through."""


def is_note(line: str) -> bool:
    """Whether a line begins a note; what belongs to it is indented below."""
    return _NAMED.match(line) is not None


def with_raised_numbers(line: str) -> str:
    """A line outside code whose footnotes are raised numbers; a note with a name stays as it is,
    which is no link's address."""
    if "[^" not in line or len(line) > _LONGEST:
        return line
    raised = _OUTSIDE.sub(_replaced, line)
    return f"\\{raised}" if _NAMED.match(raised) else raised


def _replaced(found: re.Match[str]) -> str:
    if not found["number"]:
        return found.group()
    opens = found["opens"] if found.start() else ""
    return f"{found['number'].translate(_RAISED)}{opens}"
