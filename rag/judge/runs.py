"""The run of pieces whose worths exceed a bar by most in sum.

Bentley, "Programming Pearls: Algorithm Design Techniques", 1984.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate

from entrywise.rag.find.boilerplate import is_sentence
from entrywise.rag.judge.section_pieces import SectionPieces

_LONG = 150
"""Pieces of a section in which an excerpt has to hold the best one; it holds one that defines what
is asked for in any."""
_STARTS = 64
"""Pieces of a section that a run may begin with: the best ones."""
_NEXT_TITLE = 0.1
"""What it costs to go on into a paragraph that begins with a title of its own ("Bees. …"). With
0.15 two texts fewer are shown of the fourteen collections."""
_CLEAR = 0.1
"""How much more than any other piece one is worth that answers by itself."""
_BY_THEMSELVES = ("paragraph", "item", "row")
"""Kinds of blocks that may answer by themselves: a step is one of several, and code may be the
error that is asked about."""
_NAME = 4
"""Words of an item or a title that names what stands below it."""
_LIST = 100
"""Words of a list of which all steps are read, whatever they say."""
_SAID, _OTHERS = 0.5, 0.5
"""The share of a question that an example says at least, and how much of that others may say."""


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


def without_torn(
    pieces: SectionPieces, chosen: Collection[int], worths: Sequence[float]
) -> set[int]:
    """Some pieces without those that tell nothing where others are left out, but the best: a name
    whose text is, and code that follows other code which is."""
    best = max(chosen, key=worths.__getitem__)
    blocks = pieces.blocks
    left_out = {block.lead for block in blocks} - {blocks[one].lead for one in chosen}

    def is_torn(place: int) -> bool:
        if blocks[place].kind == "code":
            return place > 0 and blocks[place - 1].kind == "code" and place - 1 not in chosen
        is_name = blocks[place].kind in ("item", "title") and pieces.sizes[place] <= _NAME
        heads = pieces.block_of[place] in left_out
        return is_name and heads and not is_sentence(pieces.texts[place])

    return {one for one in chosen if one == best or not is_torn(one)}


def standing_out(
    pieces: SectionPieces, chosen: Collection[int], worths: Sequence[float]
) -> set[int]:
    """The piece that answers by itself, with what it announces: the best of the chosen ones, if it
    is clearly better than the others and not most of what they say; else none."""
    best, *others = sorted(chosen, key=lambda place: -worths[place])
    if pieces.blocks[best].kind == "row":
        # The header of a table repeats what is asked, and answers nothing.
        others = [one for one in others if pieces.blocks[one].kind != "header"]
    is_clear = others and worths[best] - worths[others[0]] >= _CLEAR
    if not is_clear or pieces.blocks[best].kind not in _BY_THEMSELVES:
        return set()
    key = pieces.announced(best).intersection(chosen) | {best}
    words = sum(pieces.sizes[place] for place in chosen)
    return key if 2 * sum(pieces.sizes[place] for place in key) <= words else set()


def example(pieces: SectionPieces, run: range, said: Callable[[str], float]) -> set[int]:
    """The one of several numbered examples that alone says what is asked, where a run begins with
    one of a long list: it is no step of a way. None where all tell the way.

    Args:
        said: how much of what is asked a text says, and what stands above it does not, in [0, 1].
    """
    steps = pieces.steps(run.start)
    if len(steps) < 2 or sum(pieces.sizes[place] for step in steps for place in step) <= _LIST:
        return set()
    told = [said("\n".join(pieces.texts[place] for place in step)) for step in steps]
    *_, next_best, most = sorted(told)
    is_alone = most >= _SAID and next_best <= _OTHERS * most
    return set(steps[told.index(most)]) if is_alone else set()


def labelled(pieces: SectionPieces, blocks: Collection[int]) -> set[int]:
    """The pieces of some blocks, by their numbers, with all that these announce."""
    found: set[int] = set()
    waiting = [place for place, number in enumerate(pieces.block_of) if number in blocks]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += pieces.announced(place)
    return found
