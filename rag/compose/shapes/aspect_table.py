"""The table of a comparison: what each side is, then a row for each aspect that two sides or more
tell of; what is asked for first.

    does GQA take less memory than MHA    What it is, Memory and cost, How it works
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from entrywise.index.similarity import ranked
from entrywise.rag.answer import Row
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.texts.catalogue import Texts
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import FORMULA, OCCASION
from entrywise.rag.judge.evidence import EntryEvidence, Sentence

Column = tuple[str, EntryEvidence | None]
"""A title, and the evidence of the entry below it, or None when no entry owns the name."""

# Rows that are no aspects.
_WHAT, _ASKED = "what", "nearest"
_NEAREST = 2
"""The sentences of a side in the row that is nearest to the question."""


def aspect_rows(
    columns: Sequence[Column],
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
        return aspect_rows(columns, aspects, draft, asked=(), asks_more=True)
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
