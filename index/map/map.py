"""The map of an index: which entries are drawn, where, and how they are linked.

Two files: of each dot a row, and of each link one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.index.map.labels import HEIGHT, WIDTH, ZOOMS, Points
from entrywise.index.map.links import Links

ViewName = Literal["links", "meaning"]

DIGEST = 16
"""Bytes that tell whether an entry's text is embedded as it was."""

_PLACE = np.dtype([("x", np.float32), ("y", np.float32), ("zoom", np.uint8)])
"""Where a dot is in a view, each coordinate in [0, 1], and from which of `ZOOMS` on its name has
room beside it."""

DOT = np.dtype(
    [
        ("entry", np.int32),
        *((view, _PLACE) for view in get_args(ViewName)),
        ("text", np.uint8, DIGEST),
    ]
)
"""An entry that is drawn: its ordinal, its places, and the digest of what its place by meaning
follows from."""

Dots = NDArray[np.void]
"""`DOT` (n,); dots with many links come last, and are drawn above the others."""


@dataclass(frozen=True)
class Map:
    """What is drawn of an index."""

    dots: Dots
    links: Links
    """Pairs of numbers of dots, from 0, the lower one first; int32 (links, 2)."""

    def points(self, view: ViewName) -> Points:
        """Where the dots are in a view, float32 (n, 2), in units of the drawing."""
        places = self.dots[view]
        return np.column_stack([WIDTH * places["x"], HEIGHT * places["y"]])

    def write(self, dots: Path, links: Path) -> None:
        """Write it into two files.

        Raises:
            OSError: one of them cannot be written.
        """
        np.save(dots, self.dots)
        np.save(links, self.links)

    @classmethod
    def read(cls, dots: Path, links: Path, entries: int) -> Map:
        """Read what `write` wrote.

        Args:
            entries: how many the index has.

        Raises:
            IndexDamaged: it cannot be read, or is no map of so many entries.
        """
        found = cls(_array(dots), _array(links))
        if not _is_of(found.dots, entries):
            raise _damage(dots, "a dot is none")
        if not _joins(found.links, len(found.dots)):
            raise _damage(links, "a link is none")
        return found


def _array(path: Path) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(path, allow_pickle=False)
    except (ValueError, EOFError, OSError, MemoryError) as error:
        raise _damage(path, str(error)) from error
    return array


def _is_of(dots: NDArray[Any], entries: int) -> bool:
    """Whether these are dots, each of another entry, all of them within the drawing."""
    if dots.dtype != DOT or dots.ndim != 1:
        return False
    ordinals = dots["entry"]
    if not ((ordinals >= 0) & (ordinals < entries)).all() or len({*ordinals.tolist()}) < len(dots):
        return False
    for view in get_args(ViewName):
        # What is no number is in no range.
        within = [(dots[view][axis] >= 0) & (dots[view][axis] <= 1) for axis in "xy"]
        if not (np.all(within) and (dots[view]["zoom"] < len(ZOOMS)).all()):
            return False
    return True


def _joins(links: NDArray[Any], dots: int) -> bool:
    """Whether these are links of two dots each, of so many."""
    if links.dtype != np.int32 or links.shape[1:] != (2,):
        return False
    one, other = links.T
    return bool(((one >= 0) & (one < other) & (other < dots)).all())


def _damage(path: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(f"{path.name} of the index cannot be used ({reason}); build it again")
