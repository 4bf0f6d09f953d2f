"""Wikis: how Obsidian and others write links, marks and comments.

see [[Guides/Leave|the guide]]       see [the guide](<Guides/Leave>)
![[plan.png]]                   ─▶   ![](<plan.png>)
![The plan|300](plan.png)            ![The plan](plan.png)
![[Leave]]                           [Leave](<Leave>)
==Not on Fridays.== ^a1b2c3          **Not on Fridays.**
%% ask Mia %%
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences

LINK = r"(?<![\\\w])\[\[(?![\s\[])(?P<target>[^\[\]|\n]+)(?:\|(?P<shown>[^\[\]\n]+))?\]\](?![\[(])"
"""A link to a document by its name, wherever it is; "data[[0]]" is code."""

_MARKED = r"(?<![\w=\\])==(?=[^\s=])(?P<marked>[^=\n]*[^\s=])==(?![\w=])"
# How large a picture is shown, in place of what stands for it or behind that.
_SIZED = r"!\[(?P<alt>[^\[\]|\n]*(?=\|)|)\|?(?P<size>\d{1,5}(?:x\d{1,5})?)\](?=\()"
_OUTSIDE = re.compile(rf"(?P<embeds>!?){LINK}|{_SIZED}|{_MARKED}|{OUTSIDE_CODE}")
# Behind a paragraph, or of a list or a quote on a line of its own.
_BLOCK_ID = re.compile(r"(?:(?<=\S)[ \t]+|^[ \t>]*)\^[A-Za-z0-9][A-Za-z0-9-]{2,}[ \t]*$")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)$", re.IGNORECASE)
_FILE = re.compile(r"\.\w{1,5}$")
_COMMENT = re.compile(r"[ \t]*%%(?:[ \t].*)?[ \t]%%[ \t]*$")
_MARK = "%%"


def from_wiki(line: str) -> str:
    """A line outside code as CommonMark."""
    if len(line) > LONGEST:
        return line
    if "%%" in line and _COMMENT.match(line):
        return ""
    if "[[" in line or "==" in line or "![" in line:
        line = _OUTSIDE.sub(_replaced, line)
    return _BLOCK_ID.sub("", line) if "^" in line else line


def comment_lines(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines outside code that are of comments between lines of `%%`; one that is
    never closed is text.

    >>> sorted(comment_lines(["Bees.", "%%", "Ask Mia.", "%%", "Wasps.", "%%"]))
    [1, 2, 3]
    """
    if not any(line.strip() == _MARK for line in lines):
        return frozenset()
    fences = Fences()
    found: list[int] = []
    start = None
    for number, line in enumerate(lines):
        if start is None and fences.read(line):
            continue
        if line.strip() != _MARK:
            continue
        if start is None:
            start = number
        else:
            found += range(start, number + 1)
            start = None
    return frozenset(found)


def _replaced(found: re.Match[str]) -> str:
    if found["ticks"]:
        return found.group()
    if found["marked"]:
        return f"**{found['marked']}**"
    if found["size"]:
        return f"![{found['alt'].strip()}]"
    target = found["target"].strip()
    address = target.replace("<", "").replace(">", "").replace("\\", "")
    path = address.partition("#")[0]
    if _PICTURE.search(path) or (found["embeds"] and _FILE.search(path)):
        return f"![](<{address}>)"
    text = (found["shown"] or target.replace("#", " > ").strip(" >")).strip()
    return f"[{text}](<{address}>)"
