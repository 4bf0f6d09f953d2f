"""What may not stand in a format as it is, and what stands there instead: one place for each.

Markdown: titles and cells are escaped, so that they stay what they are; quotes and words are not,
since they may be Markdown themselves. HTML is escaped where it is made (html.py), by the standard
library; the templates do so by themselves. A terminal gets no control characters.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

T = TypeVar("T")

_CELL = str.maketrans({"|": r"\|", "\n": " ", "\r": " "})
_HEADING = str.maketrans({"#": r"\#", "<": "&lt;"})
_LABEL = str.maketrans({"\\": r"\\", "[": r"\[", "]": r"\]"})
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "�")
del _CONTROLS[ord("\n")], _CONTROLS[ord("\t")]


def one_line(text: str) -> str:
    """A text on one line, as an item of a Markdown list is.

    >>> one_line("Two\\n  lines.")
    'Two lines.'
    """
    return " ".join(text.split())


def heading(text: str) -> str:
    """A text on the line of a Markdown heading.

    >>> heading("is <b> #1?")
    'is &lt;b> \\\\#1?'
    """
    return one_line(text).translate(_HEADING)


def cell(text: str) -> str:
    """A text in a cell of a Markdown table; readers take off each backslash before a bar.

    >>> cell("a | b\\nc")
    'a \\\\| b c'
    """
    return text.translate(_CELL)


def label(text: str) -> str:
    """A text between the brackets of a Markdown link.

    >>> label("X [1]")
    'X \\\\[1\\\\]'
    """
    return one_line(text).translate(_LABEL)


def printable(value: T) -> T:
    """A value without the control characters of a knowledge base, which could steer a terminal.

    Goes into dataclasses and plain tuples; what it gives is for showing, not for citing.
    """
    if isinstance(value, str):
        return cast(T, value.translate(_CONTROLS))
    if isinstance(value, tuple):
        return cast(T, tuple(printable(item) for item in value))
    if is_dataclass(value) and not isinstance(value, type):
        fresh = {field.name: printable(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **fresh)
    return value
