"""Letters of a line in the order in which they are read, where a page tells only where they stand:
Hebrew and Arabic from right to left, numbers and Latin words within them from left to right.

    3 .gnillec eht   ─▶   the ceiling. 3      (if these were Hebrew letters)

After the Unicode Bidirectional Algorithm (UAX #9), backwards, and for a line alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import bidirectional, normalize

_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_KINDS = {
    "L": "L",
    "R": "R",
    "AL": "R",
    "NSM": "R",
    "EN": "N",
    "AN": "N",
    "ET": "T",
} | dict.fromkeys(("ES", "CS"), "S")
_LATIN = re.compile("[LNT](?:[LNSTW]*[LNT])?")
_NUMBER = re.compile("T*N(?:[STN]*N)?T*")
_RUN = re.compile("R(?:[RNSTW]*R)?")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def leftward(text: str) -> int:
    """How many letters of a text are written from right to left."""
    return len(_LEFTWARD.findall(text))


def as_read(letters: Sequence[str]) -> str:
    """A line in the order in which it is read.

    Args:
        letters: what stands beside each other, from left to right; one may be several letters, as
            they are read.

    >>> as_read("(12.5% \u05d2\u05d1) \u05d0")
    '\u05d0 (\u05d1\u05d2 12.5%)'
    """
    text = "".join(letters)
    count = leftward(text)
    if not count:
        return text
    kinds = "".join(_KINDS.get(bidirectional(one[:1]), "W") for one in letters)
    if 2 * count > sum(map(str.isalpha, text)):
        return _turned(letters, kinds)
    found: list[str] = []
    end = 0
    for run in _RUN.finditer(kinds):
        found += letters[end : run.start()]
        found.append(_turned(letters[run.start() : run.end()], run[0]))
        end = run.end()
    return "".join((*found, *letters[end:]))


def _turned(letters: Sequence[str], kinds: str) -> str:
    """From right to left, but for what is read from left to right."""
    # Shapes that letters have beside others stand for themselves.
    turned = [normalize("NFKC", one).translate(_MIRRORED) for one in reversed(letters)]
    kinds = kinds[::-1]
    for run in _LATIN.finditer(kinds):
        runs = [run] if "L" in run[0] else _NUMBER.finditer(kinds, *run.span())
        for a, b in (one.span() for one in runs):
            turned[a:b] = letters[len(letters) - b : len(letters) - a]
    return "".join(turned)
