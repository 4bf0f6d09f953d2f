"""The answer to a comparison: what one side says of another, then a table of aligned aspects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from entrywise.rag.answer import Row
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.sides import sides
from entrywise.rag.judge.aspects import COMPARED, CONTRAST, FORMULA, Aspect, is_prose
from entrywise.rag.judge.evidence import EntryEvidence, Sentence
from entrywise.rag.judge.findings import Found
from entrywise.rag.understand.exact_text import exactly
from entrywise.rag.understand.mention import Mention

_SIDES = 4
# Sentences in which one side speaks of another, each of another side, before the table.
_ON_EACH_OTHER = 2

_WHAT = "What it is"
_ASKED = "Nearest to the question"
_NEAREST = 2

Column = tuple[str, EntryEvidence | None]
"""A title, and the evidence of the entry below it, or None when no entry owns the name."""


def comparison(found: Found, draft: Draft) -> None:
    """Where one side speaks of the other, then a table of the aspects that two or more have."""
    named = sides(found)
    compared = _distinct(named, found)
    entry = found.owner(named[0]) if len(compared) == 1 < len(named) else None
    if entry is not None:
        _within_one_entry(named, entry, found, draft)
        return
    columns = [_column(side, found) for side in compared[:_SIDES]]
    columns += _nearest(2 - len(columns), columns, found)
    known = [side for _, side in columns if side]
    for sentence in _on_each_other(known)[:_ON_EACH_OTHER]:
        draft.quote([sentence], heading=found.title(sentence.entry), aspect=CONTRAST.id)
    titles = [title for title, _ in columns]
    draft.table(titles, _rows(columns, found, draft), heading=" vs ".join(titles))
    left_out = [_column(side, found)[0] for side in compared[_SIDES:]]
    if left_out:
        draft.notice(f"Left out, since {_SIDES} are compared at most: {', '.join(left_out)}.")


def _distinct(named: Iterable[Mention], found: Found) -> list[Mention]:
    """The sides, each entry and each name that no entry owns once."""
    first: dict[int | str, Mention] = {}
    for side in named:
        entry = found.owner(side)
        first.setdefault(side.name.casefold() if entry is None else entry, side)
    return list(first.values())


def _column(side: Mention, found: Found) -> Column:
    entry = found.owner(side)
    if entry is None:
        return side.name, None
    return found.title(entry), EntryEvidence(entry, found.question, found.index)


def _nearest(count: int, columns: Sequence[Column], found: Found) -> list[Column]:
    """Columns for the best other candidates, where the question names fewer than two sides."""
    taken = {side.ordinal for _, side in columns if side}
    others = [c.entry for c in found.candidates if c.entry not in taken]
    evidence = found.evidence(others[: max(count, 0)])
    return [(found.title(side.ordinal), side) for side in evidence]


def _within_one_entry(named: Sequence[Mention], entry: int, found: Found, draft: Draft) -> None:
    """Two names of one entry: its sentence on each, then what it says of both."""
    (evidence,) = found.evidence([entry])
    title = found.title(entry)
    names = list(dict.fromkeys(side.name for side in named))
    said = [sentence for name in names for sentence in evidence.saying(exactly([name]))[:2]]
    draft.quote(said or [evidence.lead], heading=title, aspect="definition")
    draft.quote(evidence.best(2, beside=said), aspect=CONTRAST.id)
    draft.notice(f"One entry covers {' and '.join(names)}: {title}.")


def _on_each_other(known: Sequence[EntryEvidence]) -> list[Sentence]:
    """The best sentence of each side that names others: prose first, then those that name most,
    that set it against them, and that are nearest to the question. The only sentence of a side is
    left to say what it is."""
    ordinals = {side.ordinal for side in known}
    several = [side for side in known if len(side.sentences) > 1]
    best = [max(pairs, key=_contrast) for side in several if (pairs := side.naming(ordinals))]
    return [sentence for sentence, _ in sorted(best, key=_contrast, reverse=True)]


def _contrast(pair: tuple[Sentence, int]) -> tuple[bool, int, bool, float]:
    sentence, count = pair
    return is_prose(sentence.text), count, sentence.has(CONTRAST), sentence.score


def _rows(columns: Sequence[Column], found: Found, draft: Draft) -> list[Row]:
    """What each side is, then the rows for which two sides or more have a sentence."""
    asks_more = not found.question.names_only
    plans = [_plan(side, draft, asks_more) if side else {} for _, side in columns]
    rows = []
    for heading in (_WHAT, _ASKED, *(aspect.heading for aspect in COMPARED)):
        said = [plan.get(heading, []) for plan in plans]
        if heading == _WHAT or sum(map(bool, said)) >= 2:
            rows.append(Row(heading, tuple(map(draft.cell, said))))
    return rows


def _plan(side: EntryEvidence, draft: Draft, asks_more: bool) -> dict[str, list[Sentence]]:
    """{heading: sentences} of one side, each sentence once and none that is quoted already."""
    free = [sentence for sentence in side.sentences if not draft.is_used(sentence)]
    what = side.lead if side.lead in free else next(iter(free), None)
    if what is None:
        return {}
    plan = {_WHAT: [what]}
    free.remove(what)
    if asks_more and free:
        nearest = sorted(free, key=lambda sentence: -sentence.score)[:_NEAREST]
        plan[_ASKED] = sorted(nearest, key=lambda sentence: sentence.row)
        free = [sentence for sentence in free if sentence not in nearest]
    fits = [(aspect, sentence) for aspect in COMPARED for sentence in free if sentence.has(aspect)]
    for aspect, sentence in sorted(fits, key=lambda pair: _suits(side, *pair), reverse=True):
        if aspect.heading not in plan and [sentence] not in plan.values():
            plan[aspect.heading] = [sentence]
    return plan


def _suits(side: EntryEvidence, aspect: Aspect, sentence: Sentence) -> tuple[bool, float]:
    """How well a sentence tells of an aspect: prose goes before notes and the tag line."""
    reads_well = is_prose(sentence.text) and sentence != side.sentences[0]
    return reads_well or aspect is FORMULA, sentence.fit(aspect)
