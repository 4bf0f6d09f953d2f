"""The map of all entries as pages show it: dots with names, and the links between them, in two
views. Where they are was found out when the index was built (`index/map/`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from entrywise.data.entries import short_name
from entrywise.index.listing.listing import Group, Summary
from entrywise.index.map.labels import ZOOMS, is_leftward, label
from entrywise.index.map.map import Map, ViewName
from entrywise.web.served.collection import Collection

_FEW = 40
"""Dots whose names are all shown: there is room for them on either side."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An entry on the map.

    `links` are the numbers of the dots that it is linked with, from 0, in either direction. Its
    name has room from the zoom `named_from` on, in pixels for each unit, to the right of the dot or
    `leftward`.
    """

    entry: Summary
    group: Group
    links: tuple[int, ...]
    x: float
    y: float
    named_from: float
    leftward: bool

    @property
    def name(self) -> str:
        """The name of the entry as people say it."""
        return short_name(self.entry.name)

    @property
    def label(self) -> str:
        """The name, cut where it would take a quarter of the map."""
        return label(self.name)

    @property
    def radius(self) -> float:
        """What is seen of how many links an entry has, in pixels: the area grows with them."""
        return round(math.sqrt(16 + 2.5 * min(len(self.links), 50)), 1)

    @property
    def half(self) -> float:
        """Half of the side of a square that looks as large, in pixels."""
        return round(0.85 * self.radius, 1)

    @property
    def linked(self) -> str:
        """The numbers of `links`, parted by blanks."""
        return " ".join(map(str, self.links))


@dataclass(frozen=True, slots=True)
class View:
    """Dots, those with many links last: they are drawn above the others."""

    dots: tuple[Dot, ...]

    @property
    def has_few(self) -> bool:
        """Whether all names are shown."""
        return len(self.dots) <= _FEW

    @property
    def lines(self) -> str:
        """All links as the path of an SVG, each once."""
        dots = self.dots
        return "".join(
            f"M{dot.x} {dot.y}L{dots[other].x} {dots[other].y}"
            for number, dot in enumerate(dots)
            for other in dot.links
            if other > number
        )


class Atlas:
    """The views of one knowledge base."""

    def __init__(self, knowledge_base: Collection, drawn: Map) -> None:
        """Show the map of the index that the knowledge base is read from."""
        self._knowledge_base = knowledge_base
        self._map = drawn
        self.pages: dict[tuple[ViewName, str], bytes] = {}
        """The pages that show it, kept by who renders them."""

    def prepare(self) -> None:
        """Read what all views show."""
        _ = self._dots

    @property
    def left_out(self) -> int:
        """How many entries are not on the map, because others have more links, or none has any."""
        return len(self._knowledge_base) - len(self._map.dots)

    @property
    def has_links(self) -> bool:
        """Whether any dot is linked with another."""
        return len(self._map.links) > 0

    def view(self, name: ViewName) -> View:
        """What is drawn by links, or by meaning."""
        points = self._map.points(name)
        places = zip(
            points.astype(float).round(1).tolist(),
            self._map.dots[name]["zoom"].tolist(),
            is_leftward(points).tolist(),
            strict=True,
        )
        return View(
            tuple(
                Dot(entry, group, links, x, y, ZOOMS[zoom], left)
                for (entry, group, links), ((x, y), zoom, left) in zip(
                    self._dots, places, strict=True
                )
            )
        )

    @cached_property
    def _dots(self) -> list[tuple[Summary, Group, tuple[int, ...]]]:
        """What each dot is, its category, and the dots that it is linked with."""
        links: list[list[int]] = [[] for _ in self._map.dots]
        for one, other in self._map.links.tolist():
            links[one].append(other)
            links[other].append(one)
        ordinals = self._map.dots["entry"].tolist()
        found = {entry.ordinal: entry for entry in self._knowledge_base.listing.of(ordinals)}
        groups = {one.category: self._knowledge_base.group(one.category) for one in found.values()}
        return [
            (found[ordinal], groups[found[ordinal].category], tuple(sorted(some)))
            for ordinal, some in zip(ordinals, links, strict=True)
        ]
