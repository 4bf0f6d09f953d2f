"""The labels of a map: from which zoom on the name of a dot has room."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
"""float32 (n, 2), in units of the drawing."""
Zooms = NDArray[np.uint8]
"""uint8 (n,): places in `ZOOMS`."""

WIDTH, HEIGHT = 1000, 700
"""The size of the drawing, in its own units."""

ZOOMS = (0.22, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0)
"""The zooms, in pixels for each unit of the drawing, at which it is decided anew which names fit:
from the width of the narrowest phone to where the glossary's last name fits."""

# In pixels: the width of a name's letter on average, the height of a line, and the space that a dot
# takes from its middle to its name and on the other side.
_LETTER, _LINE, _DOT = 6.4, 18.0, 12.0

# Letters of a name that are shown.
_LONGEST = 28

_LETTERS = re.compile(r"[^\W_]+")

# Beyond this share of the width a name stands left of its dot, or it would be cut off.
_LEFTWARD = 0.75


def label(name: str) -> str:
    """A name as a map shows it, cut where it would take a quarter of the map: behind a word, so
    that what is seen can be said.

    >>> label("Welcome to Larkspur Instruments")
    'Welcome to Larkspur…'
    """
    if len(name) <= _LONGEST:
        return name
    end = _LONGEST - 1
    cut = next((word.start() for word in _LETTERS.finditer(name) if word.end() > end), end)
    return f"{name[: min(cut, end) or end].rstrip()}…"


def is_leftward(points: Points) -> NDArray[np.bool_]:
    """Whether the name of each dot stands left of it, bool (n,)."""
    leftward: NDArray[np.bool_] = points[:, 0] > _LEFTWARD * WIDTH
    return leftward


def named_from(points: Points, letters: Sequence[int], leftward: NDArray[np.bool_]) -> Zooms:
    """The zoom from which each name has room beside its dot; the last zoom where it never has.

    The last dots are named first. A name may cover neither a name that is there already nor a dot
    that is drawn above it. Zooming in moves dots apart and leaves names as large as they are: a
    name that has room keeps it.

    Args:
        letters: the length of each name.
        leftward: whether it stands left of its dot.
    """
    lengths = np.array(letters) * _LETTER + _DOT
    # From where to where a name and its dot reach, in pixels from the middle of the dot.
    names = np.column_stack([np.where(leftward, lengths, _DOT), np.where(leftward, _DOT, lengths)])
    # The zoom from which each name covers nothing that is there.
    clear = np.zeros(len(points))
    for dot in range(1, len(points)):
        np.maximum(clear[:dot], _parted(points, names, dot, _DOT, _DOT)[:dot], out=clear[:dot])
    rooms = np.full(len(points), len(ZOOMS) - 1, np.uint8)
    is_named = np.zeros(len(points), np.bool_)
    for place, zoom in enumerate(ZOOMS):
        for dot in np.flatnonzero(~is_named & (clear <= zoom))[::-1].tolist():
            if clear[dot] <= zoom:
                rooms[dot], is_named[dot] = place, True
                np.maximum(clear, _parted(points, names, dot, *names[dot].tolist()), out=clear)
    return rooms


def _parted(
    points: Points, names: NDArray[np.float64], dot: int, left: float, right: float
) -> NDArray[np.float64]:
    """The zoom from which each name is beside what reaches so far left and right of a dot, or above
    or below it; float64 (n,)."""
    across, down = (points[dot] - points).astype(np.float64).T
    gap = np.where(across > 0, names[:, 1] + left, names[:, 0] + right)
    with np.errstate(divide="ignore"):
        parted: NDArray[np.float64] = np.minimum(gap / np.abs(across), _LINE / np.abs(down))
    return parted
