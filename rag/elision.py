"""Names of which a question says only the first half: "tensor vs pipeline parallelism"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from entrywise.index.names import NameIndex

_WORD = r"[\w-]{1,60}"
_SHARED_NOUN = re.compile(
    rf"(?<![\w-])({_WORD})(?:,? (vs\.?|versus|or|and) |/)({_WORD}) ([A-Za-z]{_WORD})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HalfName:
    """A name completed by the noun that it shares with the next one.

    `start` and `end` (characters, end exclusive) are the place of what is written there; `entry`
    is the ordinal of the entry that owns `name`, or None.
    """

    name: str
    start: int
    end: int
    entry: int | None


def half_names(text: str, names: NameIndex) -> Iterator[HalfName]:
    """Both names of "A vs B noun", if an entry owns "A noun" or "B noun".

    A name that no entry owns counts only after "vs": "memory and KV cache" is no "memory cache".
    """
    for match in _SHARED_NOUN.finditer(text):
        first, versus, second, noun = match.groups()
        found = [
            HalfName(name, start, end, next(iter(names.owners(name)), None))
            for name, start, end in (
                (f"{first} {noun}", match.start(1), match.end(1)),
                (f"{second} {noun}", match.start(3), match.end(4)),
            )
        ]
        compares = (versus or "").lower().startswith("v")
        owned = [half for half in found if half.entry is not None]
        yield from found if compares and owned else owned
