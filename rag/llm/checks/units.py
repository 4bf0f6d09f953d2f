"""What numbers measure: the units of texts on computers, and how they convert."""

from __future__ import annotations

import re
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit: what it measures, and how many of the smallest named one it is."""

    kind: str
    size: float = 1.0


BIT = Unit("byte", 0.125)
PERCENT = Unit("percent")
TIMES = Unit("times")

_SCALES: dict[str, dict[str, float]] = {
    "byte": {
        "bit bits bpw": 0.125,
        "byte bytes": 1,
        "kilobyte kilobytes kb kib": 1e3,
        "megabyte megabytes mb mib": 1e6,
        "gigabyte gigabytes gb gib gigs": 1e9,
        "terabyte terabytes tb tib": 1e12,
    },
    "byte per second": {"mb/s mbps": 1e6, "gb/s gbps": 1e9, "tb/s tbps": 1e12},
    "second": {
        "microsecond microseconds us µs": 1e-6,
        "millisecond milliseconds ms": 1e-3,
        "second seconds s sec secs": 1,
        "minute minutes min mins": 60,
        "hour hours h": 3600,
        "day days": 86_400,
        "week weeks": 604_800,
        "month months": 2_629_746,
        "year years": 31_556_952,
    },
    "flop": {
        "gigaflop gigaflops gflop gflops": 1e9,
        "teraflop teraflops tflop tflops": 1e12,
        "petaflop petaflops pflop pflops": 1e15,
    },
    "count": {"thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12},
}
_COUNTED = (
    "times × x fold",
    "token tokens",
    "layer layers",
    "head heads",
    "expert experts",
    "gpu gpus",
    "dollar dollars usd",
)
_UNITS = {
    **{
        word: Unit(kind, float(size))
        for kind, scale in _SCALES.items()
        for names, size in scale.items()
        for word in names.split()
    },
    **{word: Unit(names.split()[0]) for names in _COUNTED for word in names.split()},
}
# Without a number only plurals are surely units: "second" is an ordinal, "us" a pronoun.
_PLURAL = re.compile(r"\b[^\W\d_]{4,}s\b")


def unit(word: str) -> Unit | None:
    """The unit that a word names.

    >>> unit("GB"), unit("ms").kind, unit("model")
    (Unit(kind='byte', size=1000000000.0), 'second', None)
    """
    return _UNITS.get(word.lower())


def written_out(text: str) -> set[Unit]:
    """The units that a text names in full, whatever number is before them."""
    named = (_UNITS.get(word.lower()) for word in _PLURAL.findall(text))
    return {one for one in named if one and one.kind in _SCALES}
