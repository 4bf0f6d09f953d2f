"""What a question compares: its sides in the order of the text, without the context around them.

    LoRA vs full fine-tuning for a 7B on one GPU    LoRA, full fine-tuning
    tensor vs pipeline parallelism                  tensor parallelism, pipeline parallelism
    GQA vs Foobarizer                               GQA, Foobarizer (no entry owns it)

Names are chained where "vs", "or", "than", "and" and the like stand between them, and the longest
chain is compared. A name after "for", "in", "on", "with" and the like is context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from entrywise.index.names import ORDINARY
from entrywise.rag.elision import half_names
from entrywise.rag.shapes.found import Found


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that is compared: its name, where it stands in the question (characters, end
    exclusive), and the ordinal of the entry that owns the name, or None."""

    name: str
    start: int
    end: int
    entry: int | None


_VERSUS = re.compile(
    r"\b(?:vs|versus|or|than|compar\w+ (?:to|with|against)|differ\w*(?: \w+)? (?:from|to|than)|"
    r"opposed to|instead of|rather than|against|over|another (?:word|name|term) for|"
    r"the same(?: thing)? as)\b|\bv/s\b",
    re.IGNORECASE,
)
_AND = re.compile(r",|/|&|\band\b|^\s*to\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
# "compare GQA with MLA"; not "compare LoRA and QLoRA with 4 bit".
_COMPARE_THIS = re.compile(r"\bcompar\w+\s+(?:(?!and\b|or\b|vs\b)\S+\s+){0,3}$", re.IGNORECASE)
_WITH = re.compile(r"\bwith\b", re.IGNORECASE)
_CONTEXT = re.compile(
    r"\b(?:for|in|on|with|under|when|at|inside|during|while|using|within|given)\s+"
    r"(?:(?!between|is|are|was|do|does|did|can|should|would|will)[\w.-]+\s+){0,3}$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!vs)[.?!;:]\s", re.IGNORECASE)

# "LoRA, which is older, and QLoRA" is a list; with more words between, "and" joins clauses.
_WORDS_BESIDE_AND = 5


def sides(found: Found) -> list[Side]:
    """The sides of a comparison; all names when fewer than two are chained."""
    text = found.question.text
    named = _named(found)
    around = zip([None, *named], named, [*named[1:], None], strict=False)
    kept = [
        side
        for before, side, after in around
        if not _is_context(before, side, text) or _is_pair(side, after, found)
    ]
    chains = _chains(kept, text)
    longest = max(chains, key=len, default=[])
    return next((choice for choice in (longest, kept) if len(choice) > 1), named)


def _named(found: Found) -> list[Side]:
    """Everything in the question that has a name, in its order, the longest at each place."""
    question = found.question
    halves = [
        Side(half.name, half.start, half.end, half.entry)
        for half in half_names(question.text, found.index.names)
    ]
    places = [
        *_entries_named(found),
        *(half for half in halves if half.entry is not None),
        *(
            Side(question.text[match.start : match.end], match.start, match.end, match.entry)
            for match in question.sides
        ),
        *halves,
        *(
            Side(item.part.text, item.part.start, item.part.end, item.entry)
            for item in question.decoded
            if item.entry is not None
        ),
        *_unknown(question.text, question.unknown),
    ]
    chosen: list[Side] = []
    for place in sorted(places, key=lambda place: place.start - place.end):
        if all(place.end <= other.start or other.end <= place.start for other in chosen):
            chosen.append(place)
    return sorted(chosen, key=lambda place: place.start)


def _entries_named(found: Found) -> Iterator[Side]:
    """The names of entries; where two own one, the one that was retrieved first stands first."""
    question = found.question
    order = [candidate.entry for candidate in found.candidates]
    matches = found.index.names.find(question.text, question.encoded.rare)
    ranked = sorted(
        (match for match in matches if match.strength > ORDINARY and match.entry in question.named),
        key=lambda match: order.index(match.entry) if match.entry in order else len(order),
    )
    for match in ranked:
        name = question.text[match.start : match.end]
        yield Side(name, match.start, match.end, match.entry)


def _unknown(text: str, names: Sequence[str]) -> Iterator[Side]:
    """Those that stand in the text as they are; a half name does not."""
    for name in names:
        start = text.find(name)
        if start >= 0:
            yield Side(name, start, start + len(name), None)


def _is_context(before: Side | None, side: Side, text: str) -> bool:
    """Whether a name stands after a preposition that no comparing word follows."""
    start = 0 if before is None else _versus(before, side, text) or before.end
    return _CONTEXT.search(text[start : side.start]) is not None


def _is_pair(side: Side, after: Side | None, found: Found) -> bool:
    """Whether a name is compared with the next, of its own category: "data for KTO vs DPO"."""
    if after is None or side.entry is None or after.entry is None:
        return False
    entries = found.index.entries
    alike = entries[side.entry].category == entries[after.entry].category
    return alike and _versus(side, after, found.question.text) is not None


def _chains(named: Sequence[Side], text: str) -> list[list[Side]]:
    chains = [[side] for side in named[:1]]
    for before, side in pairwise(named):
        if _linked(before, side, text):
            chains[-1].append(side)
        else:
            chains.append([side])
    return chains


def _linked(before: Side, side: Side, text: str) -> bool:
    between = text[before.end : side.start]
    if _SENTENCE_END.search(between):
        return False
    if _versus(before, side, text) is not None:
        return True
    return _AND.search(between) is not None and len(between.split()) <= _WORDS_BESIDE_AND


def _versus(before: Side, side: Side, text: str) -> int | None:
    """Where the last comparing word between two names ends."""
    found = list(_VERSUS.finditer(text, before.end, side.start))
    if not found and _COMPARE_THIS.search(text[: before.start]):
        found = list(_WITH.finditer(text, before.end, side.start))
    return found[-1].end() if found else None
