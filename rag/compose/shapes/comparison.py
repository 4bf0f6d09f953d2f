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

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from entrywise.data.words import joined
from entrywise.index.similarity import ranked
from entrywise.rag.answer import Row
from entrywise.rag.compose.context import in_context
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.asked_of_sides import asked_aspects, chosen_by
from entrywise.rag.compose.shapes.prose import passage
from entrywise.rag.compose.texts.catalogue import Texts
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import CONTRAST, FORMULA, OCCASION, compared
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
_Column = tuple[str, EntryEvidence | None]
"""A title, and the evidence of the entry below it, or None when no entry owns the name."""

_WHAT, _ASKED, _NEAREST = "what", "nearest", 2
"""Rows that are no aspects, and the sentences of a side in one that the question asks for."""


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
    question = findings.question
    asked = [] if question.names_only else asked_aspects(distinct, findings, evidence)
    chosen = chosen_by(known, findings) if asked_choice(question.text) else []
    for sentence in [*chosen, *_on_each_other(known, asked)[:_ON_EACH_OTHER]]:
        title, speaking = titled[sentence.entry]
        draft.quote(in_context(speaking, sentence), heading=title, aspect=CONTRAST.id)
    titles = [title for title, _ in columns]
    # Formulas of two things seldom stand for the same.
    others = [one for one in (*compared(evidence.domain), OCCASION) if one not in (FORMULA, *asked)]
    aspects = [*asked, *others]
    if question.detail == "formula":
        aspects.insert(0, FORMULA)
    asks_more = not (question.names_only or asked)
    rows = _rows(columns, aspects, draft, asked=asked, asks_more=asks_more)
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


def _column(side: Mention, findings: Findings, evidence: Evidence) -> _Column:
    entry = findings.owner(side)
    if entry is None:
        return side.name, None
    return evidence.title(entry), evidence.of(entry)


def _on_each_other(known: Sequence[EntryEvidence], asked: Sequence[Aspect]) -> list[Sentence]:
    """The best sentence of each side that names others, "Like BPE but merges by maximum
    likelihood", of WordPiece; where aspects are asked for, of those that tell of one. The only
    sentence of a side is left to say what it is."""
    ordinals = {side.ordinal for side in known}
    several = [side for side in known if len(side.sentences) > 1]
    told = [
        [one for one in side.naming(ordinals) if not asked or _tells_of(one[0], asked)]
        for side in several
    ]
    best = [max(pairs, key=_contrast) for pairs in told if pairs]
    return [sentence for sentence, _ in sorted(best, key=_contrast, reverse=True)]


def _tells_of(sentence: Sentence, asked: Sequence[Aspect]) -> bool:
    return any(aspect.id in sentence.fits for aspect in asked)


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


def _rows(
    columns: Sequence[_Column],
    aspects: list[Aspect],
    draft: Draft,
    *,
    asked: Collection[Aspect],
    asks_more: bool,
) -> list[Row]:
    """What each side is, then the rows for which two sides or more have a sentence, told of the
    aspects that they share, more of those that are `asked` for; where they share none, or not what
    is asked for, what each has that is nearest to the question."""
    choices = [
        _choices(side, aspects, draft, asked, asks_more) if side else None for _, side in columns
    ]
    headings = _headings(draft.texts, tuple(aspects))
    while True:
        plans = [_plan(one, aspects) if one else {} for one in choices]
        shared = [row for row in headings if sum(row in plan for plan in plans) >= 2]
        alike = [one for one in aspects if one.id in shared] or aspects
        if alike == aspects:
            break
        aspects = alike
    is_told = all(aspect.id in shared for aspect in asked)
    if not (is_told and (asks_more or asked or shared != [_WHAT])):
        return _rows(columns, aspects, draft, asked=(), asks_more=True)
    told = [row for row in headings if row == _WHAT or row in shared]
    cells = draft.cells([[plan.get(row, []) for plan in plans] for row in told])
    return [Row(headings[row], of_row) for row, of_row in zip(told, cells, strict=True)]


@cache
def _headings(texts: Texts, aspects: tuple[Aspect, ...]) -> Mapping[str, str]:
    """{row: what it is called}, in their order."""
    own = {_WHAT: texts("told.what"), _ASKED: texts("told.nearest")}
    return own | {aspect.id: texts.heading(aspect) for aspect in aspects}


class _Choices(NamedTuple):
    """What stands in rows of one side in any case, and what else may, with the aspects that it has,
    the best first."""

    fixed: Mapping[str, list[Sentence]]
    fits: Sequence[tuple[Aspect, Sentence]]


def _choices(
    side: EntryEvidence,
    aspects: Sequence[Aspect],
    draft: Draft,
    asked: Collection[Aspect],
    asks_more: bool,
) -> _Choices | None:
    """What is not quoted yet of one side; None where all is."""
    free = draft.unused(side.sentences)
    what = side.lead if side.lead in free else next(iter(free), None)
    if what is None:
        return None
    fixed = {_WHAT: [what]}
    tag_line = side.sentences[0]
    free.remove(what)
    formula = side.formula() if FORMULA in aspects else None
    if formula and formula in free:
        fixed[FORMULA.id] = [formula]
        free.remove(formula)
    for aspect in asked:
        telling = [
            one
            for one in side.with_aspect(aspect)
            if one in free and one != tag_line and _tells_by_itself(one)
        ][:_NEAREST]
        if telling:
            fixed[aspect.id] = sorted(telling, key=lambda sentence: sentence.row)
            free = [sentence for sentence in free if sentence not in telling]
    if asks_more and free and FORMULA.id not in fixed:
        nearest = ranked(free, attrgetter("score"))[:_NEAREST]
        fixed[_ASKED] = sorted(nearest, key=lambda sentence: sentence.row)
        free = [sentence for sentence in free if sentence not in nearest]
    fits = [(aspect, one) for one in free for aspect in aspects if aspect.id in one.fits]
    # Prose goes before notes and the tag line.
    fits = ranked(fits, lambda fit: fit[1].fits[fit[0].id])
    fits.sort(key=lambda fit: not (fit[1].prose and fit[1] != tag_line))
    return _Choices(fixed, fits)


def _tells_by_itself(sentence: Sentence) -> bool:
    """Whether a sentence is neither a formula nor says when to use its subject."""
    return FORMULA.id not in sentence.fits and sentence.told != OCCASION.id


def _plan(choices: _Choices, aspects: Sequence[Aspect]) -> dict[str, list[Sentence]]:
    """{row: sentences} of one side, each sentence once."""
    plan = dict(choices.fixed)
    for aspect, sentence in choices.fits:
        tells_it = aspect.id not in plan and aspect in _told_most(sentence, aspects)
        if tells_it and [sentence] not in plan.values():
            plan[aspect.id] = [sentence]
    return plan


def _told_most(sentence: Sentence, aspects: Sequence[Aspect]) -> list[Aspect]:
    """Those of some aspects that a sentence tells most of: it stands in no other row."""
    # The wording of an occasion is right in two of five cases only.
    told = [
        aspect
        for aspect in aspects
        if aspect.id in sentence.fits and (aspect != OCCASION or sentence.told == aspect.id)
    ]
    most = max((sentence.fits[aspect.id] for aspect in told), default=0.0)
    return [aspect for aspect in told if sentence.fits[aspect.id] == most]


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
