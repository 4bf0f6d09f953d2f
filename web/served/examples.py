"""Examples to begin with, made of the entries that most others name."""

from __future__ import annotations

from itertools import combinations

from entrywise.data.entries import Entry
from entrywise.web.served.served import Served

_PAIRS = 4
_DESCRIBED = 2


def questions(served: Served) -> list[str]:
    """One for a name, one for a difference, and others as people ask who do not know the name."""
    links = served.knowledge_base.backlinks
    first, *others = sorted(served.knowledge_base, key=lambda entry: -len(links[entry.id]))
    compared = [f"Difference between {a.short_name} and {b.short_name}" for a, b in pairs(served)]
    described = [entry.questions[0] for entry in others if entry.questions]
    shortest = sorted(compared, key=len)[:1]
    return [f"What is {first.short_name}?", *shortest, *map(sentence, described[:_DESCRIBED])]


def sentence(question: str) -> str:
    """A question that begins with a capital, as people write it.

    >>> sentence("why is GQA faster")
    'Why is GQA faster'
    """
    return question[:1].upper() + question[1:]


def pairs(served: Served) -> list[tuple[Entry, Entry]]:
    """Entries of one category that name each other and are named with the same others: what people
    confuse. No entry is in two pairs."""
    links = served.knowledge_base.backlinks
    near = {entry.id: {*entry.related, *links[entry.id]} for entry in served.knowledge_base}
    alike = [
        (one, other)
        for _, entries in served.grouped()
        for one, other in combinations(entries, 2)
        if one.id in other.related and other.id in one.related
    ]
    alike.sort(key=lambda pair: -_overlap(near[pair[0].id], near[pair[1].id]))
    found: list[tuple[Entry, Entry]] = []
    for pair in alike:
        if len(found) < _PAIRS and not any({*pair} & {*other} for other in found):
            found.append(pair)
    return found


def _overlap(one: set[str], other: set[str]) -> float:
    """How much two sets share: their Jaccard index, times the number of what they share."""
    shared = len(one & other)
    return shared * shared / len(one | other)
