"""Remarks: admonitions of a text, which authors set apart from what is around them."""

from __future__ import annotations

from collections.abc import Sequence

from entrywise.data.documents.dialects import COLONS, FENCE, INDENTED, STEP


def remarks(text: str) -> list[range]:
    """The lines of each outermost admonition (`!!! note`, `??? tip`, `::: warning`), the one that
    opens it first; `to_commonmark` leaves them in their places.

    >>> remarks("One.\\n\\n!!! note\\n    Two.\\n\\nThree.")
    [range(2, 4)]
    """
    lines = text.split("\n")
    found: list[range] = []
    fence, number = "", 0
    while number < len(lines):
        if opening := FENCE.match(lines[number]):
            if not fence:
                fence = opening["fence"]
            elif opening["fence"].startswith(fence) and not opening["info"].strip():
                fence = ""
        end = number if fence else _end(lines, number)
        if end > number:
            found.append(range(number, end))
        number = max(end, number + 1)
    return found


def _end(lines: Sequence[str], first: int) -> int:
    """The line after the admonition that a line opens; that line where it opens none."""
    if (opening := INDENTED.match(lines[first])) and opening["kind"]:
        inner = len(opening["indent"]) + STEP
        end = last = first + 1
        while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) >= inner):
            end += 1
            last = end if lines[end - 1].strip() else last
        return last
    opening = COLONS.match(lines[first])
    if not (opening and opening["kind"]):
        return first
    depth = 1
    for end in range(first + 1, len(lines)):
        if found := COLONS.match(lines[end]):
            depth += 1 if found["kind"] else -1
        if depth == 0:
            return end + 1
    return first


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
