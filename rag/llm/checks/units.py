"""What numbers measure: the units of everyday life and those of a subject, and how they convert."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from entrywise.rag.domains.base import Unit

BIT = Unit("byte", 0.125)
PERCENT = Unit("percent")
TIMES = Unit("times")

_SCALES: dict[str, dict[str, float]] = {
    "byte": {
        "bit bits": 0.125,
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
    "gram": {
        "milligram milligrams mg": 1e-3,
        "gram grams g": 1,
        "kilogram kilograms kg": 1e3,
        "tonne tonnes": 1e6,
    },
    "metre": {
        "millimetre millimetres millimeter millimeters mm": 1e-3,
        "centimetre centimetres centimeter centimeters cm": 1e-2,
        "metre metres meter meters": 1,
        "kilometre kilometres kilometer kilometers km": 1e3,
    },
    "litre": {
        "millilitre millilitres milliliter milliliters ml": 1e-3,
        "litre litres liter liters": 1,
    },
    "count": {"thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12},
    "times": {"times × x fold": 1},
    "dollar": {"dollar dollars usd": 1},
    "euro": {"euro euros eur": 1},
}
_EVERYDAY = {
    word: Unit(kind, float(size))
    for kind, scale in _SCALES.items()
    for words, size in scale.items()
    for word in words.split()
}
# Without a number only plurals are surely units: "second" is an ordinal, "us" a pronoun.
_PLURAL = re.compile(r"\b[^\W\d_]{4,}s\b")


@dataclass(frozen=True)
class Units:
    """The units that a text on some subject may name: those of everyday life, and the subject's.

    >>> Units().named("GB"), Units().named("model")
    (Unit(kind='byte', size=1000000000.0), None)
    """

    of_subject: Mapping[str, Unit] = field(default_factory=dict)
    """{word in lower case: its unit}, as a domain has them."""

    def named(self, word: str) -> Unit | None:
        """The unit that a word names."""
        lower = word.lower()
        return self.of_subject.get(lower) or _EVERYDAY.get(lower)

    def written_out(self, text: str) -> set[Unit]:
        """The units that a text names in full, whatever number is before them."""
        return {one for word in _PLURAL.findall(text) if (one := self.named(word))}


EVERYDAY = Units()
"""Where a text may be on any subject."""
