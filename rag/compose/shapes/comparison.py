"""The answer to a comparison: what one side says of another, then a table of aligned aspects, then
what the context says of the sides.

    LoRA vs full fine-tuning for a 7B on one GPU    LoRA, full fine-tuning
    tensor vs pipeline parallelism                  tensor parallelism, pipeline parallelism
    GQA vs Foobarizer                               GQA, Foobarizer (no entry owns it)

Where only one side has an entry, it is told in prose, with what is said of the other.

The sides are names chained by "vs", "or", "than", "and" and the like; the longest chain is
compared. A name after "for", "in", "on", "with" and the like is context.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter

from entrywise.data.words import exactly, joined
from entrywise.index.similarity import ranked
from entrywise.rag.answer import Row
from entrywise.rag.compose.context import in_context
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.contrasts import chosen, contrast, on_each_other
from entrywise.rag.compose.texts.catalogue import Texts
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import ASKS_FOR_FORMULA, CONTRAST, FORMULA, compared
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.comparison import chains, comparable, is_context, versus
from entrywise.rag.understand.mention import Mention

_SIDES = 4
# Sentences in which one side speaks of another, each of another side, before the table.
_ON_EACH_OTHER = 2

# Rows that are no aspects.
_WHAT, _ASKED = "what", "nearest"
_ROW = attrgetter("row")
_NEAREST = 2

Column = tuple[str, EntryEvidence | None]
"""A title, and the evidence of the entry below it, or None when no entry owns the name."""


def comparison(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """Where one side speaks of the other, then a table of the aspects that two or more have."""
    named = sides(findings, evidence)
    distinct = _distinct(named, findings)
    entry = _only_entry(distinct, findings, evidence)
    if entry is not None and len(named) > 1:
        _within_one_entry(named, evidence.of(entry), draft)
        return
    columns = [_column(side, findings, evidence) for side in distinct[:_SIDES]]
    others = [side for side, (_, of) in zip(distinct, columns, strict=False) if of is None]
    columns += _nearest(2 - len(columns), columns, findings, evidence)
    known = [side for _, side in columns if side]
    if len(known) == 1 and others:
        _of_the_known_side(known[0], others, findings, evidence, draft)
        return
    titled = {side.ordinal: (title, side) for title, side in columns if side}
    for sentence in [*chosen(known, findings), *on_each_other(known)[:_ON_EACH_OTHER]]:
        title, speaking = titled[sentence.entry]
        draft.quote(in_context(speaking, sentence), heading=title, aspect=CONTRAST.id)
    titles = [title for title, _ in columns]
    # Formulas of two things seldom stand for the same.
    asks_for_formulas = ASKS_FOR_FORMULA.search(findings.question.text) is not None
    aspects = [one for one in compared(evidence.domain) if one is not FORMULA or asks_for_formulas]
    asks_more = not findings.question.names_only
    rows = _rows(columns, aspects, draft, asks_more=asks_more)
    draft.table(titles, rows, heading=" vs ".join(titles))
    if len(distinct) > 1:
        _say_of_both(distinct, [*titled], findings, evidence, draft)
    left_out = [_column(side, findings, evidence)[0] for side in distinct[_SIDES:]]
    for side in distinct[:_SIDES]:
        if side.source == "mentioned":
            _say(side, known, findings, evidence, draft)
        entry = findings.owner(side)
        if side.source == "description" and entry is not None:
            (name,) = draft.texts.in_quotes([side.name])
            told = draft.texts("told.described", name=name, title=evidence.title(entry))
            draft.notice(told)
    if left_out:
        names = draft.texts.joined(left_out)
        draft.notice(draft.texts("told.left_out", most=_SIDES, names=names))


def _of_the_known_side(
    known: EntryEvidence,
    others: Sequence[Mention],
    findings: Findings,
    evidence: Evidence,
    draft: Draft,
) -> None:
    """What the only side with an entry is, and what is said of the others: a table would be half
    empty."""
    speaking = (one for name in others for one in known.speaking_of(name.name))
    spoken = [one for one in speaking if one not in known.openings]
    contrasting = [one for one in known.with_aspect(CONTRAST) if one not in known.openings]
    prose = [one for one in [*spoken, *contrasting] if one.prose][:_NEAREST]
    said = prose or known.best(1, beside=[known.lead])
    more = [other for one in sorted(said, key=_ROW) for other in in_context(known, one)]
    draft.quote([known.lead, *more], heading=evidence.title(known.ordinal), aspect=CONTRAST.id)
    mentioned = [name for name in others if name.source == "mentioned"]
    elsewhere = [one for one in findings.candidates if one.entry != known.ordinal]
    for name in mentioned:
        _say(name, [], replace(findings, candidates=elsewhere), evidence, draft)
    if mentioned:
        draft.mentioned([name.name for name in mentioned])


def _distinct(named: Iterable[Mention], findings: Findings) -> list[Mention]:
    """The sides, each entry and each name that no entry owns once."""
    first: dict[int | str, Mention] = {}
    for side in named:
        entry = findings.owner(side)
        first.setdefault(joined(side.name) if entry is None else entry, side)
    return list(first.values())


def _only_entry(distinct: Sequence[Mention], findings: Findings, evidence: Evidence) -> int | None:
    """The entry that covers all sides: it owns them, or one that is not what it is called itself
    while it speaks of the others, which no entry owns: TTFT and throughput."""
    others = [side for side in distinct if side.source == "mentioned"]
    if len(distinct) != len(others) + 1:
        return None
    owned = next(side for side in distinct if side not in others)
    entry = findings.owner(owned)
    if entry is None or not others:
        return entry
    side = evidence.of(entry)
    is_part = not exactly([side.entry.short_name]).search(owned.name)
    speaks = all(side.saying(exactly([one.name])) for one in others)
    return entry if is_part and speaks else None


def _column(side: Mention, findings: Findings, evidence: Evidence) -> Column:
    entry = findings.owner(side)
    if entry is None:
        return side.name, None
    return evidence.title(entry), evidence.of(entry)


def _nearest(
    count: int, columns: Sequence[Column], findings: Findings, evidence: Evidence
) -> list[Column]:
    """Columns for the best other candidates, where the question names fewer than two sides."""
    taken = {side.ordinal for _, side in columns if side}
    others = [c.entry for c in findings.candidates if c.entry not in taken]
    nearest = evidence.of_all(others[: max(count, 0)])
    return [(side.entry.short_name, side) for side in nearest]


def _within_one_entry(named: Sequence[Mention], side: EntryEvidence, draft: Draft) -> None:
    """Two names of one entry: its sentence on each, then what it says of both."""
    title = side.entry.short_name
    names = list(dict.fromkeys(mention.name for mention in named))
    said = [sentence for name in names for sentence in side.saying(exactly([name]))[:2]]
    draft.quote(said or [side.lead], heading=title, aspect="definition")
    draft.quote(side.best(2, beside=said), aspect=CONTRAST.id)
    draft.notice(draft.texts("told.one_entry", names=draft.texts.joined(names), title=title))


def _say(
    side: Mention,
    known: Sequence[EntryEvidence],
    findings: Findings,
    evidence: Evidence,
    draft: Draft,
) -> None:
    """Quote what an entry says of a name that no entry owns: the sentence with that name that fits
    best and is not quoted yet."""
    leads = {one.lead for one in known}
    found = (
        sentence
        for one in evidence.of_all(candidate.entry for candidate in findings.candidates)
        for sentence in draft.unused(one.speaking_of(side.name))
        if sentence.prose and sentence not in leads
    )
    best = max(found, key=lambda sentence: sentence.score, default=None)
    if best:
        said = in_context(evidence.of(best.entry), best)
        draft.quote(said, heading=evidence.title(best.entry), aspect=CONTRAST.id)


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
                best, _ = max(speaking, key=contrast)
                draft.quote(in_context(side, best), heading=side.entry.short_name)


def _rows(
    columns: Sequence[Column], aspects: Sequence[Aspect], draft: Draft, *, asks_more: bool
) -> list[Row]:
    """What each side is, then the rows for which two sides or more have a sentence; where they
    share none, what each has that is nearest to the question."""
    plans = [_plan(side, aspects, draft, asks_more) if side else {} for _, side in columns]
    headings = _headings(draft.texts, tuple(aspects))
    shared = [row for row in headings if sum(row in plan for plan in plans) >= 2]
    if shared == [_WHAT] and not asks_more:
        return _rows(columns, aspects, draft, asks_more=True)
    told = [row for row in headings if row == _WHAT or row in shared]
    cells = draft.cells([[plan.get(row, []) for plan in plans] for row in told])
    return [Row(headings[row], of_row) for row, of_row in zip(told, cells, strict=True)]


@cache
def _headings(texts: Texts, aspects: tuple[Aspect, ...]) -> Mapping[str, str]:
    """{row: what it is called}, in their order."""
    own = {_WHAT: texts("told.what"), _ASKED: texts("told.nearest")}
    return own | {aspect.id: texts.heading(aspect) for aspect in aspects}


def _plan(
    side: EntryEvidence, aspects: Sequence[Aspect], draft: Draft, asks_more: bool
) -> dict[str, list[Sentence]]:
    """{row: sentences} of one side, each sentence once and none that is quoted already."""
    free = draft.unused(side.sentences)
    what = side.lead if side.lead in free else next(iter(free), None)
    if what is None:
        return {}
    plan = {_WHAT: [what]}
    free.remove(what)
    if asks_more and free:
        nearest = ranked(free, attrgetter("score"))[:_NEAREST]
        plan[_ASKED] = sorted(nearest, key=lambda sentence: sentence.row)
        free = [sentence for sentence in free if sentence not in nearest]
    tag_line = side.sentences[0]
    fits = [(aspect, one) for one in free for aspect in _told_most(one, aspects)]
    # Prose goes before notes and the tag line.
    fits = ranked(fits, lambda fit: fit[1].fits[fit[0].id])
    fits.sort(key=lambda fit: not (fit[0] is FORMULA or (fit[1].prose and fit[1] != tag_line)))
    for aspect, sentence in fits:
        if aspect.id not in plan and [sentence] not in plan.values():
            plan[aspect.id] = [sentence]
    return plan


def _told_most(sentence: Sentence, aspects: Sequence[Aspect]) -> list[Aspect]:
    """Those of some aspects that a sentence tells most of: it stands in no other row."""
    told = [aspect for aspect in aspects if aspect.id in sentence.fits]
    most = max((sentence.fits[aspect.id] for aspect in told), default=0.0)
    return [aspect for aspect in told if sentence.fits[aspect.id] == most]


def sides(findings: Findings, evidence: Evidence) -> list[Mention]:
    """The sides of a comparison; all names when fewer than two are chained."""
    text = findings.question.text
    named = comparable(text, findings.question.mentions)
    around = zip([None, *named], named, [*named[1:], None], strict=False)
    kept = [
        side
        for before, side, after in around
        if not is_context(before, side, text) or _is_pair(side, after, findings, evidence)
    ]
    longest = max(chains(kept, text), key=len, default=[])
    return next((choice for choice in (longest, kept) if len(choice) > 1), named)


def are_unknown(findings: Findings, evidence: Evidence) -> bool:
    """Whether all sides are names that no entry owns and no text mentions: a table would be empty,
    and the question is answered by what else it says."""
    named = sides(findings, evidence)
    unknown = [s for s in named if findings.owner(s) is None and s.source != "mentioned"]
    return len(named) > 1 and len(unknown) == len(named)


def _is_pair(side: Mention, after: Mention | None, findings: Findings, evidence: Evidence) -> bool:
    """Whether a name is compared with the next, of its own category: "data for KTO vs DPO"."""
    if after is None or versus(side, after, findings.question.text) is None:
        return False
    one, other = findings.owner(side), findings.owner(after)
    if one is None or other is None:
        return False
    return evidence.entries[one].category == evidence.entries[other].category
