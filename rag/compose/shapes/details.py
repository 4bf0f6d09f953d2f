"""Answers to what is asked of something beside what it is (`rag/understand/detail.py`).

maker      the sentence that says who made it    users    where it is used, who says that it uses it
paper      the papers that introduced it         limits   what it costs
expansion  what it stands for                    remedy   what others do against it

Then what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Sized

from entrywise.data.words import joined
from entrywise.index.similarity import ranked
from entrywise.rag.compose.context import ON_ITS_SUBJECT, in_context
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.prose import definition, how
from entrywise.rag.domains.base import Aspect, Domain
from entrywise.rag.judge.aspects import (
    COST,
    MECHANISM,
    ORIGIN,
    QUALITY,
    REASON,
    REMEDY,
    TRADE_OFF,
    USE,
)
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.detail import AGAINST, GAINS
from entrywise.rag.understand.detail import USE as USING

_MAY_BE_DRAWBACKS = ("", TRADE_OFF.id, COST.id, QUALITY.id)
"""What the knowledge base may say, or not, that a sentence with a drawback tells."""
_ENOUGH, _ALL = 0.3, 0.99
"""Of the rarity of a question's words beside its names."""
_PAPERS = 3
_OTHERS = 2
"""Other entries that say they use it."""
_LOOKED_AT = 5
_REMEDIES = 3
_TELLS_REMEDY = (
    r"(?:reduc|avoid|prevent|mitigat|eliminat|protect|defend|block|filter|detect|lower|without|"
    r"against|fix|stop|less)\w*"
)
"""What a sentence says that tells of a remedy, whatever it is about; a domain has more."""


def maker(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """The sentence that says who made it, else the papers with their authors; then what it is."""
    for side in evidence.of_all(findings.asked_about):
        if not _origin(side):
            _name_papers(side, draft, absent="missing.who_made")
        _say(side, findings, draft)


def paper(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """The papers by their titles, then the sentence that says where it comes from and what it
    is."""
    for side in evidence.of_all(findings.asked_about):
        _name_papers(side, draft, absent="missing.papers_on")
        _say(side, findings, draft)


def users(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """Where it is used, then what other entries say of their use of it; of a user that the question
    names, what is said of that first: "does Mistral use GQA?"."""
    used, others = _used(findings)
    for side in evidence.of_all(used):
        naming = [sentence for sentence, _ in side.naming(others)]
        told = [*naming[:1], *side.with_aspect(USE)[:1]]
        if not told:
            draft.absent(draft.texts("missing.where_used", title=side.entry.short_name))
        quoted = _in_order(told, side)
        draft.quote(quoted, heading=_heading(side, quoted, used), aspect=USE.id)
    near = [one.entry for one in findings.candidates[:_LOOKED_AT] if one.entry not in used]
    telling = (side.naming(used) for side in evidence.of_all(dict.fromkeys([*others, *near])))
    for said in [pairs for pairs in telling if pairs][:_OTHERS]:
        best = max((sentence for sentence, _ in said), key=lambda sentence: sentence.score)
        draft.quote([best], heading=evidence.title(best.entry), aspect=USE.id)


def limits(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """What it costs, or that nothing is said of it, and what it gains where that is asked, too;
    then what it is."""
    asks_both = GAINS.search(findings.question.text) is not None
    sides = evidence.of_all(findings.asked_about)
    told = {side.ordinal: (_drawbacks(side) or _saying(side))[:1] for side in sides}
    silent = [
        side.entry.short_name
        for side in sides
        if not any(TRADE_OFF.id in one.fits for one in (*told[side.ordinal], side.lead))
    ]
    if len(silent) == len(sides):
        draft.absent(draft.texts("missing.drawbacks", title=draft.texts.either(silent)))
    for side in sides:
        gains = _prose(side, REASON)[:1] if asks_both else []
        said = _in_order([*gains, *told[side.ordinal]], side)
        draft.quote(said, heading=_heading(side, said, sides), aspect=TRADE_OFF.id)


def _drawbacks(side: EntryEvidence) -> list[Sentence]:
    """The sentences that tell of a drawback, the most telling first: by their wording alone where
    the knowledge base does not say to tell what is none."""
    return [one for one in _prose(side, TRADE_OFF) if one.told in _MAY_BE_DRAWBACKS]


def _saying(side: EntryEvidence) -> list[Sentence]:
    """Where no sentence tells of drawbacks alone, the one that says most of the question beside its
    names: all of it, or enough where its wording may tell of a drawback."""
    said = [
        one
        for one in side.sentences
        if one.share >= (_ENOUGH if TRADE_OFF.id in one.fits else _ALL)
    ]
    return ranked(said, lambda sentence: sentence.share)[:1]


def remedy(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """What it says itself, and others, that is done against it, or that nothing is said of it; then
    what it is."""
    text = findings.question.text
    named = [one for one in findings.question.mentions if AGAINST.search(text[: one.start])]
    subjects = [entry for one in named if (entry := findings.owner(one)) is not None]
    sides = evidence.of_all(subjects or findings.asked_about)
    # "Time to first token" is one of the things that Inference Metrics is about.
    are_parts = not any(_is_called(one.name, side) for side in sides for one in named)
    others = evidence.of_all(one.entry for one in findings.candidates if one.entry not in subjects)
    tells = _tells_remedy(evidence.domain)
    own = [one for side in sides for one in side.sentences if one.told == REMEDY]
    told = own + [
        max(said, key=lambda sentence: sentence.score)
        for side in others
        if (said := [one for one, _ in side.naming(subjects) if tells.search(one.text)])
    ]
    if not told and (are_parts or len(findings.quoted) > 1):
        how(findings, evidence, draft)
        return
    several = len({one.entry for one in told} | {side.ordinal for side in sides}) > 1
    for sentence in told[:_REMEDIES]:
        said = in_context(evidence.of(sentence.entry), sentence)
        heading = evidence.title(sentence.entry) if several else None
        draft.quote(said, heading=heading, aspect=MECHANISM.id)
    if not told:
        names = draft.texts.either(side.entry.short_name for side in sides)
        draft.absent(draft.texts("missing.remedy", title=names))
    for side in sides:
        heading = side.entry.short_name if several else None
        draft.quote([side.lead], heading=heading, aspect=MECHANISM.id)


def expansion(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """The name in full of what is asked by its short one, or what spells out another name of it,
    "Time to First Token (TTFT)"; then what it is."""
    for mention in findings.question.mentions:
        entry = findings.owner(mention)
        if entry is not None:
            _spell_out(mention.name, evidence.of(entry), draft)
    definition(findings, evidence, draft)


def _spell_out(name: str, side: EntryEvidence, draft: Draft) -> None:
    title, in_full = side.entry.short_name, side.entry.expansion
    if joined(name) != joined(title):
        draft.quote(side.saying(re.compile(rf"\({re.escape(name)}\)"))[:1], aspect="definition")
    elif in_full and joined(in_full) != joined(title):
        draft.notice(draft.texts("told.in_full", title=title, expansion=in_full))


def _is_called(name: str, side: EntryEvidence) -> bool:
    """Whether an entry is called so, perhaps in the plural, not only what it is about."""
    own = filter(None, map(joined, (side.entry.short_name, side.entry.expansion)))
    return any(one in joined(name) or joined(name) in one for one in own)


def _tells_remedy(domain: Domain) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{domain.remedies or '(?!)'}|{_TELLS_REMEDY})", re.IGNORECASE)


def _used(findings: Findings) -> tuple[list[int], list[int]]:
    """The entries that are used, whose names stand behind the verb, and the others that the
    question names."""
    question = findings.question
    verbs = list(USING.finditer(question.text))
    behind = verbs[-1].end() if verbs else 0
    named = [(findings.owner(one), one.start) for one in question.mentions]
    used = [entry for entry, start in named if entry is not None and start >= behind]
    others = [entry for entry, start in named if entry is not None and start < behind]
    return (used, others) if used else (findings.asked_about, [])


def _prose(side: EntryEvidence, aspect: Aspect) -> list[Sentence]:
    """The sentences for reading that tell of an aspect, the most telling first."""
    return [one for one in side.with_aspect(aspect) if one.prose and one != side.lead]


def _in_order(told: Sequence[Sentence], side: EntryEvidence) -> list[Sentence]:
    """Sentences in reading order, each after what it refers to, then what the entry is."""
    said = [one for sentence in told for one in in_context(side, sentence)]
    return [*sorted(dict.fromkeys(said), key=lambda sentence: sentence.row), side.lead]


def _heading(side: EntryEvidence, said: Sequence[Sentence], subjects: Sized) -> str | None:
    """The name of one of several subjects, or of what a text that begins with "It" is about."""
    needs_name = len(subjects) > 1 or ON_ITS_SUBJECT.match(said[0].text)
    return side.entry.short_name if needs_name else None


def _origin(side: EntryEvidence) -> list[Sentence]:
    """The sentence that says most about where an entry's subject comes from, if there is one:
    "Mamba's key innovation" has no maker."""
    own = re.compile(rf"{re.escape(side.entry.short_name)}['’]s\b", re.IGNORECASE)
    told = (one for one in side.with_aspect(ORIGIN) if not own.match(one.text))
    found = (one for one in told if one.prose or one in side.openings)
    return [one for one in found if one.told in ("", ORIGIN.id, USE.id)][:1]


def _say(side: EntryEvidence, findings: Findings, draft: Draft) -> None:
    heading = side.entry.short_name if len(findings.asked_about) > 1 else None
    draft.quote([*_origin(side), side.lead], heading=heading, aspect=ORIGIN.id)


def _name_papers(side: EntryEvidence, draft: Draft, absent: str) -> None:
    """A notice with the titles: a paper is a reference, never a quote."""
    papers, title = [paper.label for paper in side.entry.papers[:_PAPERS]], side.entry.short_name
    if papers:
        draft.notice(draft.texts("told.papers", title=title, papers="; ".join(papers)))
    else:
        draft.absent(draft.texts(absent, title=title))
