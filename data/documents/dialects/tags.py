"""Tags on lines of their own, comments, scripts and styles: what nobody reads."""

from __future__ import annotations

import re

# What an attribute says may stand on several lines, and hold what looks like a tag.
_WHOLE_TAG = re.compile(
    r"[ \t]*<(?!script\b|style\b)[A-Za-z][\w.:-]*"
    r"(?:\s+[\w:@.-]+(?:=(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\{[^{}]{0,500}\}|[\w.%-]+))?){1,20}"
    r"\s*/?>[ \t]*$",
    re.MULTILINE,
)
_COMMENT = re.compile(r"(?<!\\)<!--")
_UNREAD = (("<script", "</script>"), ("<style", "</style>"))


class Tags:
    """Tags with what they say of themselves, on lines of their own: nobody reads them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = 0

    def has(self, line: str, *, is_code: bool) -> bool:
        """Whether a line is of one. All lines are asked for, in their order."""
        start = self._start
        self._start += len(line) + 1
        if start < self._end:
            return True
        if is_code or not line.lstrip().startswith("<"):
            return False
        if found := _WHOLE_TAG.match(self._text, start):
            self._end = found.end()
        return found is not None


class Comments:
    """Takes comments, and scripts and styles that begin a line, out of the lines of a text, in
    their order; what is never closed is text."""

    def __init__(self, text: str, *, is_mdx: bool) -> None:
        self._marks = [("<!--", "-->"), *([("{/*", "*/}")] if is_mdx else []), *_UNREAD]
        lines = text.split("\n")
        self._last = {
            close: max((n for n, line in enumerate(lines) if close in line), default=-1)
            for _, close in self._marks
        }
        self._open = ""

    def without(self, line: str, number: int) -> str:
        """A line outside code, the `number`th of the text."""
        kept: list[str] = []
        while True:
            if self._open:
                _, found, line = line.partition(self._open)
                if not found:
                    return "".join(kept)
                self._open = ""
            start, close, size = self._next(line, number)
            if not close:
                # One that is never closed is no HTML: markdown-it-py would look for its end anew at
                # each of many.
                return "".join([*kept, line if "`" in line else _COMMENT.sub(r"\\<!--", line)])
            kept.append(line[:start])
            self._open, line = close, line[start + size :]

    def _next(self, line: str, number: int) -> tuple[int, str, int]:
        """Where the next comment begins, what closes it, and the size of its mark; comments that
        are shown as code are none."""
        for mark, close in self._marks:
            start = line.find(mark)
            if start < 0 or line[:start].endswith("\\") or line.count("`", 0, start) % 2:
                continue
            if (mark, close) in _UNREAD and line[:start].strip():
                continue
            if number < self._last[close] or close in line[start:]:
                return start, close, len(mark)
        return -1, "", 0
