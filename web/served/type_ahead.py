"""Search as you type: the entries that a few typed letters may mean, typos forgiven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from entrywise.data.words import folded
from entrywise.index.names.forms import Name

MOST_COMPLETIONS = 8

# Nobody types more of a name; the length bounds the time that a pasted text takes.
_LONGEST = 60

# One slip from four letters on, two from eight: "mla" is another name than "mqa", not a typo.
_SLIPS = ((8, 2), (4, 1), (0, 0))


@dataclass(frozen=True, slots=True)
class _Start:
    """What may be typed: a name from the start of one of its words on."""

    text: str
    entry: int
    order: tuple[bool, int]
    """What is shown first: a whole name before the middle of one, then the shorter name."""


class Completer:
    """Finds entries by the start of a name, an alias or an expansion, or of a word in it."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Complete to these names."""
        self._starts = sorted(
            {start for name in names for start in _starts(name)},
            key=lambda start: (start.order, start.entry),
        )

    def complete(self, typed: str, limit: int = MOST_COMPLETIONS) -> list[int]:
        """The ordinals of the entries that the typed letters may mean, most likely first: where no
        name begins with them, those whose names nearly do."""
        wanted = folded(typed)[:_LONGEST]
        if not wanted:
            return []
        begun = dict.fromkeys(
            start.entry for start in self._starts if start.text.startswith(wanted)
        )
        return list(begun or dict.fromkeys(self._misspelt(wanted)))[:limit]

    def _misspelt(self, wanted: str) -> Iterator[int]:
        """The entries whose names begin with the typed letters but for a slip or two."""
        slips = next(slips for letters, slips in _SLIPS if len(wanted) >= letters)
        if slips == 0 or not self._starts:
            return
        # A letter may be missing or too many: the beginning is as long as what was typed, give or
        # take one.
        distances = np.min(
            [
                _distances(wanted, [start.text[:length] for start in self._starts], slips)
                for length in range(len(wanted) - 1, len(wanted) + 2)
            ],
            axis=0,
        )
        for position in np.argsort(distances, kind="stable"):
            if distances[position] > slips:
                return
            yield self._starts[position].entry


def _starts(name: Name) -> Iterator[_Start]:
    """A name from each of its words on: "latent attention" finds Multi-head Latent Attention."""
    words = folded(name.form).split()
    for position in range(len(words)):
        text = " ".join(words[position:])
        yield _Start(text, name.entry, (position > 0, len(name.form)))


def _distances(wanted: str, beginnings: Sequence[str], slips: int) -> NDArray[np.integer[Any]]:
    """The edits, swapped neighbours counting once, between a text and each of many, int (n,);
    more than `slips` where there are more."""
    distances: NDArray[np.integer[Any]] = process.cdist(
        [wanted], beginnings, scorer=OSA.distance, score_cutoff=slips
    )[0]
    return distances
