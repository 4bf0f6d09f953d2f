r"""Marks before items of lists: what people type, and the letters of lists that have letters.

    You need:            You need:
    • gloves      ─▶     - gloves
    • goggles            - goggles

A line with a mark is an item where a list is announced (by a colon, or a line in bold), or where
the mark is a bullet, and another one follows. What is numbered but not announced are paragraphs, as
the clauses of a contract are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from entrywise.data.documents.conversion import writing

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_BULLETS = "•◦‣∙·⁃▪▫■□●○◆◇❖➢➤►▸▶–—\uf0a7\uf0b7\uf0d8"
"""Signs that people begin items with; the last three are those of Word's own typefaces."""
_MARKED = re.compile(
    # What Markdown would read as a mark stands behind a backslash in a paragraph.
    rf"(?P<bullet>[{_BULLETS}]|\\[-*])\s+(?=\S)"
    r"|(?P<box>\[[ x]\]) (?=\S)"
    r"|(?P<number>\d{1,3}\\[.)]|\(\d{1,3}\))\s+(?=\S)"
    r"|(?P<letter>\(?[a-z][.)])\s+(?=\S)"
)
_BOLD = re.compile(r"\*\*[^*]+\*\*:?")
_NUMBER, _LETTER = "1", "a"


def ordinal(place: int, kind: str) -> str:
    """A number of a list as HTML's `type` has it written.

    >>> ordinal(3, "1"), ordinal(28, "a"), ordinal(4, "I")
    ('3', 'ab', 'IV')
    """
    text = ""
    if kind in ("a", "A") and place > 0:
        while place:
            place, last = divmod(place - 1, 26)
            text = chr(ord("a") + last) + text
    elif kind in ("i", "I") and 0 < place < 4000:
        for worth, letters in _ROMAN:
            count, place = divmod(place, worth)
            text += letters * count
    return (text.upper() if kind in ("A", "I") else text) or str(place)


def listing(items: Sequence[Sequence[str]], first: int, kind: str) -> str:
    """A list as HTML tells it, numbered from `first`; Markdown has no letters of its own.

    Args:
        items: the blocks of each.
        kind: `type` of an ordered list, "1" where it has none; empty for one with bullets.

    >>> print(listing([["one"], ["two"]], 2, "a"))
    - b. one
    - c. two
    """
    held = [blocks for blocks in items if blocks]
    if len(held) == 1 and len(held[0]) == 1 and writing.is_list(held[0][0]):
        # What is indented once more stands in an item of nothing else.
        return held[0][0]
    if kind and kind in "aAiI":
        held = [
            [f"{ordinal(first + place, kind)}. {one}", *more]
            for place, (one, *more) in enumerate(held)
        ]
    return writing.listing(held, first if kind and kind not in "aAiI" else None)


class _Item(NamedTuple):
    """A line with a mark: its kind, as "(1)", its place among such (0 for bullets), its text."""

    kind: str
    place: int
    text: str


def with_lists(blocks: Sequence[str]) -> list[str]:
    r"""Blocks of Markdown in which lines with typed marks that belong together are lists.

    >>> with_lists(["You need:", "• gloves", "• goggles", "Then go."])
    ['You need:', '- gloves\n- goggles', 'Then go.']
    >>> with_lists(["Do this:", "1\\. Stop.", "a) the engine", "b) the fan", "2\\. Wait."])
    ['Do this:', '1. Stop.\n   - a) the engine\n   - b) the fan\n2. Wait.']
    >>> with_lists(["1\\. Definitions", "2\\. Duties"])
    ['1\\. Definitions', '2\\. Duties']
    """
    found: list[str] = []
    run: list[_Item] = []
    told: list[str] = []
    for block in (*_apart(blocks), ""):
        item = _item(block)
        if item and _follows(item, run):
            run.append(item)
            told.append(block)
            continue
        found += _taken(run, told, found[-1] if found else "")
        run, told = ([item], [block]) if item and _begins(item) else ([], [])
        if not run and block:
            found.append(block)
    return found


def _taken(run: Sequence[_Item], told: Sequence[str], before: str) -> list[str]:
    """Items as a list; the blocks as they were where they are none."""
    is_announced = before.endswith(":") or _BOLD.fullmatch(before) is not None
    top = [item for item in run if item.kind == run[0].kind]
    if len(top) < 2 or not (is_announced or not top[0].place):
        return [*told]
    return [_written(run)]


def _written(run: Sequence[_Item]) -> str:
    """Items and, below each, those of other kinds until the next of its own."""
    tops: list[tuple[_Item, list[_Item]]] = []
    for item in run:
        if item.kind == run[0].kind:
            tops.append((item, []))
        else:
            tops[-1][1].append(item)
    items = [[item.text, *([_written(below)] if below else [])] for item, below in tops]
    is_numbered = _NUMBER in run[0].kind
    return writing.listing(items, run[0].place if is_numbered else None)


def _apart(blocks: Sequence[str]) -> Iterator[str]:
    """Blocks, and the lines of those in which at least two begin with marks."""
    for block in blocks:
        lines = block.split(writing.BREAK)
        marked = [place for place, line in enumerate(lines) if _item(line)]
        if (
            len(marked) > 1
            and marked[-1] - marked[0] == len(marked) - 1 == len(lines) - 1 - marked[0]
        ):
            yield from filter(None, (writing.BREAK.join(lines[: marked[0]]), *lines[marked[0] :]))
        else:
            yield block


def _item(block: str) -> _Item | None:
    found = _MARKED.match(block)
    if not found or "\n\n" in block:
        return None
    text = block[found.end() :]
    if found["bullet"]:
        return _Item(found["bullet"], 0, text)
    if found["box"]:
        return _Item("box", 0, block)
    if found["number"]:
        digits = "".join(filter(str.isdigit, found["number"]))
        return _Item(found["number"].replace(digits, _NUMBER), int(digits), text)
    letter = found["letter"].strip("(.)")
    kind = found["letter"].replace(letter, _LETTER)
    return _Item(kind, ord(letter) - ord("a") + 1, f"{found['letter']} {text}")


def _begins(item: _Item) -> bool:
    return item.place <= 1


def _follows(item: _Item, run: Sequence[_Item]) -> bool:
    """Whether an item goes on with a list of its kind, or begins one below the last item."""
    last = next((one for one in reversed(run) if one.kind == item.kind), None)
    if last and item.place == (last.place + 1 if last.place else 0):
        return True
    is_below = item.kind not in (run[0].kind, run[-1].kind) if run else False
    return is_below and _begins(item)
