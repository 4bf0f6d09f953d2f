"""The map of all entries: dots with names, and the links between them, in two views."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.index.encoders.base import Vectors
from entrywise.index.index import Index
from entrywise.web.served.collection import Collection
from entrywise.web.served.layouts import Positions, by_links, by_meaning

ViewName = Literal["links", "meaning"]

WIDTH, HEIGHT = 1000, 700
"""The size of the drawing, in its own units."""

MOST_DOTS = 1_000
"""More cannot be told apart; and twice as many take a minute to draw."""

# The zooms, in pixels for each unit of the drawing, at which it is decided anew which names fit:
# from the width of the narrowest phone to where the glossary's last name fits.
_SCALES = (0.22, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0)

# In pixels: the width of a name's letter on average, the height of a line, and the space that a dot
# takes from its middle to its name and on the other side.
_LETTER, _LINE, _DOT = 6.4, 18.0, 12.0

# Letters of a name that are shown.
_LONGEST = 28

# Beyond this share of the width a name stands left of its dot, or it would be cut off.
_LEFTWARD = 0.75


@dataclass(frozen=True, slots=True)
class Dot:
    """An entry on the map.

    `links` are the numbers of the dots that it is linked with, from 0, in either direction. Its
    name has room from the zoom `named_from` on, in pixels for each unit, to the right of the dot or
    `leftward`.
    """

    entry: Entry
    x: float
    y: float
    links: tuple[int, ...]
    named_from: float
    leftward: bool

    @property
    def label(self) -> str:
        """The name of the entry, cut where it would take a quarter of the map."""
        return _label(self.entry)

    @property
    def radius(self) -> float:
        """What is seen of how many links an entry has, in pixels: the area grows with them."""
        return round(math.sqrt(16 + 2.5 * min(len(self.links), 50)), 1)


def _label(entry: Entry) -> str:
    name = entry.short_name
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


class Atlas:
    """The views of one knowledge base, drawn when one is first looked at, and kept."""

    def __init__(self, knowledge_base: Collection, index: Index) -> None:
        """Draw the entries of this index, which are those of the knowledge base, in its order."""
        self._knowledge_base = knowledge_base
        self._index = index
        self.pages: dict[tuple[ViewName, str], bytes] = {}
        """The pages that show it, kept by who renders them: a thousand dots take 100 ms."""
        self._views: dict[ViewName, Future[tuple[Dot, ...]]] = {}
        self._lock = Lock()

    def view(self, name: ViewName) -> tuple[Dot, ...]:
        """The dots of a view; those with many links come last, and are drawn above the others.

        The first call takes a second or two. The other view is drawn behind it, so that it is there
        when a reader turns to it.
        """
        with self._lock:
            if not self._views:
                drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="atlas")
                first_wanted: list[ViewName] = sorted(
                    get_args(ViewName), key=lambda view: view != name
                )
                self._views = {view: drawing.submit(self._drawn, view) for view in first_wanted}
                drawing.shutdown(wait=False)
        return self._views[name].result()

    @property
    def left_out(self) -> int:
        """How many entries are not on the map, because others have more links."""
        return len(self._knowledge_base) - len(self._ordinals)

    @cached_property
    def _ordinals(self) -> list[int]:
        """The entries on the map, those with the most links last."""
        return self._knowledge_base.listing.most_linked(MOST_DOTS)

    @cached_property
    def _links(self) -> list[tuple[int, ...]]:
        """For each dot, the dots that it is linked with."""
        number = {entry.id: dot for dot, entry in enumerate(self._entries)}
        links: list[set[int]] = [set() for _ in number]
        for dot, entry in enumerate(self._entries):
            for other in {number[id] for id in entry.related if id in number} - {dot}:
                links[dot].add(other)
                links[other].add(dot)
        return [tuple(sorted(some)) for some in links]

    @cached_property
    def _entries(self) -> list[Entry]:
        return [self._knowledge_base.entries[ordinal] for ordinal in self._ordinals]

    def _placed(self, name: ViewName) -> Positions:
        if name == "meaning":
            return by_meaning(mean_vectors(self._index, self._ordinals))
        pairs = ((one, other) for one, links in enumerate(self._links) for other in links)
        return by_links(len(self._ordinals), pairs)

    def _drawn(self, name: ViewName) -> tuple[Dot, ...]:
        points = self._placed(name) * np.array([WIDTH, HEIGHT], np.float64)
        leftward = points[:, 0] > _LEFTWARD * WIDTH
        rooms = named_from(points, [len(_label(entry)) for entry in self._entries], leftward)
        return tuple(
            Dot(entry, round(x, 1), round(y, 1), links, room, left)
            for entry, (x, y), links, room, left in zip(
                self._entries, points.tolist(), self._links, rooms, leftward.tolist(), strict=True
            )
        )


def mean_vectors(index: Index, ordinals: Sequence[int]) -> Vectors:
    """The mean of the chunk vectors of each entry, float32 (n, dim) of unit length; zero for an
    entry without text."""
    vectors = np.zeros((len(ordinals), index.sentence_vectors.shape[1]), np.float32)
    for dot, ordinal in enumerate(ordinals):
        for row in range(*index.chunks.stretch(ordinal, ordinal + 1)):
            vectors[dot] += index.chunk_vectors.vector(row)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def named_from(
    points: Positions, letters: Sequence[int], leftward: NDArray[np.bool_]
) -> list[float]:
    """The zoom from which each name has room beside its dot; the last zoom where it never has.

    The last dots are named first. A name may cover neither a name that is there already nor a dot
    that is drawn above it. Zooming in moves dots apart and leaves names as large as they are: a
    name that has room keeps it.

    Args:
        points: float64 (n, 2), in units of the drawing.
        letters: the length of each name.
        leftward: whether it stands left of its dot, bool (n,).
    """
    rooms = [_SCALES[-1]] * len(points)
    lengths = np.array(letters) * _LETTER + _DOT
    # From where to where a name and its dot reach, in pixels from the middle of the dot.
    reach = np.column_stack(
        [np.where(leftward, -lengths, -_DOT), np.where(leftward, _DOT, lengths)]
    )
    named: list[int] = []
    left = list(reversed(range(len(points))))
    for scale in _SCALES:
        for dot in left:
            if _has_room(dot, named, points * scale, reach):
                named.append(dot)
                rooms[dot] = scale
        left = [dot for dot in left if dot not in named]
    return rooms


def _has_room(
    dot: int, named: Sequence[int], pixels: Positions, reach: NDArray[np.float64]
) -> bool:
    """Whether the name of a dot covers no name that is there already and no dot above it."""
    right, down = (pixels - pixels[dot]).T
    starts, ends = np.full(len(pixels), -_DOT), np.full(len(pixels), _DOT)
    starts[named], ends[named] = reach[named].T
    start, end = reach[dot]
    covers = (right + starts < end) & (start < right + ends) & (np.abs(down) < _LINE)
    above = np.arange(len(pixels)) > dot
    above[named] = True
    return not (covers & above).any()
