"""The answer to a comparison: what one side says of another, then a table of aligned aspects, then
what the context says of the sides.

    LoRA vs full fine-tuning for a 7B on one GPU    LoRA, full fine-tuning
    tensor vs pipeline parallelism                  tensor parallelism, pipeline parallelism
    GQA, MLA or Foobarizer                          GQA, MLA, Foobarizer (no entry owns it)

Where fewer than two entries own the sides, what answers is told in prose.

The sides are names chained by "vs", "or", "than", "and" and the like; the longest chain is
compared. A name after "for", "in", "on", "with" and the like is context.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter

from entrywise.data.words import joined
from entrywise.rag.compose.context import in_context
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.aspect_table import Column, aspect_rows
from entrywise.rag.compose.shapes.prose import passage
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import CONTRAST, COST, FORMULA, OCCASION, QUALITY, compared
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.comparison import (
    asked_choice,
    chains,
    comparable,
    is_chosen_by,
    is_context,
    versus,
)
from entrywise.rag.understand.mention import Mention

_SIDES = 4
# Sentences in which one side speaks of another, each of another side, before the table.
_ON_EACH_OTHER = 2

# Aspects by which two things are compared with one word: "cheaper", "less memory", "better".
_BY = (COST.id, QUALITY.id)
_OF_ITSELF = {"better", "best", "worse", "worst"}
"""What says by nothing in particular which one is to be taken."""

# Of the rarity of a question's words beside its names.
_SAYS = 0.5


def comparison(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """Where one side speaks of the other, then a table of the aspects that two or more have."""
    distinct = _distinct(sides(findings, evidence), findings)
    columns = [_column(side, findings, evidence) for side in distinct[:_SIDES]]
    titled = {side.ordinal: (title, side) for title, side in columns if side}
    known = [side for _, side in titled.values()]
    if len(known) < 2:
        passage(findings, evidence, draft)
        if mentioned := [side.name for side in distinct if side.source == "mentioned"]:
            draft.mentioned(mentioned)
        return
    asked = _asked(distinct, findings, evidence)
    on_each_other = _on_each_other(known, asked)[:_ON_EACH_OTHER]
    for sentence in [*_chosen(known, findings), *on_each_other]:
        title, speaking = titled[sentence.entry]
        draft.quote(in_context(speaking, sentence), heading=title, aspect=CONTRAST.id)
    titles = [title for title, _ in columns]
    # Formulas of two things seldom stand for the same.
    others = [one for one in (*compared(evidence.domain), OCCASION) if one not in (FORMULA, *asked)]
    aspects = [*asked, *others]
    if findings.question.detail == "formula":
        aspects.insert(0, FORMULA)
    asks_more = not findings.question.names_only
    rows = aspect_rows(columns, aspects, draft, asked=asked, asks_more=asks_more and not asked)
    draft.table(titles, rows, heading=" vs ".join(titles))
    _say_of_both(distinct, [*titled], findings, evidence, draft)
    left_out = [_column(side, findings, evidence)[0] for side in distinct[_SIDES:]]
    for side in distinct[:_SIDES]:
        entry = findings.owner(side)
        if side.source == "description" and entry is not None:
            (name,) = draft.texts.in_quotes([side.name])
            told = draft.texts("told.described", name=name, title=evidence.title(entry))
            draft.notice(told)
    if left_out:
        names = draft.texts.joined(left_out)
        draft.notice(draft.texts("told.left_out", most=_SIDES, names=names))


def _distinct(named: Iterable[Mention], findings: Findings) -> list[Mention]:
    """The sides, each entry and each name that no entry owns once."""
    first: dict[int | str, Mention] = {}
    for side in named:
        entry = findings.owner(side)
        first.setdefault(joined(side.name) if entry is None else entry, side)
    return list(first.values())


def _column(side: Mention, findings: Findings, evidence: Evidence) -> Column:
    entry = findings.owner(side)
    if entry is None:
        return side.name, None
    return evidence.title(entry), evidence.of(entry)


def _asked(distinct: Iterable[Mention], findings: Findings, evidence: Evidence) -> list[Aspect]:
    """The aspects by which a question compares its sides, told by its words beside their names:
    "memory" in "does GQA take less memory than MHA"."""
    beside = findings.question.text
    for side in sorted(distinct, key=attrgetter("start"), reverse=True):
        beside = f"{beside[: side.start]} {beside[side.end :]}"
    by = (one for one in compared(evidence.domain) if one.id in _BY)
    return [one for one in by if one.words(beside) - _OF_ITSELF]


def _on_each_other(known: Sequence[EntryEvidence], asked: Sequence[Aspect]) -> list[Sentence]:
    """The best sentence of each side that names others, "Like BPE but merges by maximum
    likelihood", of WordPiece; where aspects are asked for, of those that tell of one. The only
    sentence of a side is left to say what it is."""
    ordinals = {side.ordinal for side in known}
    several = [side for side in known if len(side.sentences) > 1]
    told = [_telling(side.naming(ordinals), asked) for side in several]
    best = [max(pairs, key=_contrast) for pairs in told if pairs]
    return [sentence for sentence, _ in sorted(best, key=_contrast, reverse=True)]


def _telling(
    pairs: Sequence[tuple[Sentence, int]], asked: Sequence[Aspect]
) -> Sequence[tuple[Sentence, int]]:
    """Those that tell of an aspect that is asked for, all where none is asked for."""
    return [one for one in pairs if not asked or any(about.id in one[0].fits for about in asked)]


def _chosen(known: Sequence[EntryEvidence], findings: Findings) -> list[Sentence]:
    """Where one is to be chosen, of each side the sentence that says what is asked of them: the
    name that stands beside them, or most words of the question. What says what a side is stands
    in the table."""
    if not asked_choice(findings.question.text):
        return []
    beside = set(findings.question.surely_named).difference(side.ordinal for side in known)
    saying = (
        [one for one, _ in side.naming(beside)] if beside else side.sentences for side in known
    )
    told = (
        [
            one
            for one in sentences
            if one != side.lead and (beside or (one.prose and one.share >= _SAYS))
        ]
        for side, sentences in zip(known, saying, strict=True)
    )
    return [max(sentences, key=attrgetter("share", "score")) for sentences in told if sentences]


def _contrast(pair: tuple[Sentence, int]) -> tuple[bool, int, bool, float]:
    """How well a sentence that names so many others sets a side against them: prose first, then
    what names most, what sets against, and what is nearest to the question."""
    sentence, count = pair
    return sentence.prose, count, CONTRAST.id in sentence.fits, sentence.score


def _say_of_both(
    distinct: Sequence[Mention],
    known: Collection[int],
    findings: Findings,
    evidence: Evidence,
    draft: Draft,
) -> None:
    """Quote what is said of the sides by what they are compared for, "vLLM" in "AWQ or GPTQ for
    vLLM": its sentence that names most of them."""
    owners = {entry for side in distinct for entry in side.owners}
    for entry in findings.question.surely_named:
        if entry not in owners:
            side = evidence.of(entry)
            unused = set(draft.unused(side.sentences))
            speaking = [pair for pair in side.naming(known) if pair[0] in unused]
            if speaking:
                best, _ = max(speaking, key=_contrast)
                draft.quote(in_context(side, best), heading=side.entry.short_name)


def sides(findings: Findings, evidence: Evidence) -> list[Mention]:
    """The sides of a comparison: the longest chain of names; all of them where nothing else is said
    ("difference GQA MLA")."""
    text = findings.question.text
    named = comparable(text, findings.question.mentions)
    around = zip([None, *named], named, [*named[1:], None], strict=False)
    kept: list[Mention] = []
    for before, side, after in around:
        is_side = not is_context(before, side, text) or _is_pair(side, after, findings, evidence)
        if is_side and not (len(kept) > 1 and is_chosen_by(kept[-1], side, text)):
            kept.append(side)
    longest = max(chains(kept, text), key=len, default=[])
    if len(longest) < 2:
        return named if findings.question.names_only else longest
    # "GPTQ AWQ and GGUF" lists three.
    for before in reversed(kept[: kept.index(longest[0])]):
        is_beside = not text[before.end : longest[0].start].strip()
        if not (is_beside and _are_of_one_category(before, longest[0], findings, evidence)):
            break
        longest = [before, *longest]
    return longest


def _is_pair(side: Mention, after: Mention | None, findings: Findings, evidence: Evidence) -> bool:
    """Whether a name is compared with the next, of its own category: "data for KTO vs DPO"."""
    if after is None or versus(side, after, findings.question.text) is None:
        return False
    return _are_of_one_category(side, after, findings, evidence)


def _are_of_one_category(
    name: Mention, other: Mention, findings: Findings, evidence: Evidence
) -> bool:
    owners = [findings.owner(one) for one in (name, other)]
    categories = [evidence.entries[one].category for one in owners if one is not None]
    return len(categories) > 1 and categories[0] == categories[1]
