"""Footnotes: their numbers raised, as readers see them; a quote has marks in brackets of its own.

it floats.[^1]         it floats.¹
                  ─▶
[^1]: If empty.        ¹ If empty.
"""

from __future__ import annotations

import re

from entrywise.data.documents.dialects.fences import OUTSIDE_CODE

_OUTSIDE = re.compile(rf"(?<!\\)\[\^(?P<label>[\w-]+)\](?P<opens>:?)|{OUTSIDE_CODE}")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST = 2_000
"""Characters of a line that is looked through."""


def with_raised_numbers(line: str) -> str:
    """A line outside code whose footnotes are raised numbers, and names in brackets."""
    return _OUTSIDE.sub(_replaced, line) if "[^" in line and len(line) <= _LONGEST else line


def _replaced(found: re.Match[str]) -> str:
    label = found["label"]
    if label is None:
        return found.group()
    shown = label.translate(_RAISED) if label.isdecimal() else f"\\[{label}\\]"
    # A colon behind it is that of a note only where a line begins with it.
    return f"{shown}{'' if found.start() == 0 else found['opens']}"
