"""Finds numbers that should agree: the same thing, measured in the same unit, in two entries.

    gpu-memory    "the H100 has 3.35 TB/s"          ─▶ {H100}, TB/s, 3.35
    latency       "an H100 reads memory at 2 TB/s"  ─▶ {H100}, TB/s, 2

Only numbers behind the name of a product or model are compared: numbers behind ordinary words
("models score above 88 percent") nearly always measure different things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.words import STOP_WORDS, plain_words

# Two numbers agree when one is a rounding of the other: 3.35 and 3.3 TB/s differ by 1.5 %.
TOLERANCE = 0.05
# From the name to the number, words in between: "H100 reads its memory at 3.35 TB/s" has 4.
MAX_WORDS_BETWEEN = 5

_CLAUSE = re.compile(r"[.;:!?,]\s+|\n|\s[\u2014\u2013]\s|→")
# `H100`, `GPT-4`, `RTX 4090`, `Llama 2 70B`.
_VERSION = r"\d\w*(?:\.\w+)*"
_NAME = re.compile(rf"\b(?P<word>[A-Z][A-Za-z]*)[- ]?{_VERSION}(?:[- ]{_VERSION})*")
# One begins before its first comma: looking behind each would take quadratic time.
_NUMBER = re.compile(
    r"(?<![\w.^$=-])(?<!\d,)~?(?P<value>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%|[A-Za-z][\w/]*)"
)
# What may stand between a name and its number.
_FILLERS = STOP_WORDS.union("about can from has have its offers reach reaches s up uses".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as an entry states it: of which names, and what (the words in between)."""

    entry: str
    section: str
    names: frozenset[str]
    words: frozenset[str]
    value: float
    unit: str
    quote: str


def disagreements(knowledge_base: KnowledgeBase) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of quantities that measure the same in two entries and differ, one for each pair."""
    groups: dict[tuple[frozenset[str], str], list[Quantity]] = defaultdict(list)
    for entry in knowledge_base:
        for quantity in quantities(entry):
            groups[quantity.names, quantity.unit].append(quantity)
    for group in groups.values():
        by_entry: dict[str, list[Quantity]] = defaultdict(list)
        for quantity in group:
            by_entry[quantity.entry].append(quantity)
        for first, second in combinations(by_entry.values(), 2):
            yield from _differing(first, second)


def quantities(entry: Entry) -> Iterator[Quantity]:
    """The numbers of an entry that stand close behind a name, in the same clause."""
    for section in entry.sections:
        for clause in _CLAUSE.split(section.text):
            names = [name for name in _NAME.finditer(clause) if _is_name(name)]
            for number in _NUMBER.finditer(clause):
                before = [name for name in names if name.start() < number.start()]
                if before and before[-1].end() <= number.start():
                    yield from _quantity(entry.id, section.name, before, number)


def _is_name(match: re.Match[str]) -> bool:
    return match["word"].lower() not in _FILLERS


def _quantity(
    entry: str, section: str, names: list[re.Match[str]], number: re.Match[str]
) -> Iterator[Quantity]:
    clause = number.string
    words = plain_words(clause[names[-1].end() : number.start()])
    if len(words) <= MAX_WORDS_BETWEEN:
        yield Quantity(
            entry,
            section,
            # Behind a digit an s is a plural, however short the name: "T4s".
            names=frozenset(name[0].removesuffix("s") for name in names),
            words=frozenset(words) - _FILLERS,
            value=float(number["value"].replace(",", "")),
            unit=number["unit"],
            quote=clause[names[0].start() : number.end()],
        )


def _differing(
    first: list[Quantity], second: list[Quantity]
) -> Iterator[tuple[Quantity, Quantity]]:
    """The first pair that says the same of different numbers, unless another pair agrees."""
    pairs = [(one, other) for one in first for other in second if _comparable(one, other)]
    if pairs and not any(_agree(one.value, other.value) for one, other in pairs):
        yield pairs[0]


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.words <= other.words or other.words <= one.words


def _agree(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(one, other)
