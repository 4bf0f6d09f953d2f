"""What a question compares: its sides in the order of the text, without the context around them.

    LoRA vs full fine-tuning for a 7B on one GPU    LoRA, full fine-tuning
    tensor vs pipeline parallelism                  tensor parallelism, pipeline parallelism
    GQA vs Foobarizer                               GQA, Foobarizer (no entry owns it)

Names are chained where "vs", "or", "than", "and" and the like stand between them, and the longest
chain is compared. A name after "for", "in", "on", "with" and the like is context.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from entrywise.rag.found import Found
from entrywise.rag.mentions import Mention, comparable

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
    r"(?:(?!(?:between|is|are|was|do|does|did|can|should|would|will)\b)[\w.-]+\s+){0,3}$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!vs)[.?!;:]\s", re.IGNORECASE)

# The characters before a name that hold the preposition or the verb in front of it.
_NEARBY = 100
# "LoRA, which is older, and QLoRA" is a list; with more words between, "and" joins clauses.
_WORDS_BESIDE_AND = 5


def sides(found: Found) -> list[Mention]:
    """The sides of a comparison; all names when fewer than two are chained."""
    text = found.question.text
    named = comparable(text, found.question.mentions)
    around = zip([None, *named], named, [*named[1:], None], strict=False)
    kept = [
        side
        for before, side, after in around
        if not _is_context(before, side, text) or _is_pair(side, after, found)
    ]
    chains = _chains(kept, text)
    longest = max(chains, key=len, default=[])
    return next((choice for choice in (longest, kept) if len(choice) > 1), named)


def _is_context(before: Mention | None, side: Mention, text: str) -> bool:
    """Whether a name stands after a preposition that no comparing word follows."""
    start = 0 if before is None else _versus(before, side, text) or before.end
    return _CONTEXT.search(text[max(start, side.start - _NEARBY) : side.start]) is not None


def _is_pair(side: Mention, after: Mention | None, found: Found) -> bool:
    """Whether a name is compared with the next, of its own category: "data for KTO vs DPO"."""
    if after is None or _versus(side, after, found.question.text) is None:
        return False
    one, other = found.owner(side), found.owner(after)
    if one is None or other is None:
        return False
    return found.index.entries[one].category == found.index.entries[other].category


def _chains(named: Sequence[Mention], text: str) -> list[list[Mention]]:
    chains = [[side] for side in named[:1]]
    for before, side in pairwise(named):
        if _linked(before, side, text):
            chains[-1].append(side)
        else:
            chains.append([side])
    return chains


def _linked(before: Mention, side: Mention, text: str) -> bool:
    between = text[before.end : side.start]
    if _SENTENCE_END.search(between):
        return False
    if _versus(before, side, text) is not None:
        return True
    return _AND.search(between) is not None and len(between.split()) <= _WORDS_BESIDE_AND


def _versus(before: Mention, side: Mention, text: str) -> int | None:
    """Where the last comparing word between two names ends."""
    found = list(_VERSUS.finditer(text, before.end, side.start))
    if not found and _COMPARE_THIS.search(text[max(0, before.start - _NEARBY) : before.start]):
        found = list(_WITH.finditer(text, before.end, side.start))
    return found[-1].end() if found else None
