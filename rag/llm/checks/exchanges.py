"""Whether a claim says of one thing what its quotes say of another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, islice, pairwise

from entrywise.rag.llm.checks.clauses import Clause, things
from entrywise.rag.llm.checks.words import stem, words

# "faster than", "outperforms": what stands before it is above what stands behind it.
_COMPARES = re.compile(
    r"\b(?:than|outperform\w*|exceed\w*|surpass\w*|beats?)\b(?! by\b)", re.IGNORECASE
)
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W_]+|[^\w\s]")
_FULL_STOP = re.compile(r"[.;](?!\w)")

_TURN = re.compile(
    r"[:—]|\b(?:whereas|while|but|although|though|because|since|so)\b", re.IGNORECASE
)
_STOP = re.compile(r"[,()]|\b(?:and|or|which|whereas|while|but|although|though|because)\b", re.I)

Told = tuple[set[str], set[str]]
"""What is told of one thing, and of another."""

# What is said of two things has to fit better the other way round by more than so many words. On
# the dev claims these cost no supported claim and catch 9. With 0 for names and numbers three are
# lost, with 3 two swaps are missed; with 1 for others two supported claims are lost.
_MARGIN = 1
_MARGIN_OF_OTHERS = 5
# A sentence speaks of few things and compares few; more than these are not read.
_MOST_THINGS = 12
_MOST_COMPARISONS = 20


def exchange(
    claim: Sequence[Clause], quotes: Sequence[Clause], names: Collection[str], text: str
) -> tuple[str, str] | None:
    """Two things of a claim, both in its quotes, that have changed places: two names, two numbers,
    or two that clauses of the claim begin with. What is said of each in the claim has more words
    in common with what is said of the other one in the quotes.

    Args:
        names: the things that are names.
        text: the quotes.
    """
    given = {thing for clause in quotes for thing in clause.things}
    held = [t for t in dict.fromkeys(t for c in claim for t in c.things) if t in given]
    first = {clause.things[0] for clause in claim} & {clause.things[0] for clause in quotes}
    kinds = (
        ([thing for thing in held if thing in names], _MARGIN),
        ([thing for thing in held if thing[0].isdigit()], _MARGIN),
        ([thing for thing in held if thing in first], _MARGIN_OF_OTHERS),
    )
    for kind, margin in kinds:
        for one, other in combinations(kind[:_MOST_THINGS], 2):
            crossed = _crossed(_said_of(one, other, claim), _said_of(one, other, quotes))
            if crossed > margin and not (one in names and _listed(one, other, text, names)):
                return one, other
    return None


def _crossed(here: Told, there: Told) -> int:
    """How much better what a claim says of two things fits the other way round."""
    if not all((*here, *there)):
        return 0
    straight = len(here[0] & there[0]) + len(here[1] & there[1])
    return len(here[0] & there[1]) + len(here[1] & there[0]) - straight


def _said_of(one: str, other: str, text: Sequence[Clause]) -> Told:
    """What a text says of one thing and of another: the things of their clauses, and of those that
    follow in the same sentence without naming either."""
    said: Told = (set(), set())
    about: int | None = None
    sentence = -1
    for clause in text:
        named = [place for place, thing in enumerate((one, other)) if thing in clause.things]
        if named or clause.sentence != sentence:
            about = named[0] if len(named) == 1 else None
        sentence = clause.sentence
        if about is not None:
            said[about].update(clause.things)
    return said[0] - {one}, said[1] - {other}


def _listed(one: str, other: str, text: str, names: Collection[str]) -> bool:
    """Whether a text lists two names, so that all it says is said of both: nothing but names stands
    between them, and "and" or "or"."""
    places = [word for word in words(text) if word.stem in (one, other)]
    for first, second in pairwise(places):
        between = text[first.end : second.start].lower()
        row = _TOKEN.findall(between)
        joints = {*row} & {"and", "or"}
        rest = {*row} - {"and", "or", "the", ","}
        if joints and all(token[0].isdigit() or stem(token) in names for token in rest):
            return True
    return False


def compared_otherwise(claim: str, quotes: str) -> str | None:
    """The word by which a claim compares the other way round than its quotes do: what they have
    below, it has above."""
    given = list(islice(_comparisons(quotes), _MOST_COMPARISONS))
    for word, above, below in islice(_comparisons(claim), _MOST_COMPARISONS):
        turned = [
            len(low & above - below) - len(low & below - above)
            for other, higher, lower in given
            if word == other and (low := lower - higher)
        ]
        if turned and max(turned) > 0 and min(turned) >= 0:
            return word
    return None


def _comparisons(text: str) -> Iterator[tuple[str, set[str], set[str]]]:
    """The stem of each comparing word, and the things before and behind it in its sentence."""
    for sentence in _FULL_STOP.split(text):
        for match in _COMPARES.finditer(sentence):
            start = max(
                (end.end() for end in _TURN.finditer(sentence, 0, match.start())), default=0
            )
            stop = _STOP.search(sentence, match.end())
            before = things(sentence[start : match.start()])
            behind = things(sentence[match.end() : stop.start() if stop else None])
            yield stem(match[0]), {*before}, {*behind}
