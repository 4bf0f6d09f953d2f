"""The answer to "which … are there?": the sentence that enumerates them, then a line for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from entrywise.data.words import beginning, content_words
from entrywise.index.similarity import ranked
from entrywise.rag.answer import Row
from entrywise.rag.compose.context import in_context
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.prose import passage
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, NamedEntry, Sentence
from entrywise.rag.judge.selection import LISTED, Findings

# Entries whose categories and neighbours are looked at for members.
_LOOKED_AT = 5

# An enumeration has at least three members; an item between two of them may have no entry.
_ENUMERATES = 3
_COMMAS = 2
_ITEM_END = r"\s*(?:\([^()]*\))?\s*(?:[,;/+]|,?\s*\b(?:and|or|to)\b)\s*(?:(?:and|or)\s+)?"
_BETWEEN = re.compile(rf"{_ITEM_END}(?:[\w-]+{_ITEM_END})?")

# What it is worth that an enumeration names an entry, beside the probability that it is relevant.
_ENUMERATED = 0.3
# What is of the family and so much less probably relevant than the best entry is none of those that
# are asked for. Of the rows for the labelled lists 0.74 are labelled relevant (0.67 without).
_PROBABLE = 0.04

# Of what is asked of a named entry, by rarity.
_HALF = 0.5

# Where an entry says nearly all that is asked beside names, what is only of the family and says so
# little of it is none: "which formats run on a Mac". Whatever an entry says at most, of the 16 rows
# for the labelled lists that went 12 are labelled as not relevant.
_SAYS_SOME = 0.25
_SAYS_NEARLY_ALL = 0.8


def listing(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """The enumerating sentence if there is one, then a row for each entry that fits."""
    family = _family(findings, evidence)
    pool = evidence.of_all(_pool(findings, evidence))
    enumeration, members = _enumeration(pool, family, evidence)
    named = findings.question.surely_named
    if enumeration and enumeration.entry in named:
        family = family._replace(category=_kind(members, evidence))
    fitting = _fitting(pool, members, family, findings)
    told = fitting or not enumeration
    if named and told and not any(side.naming(named) for side in fitting):
        # They have the category of what is named, and nothing else to do with it.
        passage(findings, evidence, draft)
        return
    rows: list[Row] = []
    if enumeration:
        title = evidence.title(enumeration.entry)
        draft.quote([enumeration], heading=title, aspect="definition")
    else:
        for side in evidence.of_all(entry for entry in findings.quoted[:1] if entry in named):
            said = _own(side)
            draft.quote(said, heading=side.entry.short_name, aspect="definition")
    for side in fitting:
        cell = draft.cell(_lines(side, draft))
        if cell:
            rows.append(Row(side.entry.short_name, (cell,)))
    if rows:
        draft.table(("",), rows, heading=draft.texts("told.fitting"))
    else:
        draft.quote([pool[0].lead], aspect="definition")


def _own(side: EntryEvidence) -> list[Sentence]:
    """What an entry is, and the sentence in which it says most of what is asked of it: "Common
    techniques include: …" for "what are common techniques of jailbreaking?"; nothing where none
    says half of that."""
    best = max(side.sentences, key=lambda one: (one.share, one.score))
    if best.share < _HALF:
        return []
    return list(dict.fromkeys([side.lead, *in_context(side, best)]))


def _pool(findings: Findings, evidence: Evidence) -> list[int]:
    """What may be listed: the candidates and the neighbours of the best."""
    retrieved = [candidate.entry for candidate in findings.candidates]
    near = (evidence.entries[entry].related for entry in retrieved[:_LOOKED_AT])
    neighbours = evidence.ordinals(neighbour for related in near for neighbour in related)
    return list(dict.fromkeys([*retrieved, *neighbours]))


class _Family(NamedTuple):
    """The category that is asked for, whether the question names it or one of its entries, and
    whether most of the best candidates are of it."""

    category: str
    named: bool
    prevails: bool


def _family(findings: Findings, evidence: Evidence) -> _Family:
    """The category that the question names, else the commonest among the best candidates."""
    near = [evidence.entries[candidate.entry] for candidate in findings.candidates]
    counts = Counter(entry.category for entry in near[:_LOOKED_AT])
    asked = {beginning(word) for word in content_words(findings.question.text)}
    labels = {category.id: category.label for category in evidence.categories}

    def shared(category: str) -> int:
        return len(asked & {beginning(word) for word in content_words(labels.get(category, ""))})

    category = max(counts, key=lambda category: (shared(category), counts[category]))
    named = {evidence.entries[entry].category for entry in findings.question.surely_named}
    return _Family(
        category,
        named=shared(category) > 0 or category in named,
        prevails=2 * counts[category] > _LOOKED_AT,
    )


def _enumeration(
    pool: Iterable[EntryEvidence], family: _Family, evidence: Evidence
) -> tuple[Sentence | None, frozenset[int]]:
    """The sentence that enumerates entries of a family, or of whatever kind where what is asked for
    tells them itself, and these; the nearest to the question."""
    entries = evidence.entries
    asked = evidence.question.surely_named
    choices: list[tuple[Sentence, frozenset[int]]] = []
    for side in pool:
        for sentence in side.sentences:
            if sentence.text.count(",") < _COMMAS:
                continue
            members = _enumerated(sentence) - {side.ordinal}
            if len(members) < _ENUMERATES:
                continue
            kind = _kind(members, evidence) if side.ordinal in asked else family.category
            akin = sum(entries[member].category == kind for member in members)
            if 2 * akin > len(members):
                choices.append((sentence, members))
    if not choices:
        return None, frozenset()
    return max(choices, key=lambda choice: choice[0].score)


def _kind(members: Iterable[int], evidence: Evidence) -> str:
    """The category of most of these entries."""
    counts = Counter(evidence.entries[member].category for member in members)
    return max(counts, key=lambda category: (counts[category], category))


def _enumerated(sentence: Sentence) -> frozenset[int]:
    """The entries that a sentence names one after the other, with commas between."""
    text = sentence.text
    runs: list[list[NamedEntry]] = [[]]
    for match in sentence.named:
        # Two owners of one name stand in the same place.
        apart = runs[-1] and match.start >= runs[-1][-1].end
        if apart and not _BETWEEN.fullmatch(text, runs[-1][-1].end, match.start):
            runs.append([])
        runs[-1].append(match)
    return frozenset(match.entry for match in max(runs, key=len))


def _fitting(
    pool: Iterable[EntryEvidence], members: frozenset[int], family: _Family, findings: Findings
) -> list[EntryEvidence]:
    """The entries that fit best, without those that the question itself names."""
    relevance = findings.relevance
    least = _PROBABLE * max(relevance.values(), default=0.0)

    def is_kin(side: EntryEvidence) -> bool:
        if side.entry.category != family.category:
            return False
        if side.ordinal in relevance:
            return relevance[side.ordinal] >= least and (family.named or family.prevails)
        return family.named

    def fit(side: EntryEvidence) -> float:
        return relevance.get(side.ordinal, 0.0) + _ENUMERATED * (side.ordinal in members)

    fitting = [
        side
        for side in pool
        if side.ordinal not in findings.question.surely_named
        and (side.ordinal in members or is_kin(side) or side.ordinal in findings.quoted)
    ]
    listed = ranked(fitting, fit)[:LISTED]
    told = {side.ordinal: max(one.share for one in side.sentences) for side in listed}
    most = max((told[entry] for entry in findings.quoted if entry in told), default=0.0)
    return [
        side
        for side in listed
        if side.ordinal in members
        or side.ordinal in findings.quoted
        or most < _SAYS_NEARLY_ALL
        or told[side.ordinal] >= _SAYS_SOME
    ]


def _lines(side: EntryEvidence, draft: Draft) -> list[Sentence]:
    """What an entry is and what it has that is nearest to the question, if not quoted yet."""
    free = draft.unused(side.sentences)
    lead = [sentence for sentence in free if sentence == side.lead] or free[:1]
    return lead + side.best(1, beside=[side.lead])
