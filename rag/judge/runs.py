"""The run of pieces whose worths exceed a bar by most in sum.

Bentley, "Programming Pearls: Algorithm Design Techniques", 1984.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from entrywise.rag.judge.section_pieces import SectionPieces

_LONG = 150
"""Pieces of a section in which an excerpt has to hold the best one; it holds one that defines what
is asked for in any."""
_STARTS = 64
"""Pieces of a section that a run may begin with: the best ones."""
_NEXT_TITLE = 0.1
"""What it costs to go on into a paragraph that begins with a title of its own ("Bees. …"). With
0.15 two texts fewer are shown of the fourteen collections."""


def run_from(first: int, sizes: Sequence[int], budget: int) -> range:
    """A piece and those behind it that together have so many words at most.

    >>> run_from(1, [50, 30, 40, 60], 100)
    range(1, 3)
    """
    until = accumulate(sizes[first:])
    return range(first, first + max(sum(words <= budget for words in until), 1))


def answering_run(
    pieces: SectionPieces,
    worths: Sequence[float],
    begins_title: Sequence[bool],
    held: int | None,
    budget: int,
    bar: float,
) -> range:
    """The run of the pieces of a section that answers.

    Args:
        begins_title: whether each piece begins a paragraph that has a title of its own.
        held: the piece that it has to hold, if there is one.
        bar: the worth from which on a piece is worth reading.
    """
    if held is None and any(begins_title):
        # Others that are a little good outweigh the one that is meant.
        held = max(range(len(worths)), key=worths.__getitem__)
    told = zip(worths, pieces.crossings, begins_title, strict=True)
    costly = [(worth, crossing + _NEXT_TITLE * title) for worth, crossing, title in told]
    return best_run(costly, pieces.sizes, budget, held, bar)


def best_run(
    told: Sequence[tuple[float, float]],
    sizes: Sequence[int],
    budget: int,
    held: int | None,
    bar: float,
) -> range:
    """The run whose worths exceed the bar by most in sum, of at most `budget` words where one
    piece has not more.

    Args:
        told: the worth of each piece, and what it costs to come to it from the one before.
        held: the piece that it has to hold, if there is one.
        bar: the worth from which on a piece is worth reading.
    """
    worths = [worth for worth, _ in told]
    order = sorted(range(len(worths)), key=lambda place: -worths[place])
    if held is None and len(worths) > _LONG:
        # In a table of hundreds of rows many that are a little good outweigh the one that is meant.
        held = order[0]
    first = order[0] if held is None else held
    best, found = -1.0, range(first, first + 1)
    for start in sorted({first, *order[:_STARTS]}):
        total, words = 0.0, 0
        for place in range(start, len(worths)):
            words += sizes[place]
            if place > start and words > budget:
                break
            total += worths[place] - bar - (told[place][1] if place > start else 0.0)
            run = range(start, place + 1)
            if total > best and (held is None or held in run):
                best, found = total, run
    return found


def without_ends(
    chosen: Iterable[int],
    worths: Sequence[float],
    idle: Collection[int],
    headings: Collection[int] = (),
) -> set[int]:
    """Some pieces without those at their ends that tell nothing, nor head what is told, up to the
    best one.

    Args:
        idle: pieces that tell nothing by themselves.
        headings: those that only head what is behind them.
    """
    order = sorted(chosen)
    best = max(order, key=worths.__getitem__)
    while order[0] in idle and order[0] != best:
        order.pop(0)
    while (order[-1] in idle or order[-1] in headings) and order[-1] != best:
        order.pop()
    return set(order)
