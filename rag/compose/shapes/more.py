"""The answer to "tell me more": what stands nearest to the question and was not shown yet.

Of terms it is the next sentences of their entries, then what other entries say of them; of
documents the next best excerpts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from entrywise.index.index import Index
from entrywise.index.similarity import ranked
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.paragraphs import quote_in_paragraphs
from entrywise.rag.compose.shapes.excerpts import excerpts
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.judge.evidence import Evidence, Sentence
from entrywise.rag.judge.excerpts import excerpts as best_excerpts
from entrywise.rag.judge.selection import Findings

# Sentences of one entry, of each of two, and of each of more: as many as a first answer has.
_SENTENCES = (7, 4, 3)
_OF_OTHERS = 3
_REACH = 0.24
"""How far below the best section's score a section of another document still goes on with the
answer: twice as far as one that is part of it (`rag/judge/excerpts.py`)."""
_WORTHWHILE = 30
"""Words of a section that was shown in part from which on its rest is worth reading."""


def further(findings: Findings, evidence: Evidence, index: Index, shown: Collection[int]) -> Draft:
    """A draft of what was not shown yet; without quotes, and not complete, where all was.

    Args:
        shown: the rows of the sentences that earlier answers quoted.
    """
    draft = Draft(evidence.entries, language=evidence.language)
    draft.pass_over(shown)
    if findings.excerpts:
        excerpts(_unread(findings, index, shown), evidence, draft)
        if not draft.citations:
            draft.absent(draft.texts("missing.all"))
        return draft
    subjects = findings.asked_about
    _of_themselves(subjects, evidence, draft, shown)
    if len(draft.evidence) < _OF_OTHERS:
        _of_others(subjects, findings, evidence, draft)
    if not draft.citations:
        titles = draft.texts.joined(evidence.title(subject) for subject in subjects)
        draft.absent(draft.texts("missing.all_of", names=titles))
    return draft


def _of_themselves(
    subjects: list[int], evidence: Evidence, draft: Draft, shown: Collection[int]
) -> None:
    """Quote the next sentences of each subject, in reading order."""
    count = _SENTENCES[min(len(subjects), len(_SENTENCES)) - 1]
    for side in evidence.of_all(subjects):
        said = [sentence for sentence in side.sentences if sentence.row in shown]
        more = side.best(count, beside=said)
        if len(subjects) > 1:
            draft.quote(more, heading=side.entry.short_name)
        elif more:
            quote_in_paragraphs(more, evidence, draft)


def _of_others(subjects: list[int], findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """What other entries say of the subjects: those that were found, and those related to them."""
    related = (other for one in subjects for other in evidence.entries[one].related)
    others = [*(one.entry for one in findings.candidates), *evidence.ordinals(related)]
    naming = [
        sentence
        for side in evidence.of_all(dict.fromkeys(others))
        for sentence, _ in side.naming(subjects)
        if side.ordinal not in subjects and sentence.prose
    ]
    for sentence in ranked(draft.unused(naming), _score)[:_OF_OTHERS]:
        draft.quote([sentence], heading=evidence.title(sentence.entry))


def _score(sentence: Sentence) -> float:
    return sentence.score


def _unread(findings: Findings, index: Index, shown: Collection[int]) -> Findings:
    """The findings with the next excerpts instead: of sections of which nothing was shown, in the
    documents that were shown and in others that are near; where there are none, of what was not
    shown of the sections that were."""
    read = {tuple(index.sentences[row, :2].tolist()) for row in shown}
    pages = {entry for entry, _ in read}
    hits = [hit for one in findings.candidates for hit in one.sections]
    bar = max(hit.score for hit in hits) - _REACH
    near = [hit for hit in hits if hit.entry in pages or hit.score >= bar]
    unread = {hit for hit in near if (hit.entry, hit.section) not in read}
    left = unread or {hit for hit in near if _words_left(hit, index, shown) >= _WORTHWHILE}
    candidates = [
        one._replace(sections=tuple(hit for hit in one.sections if hit in left))
        for one in findings.candidates
    ]
    return replace(findings, excerpts=best_excerpts(findings.question, candidates, index, shown))


def _words_left(hit: SectionHit, index: Index, shown: Collection[int]) -> int:
    """How many words of a section were not shown yet."""
    text = index.entries[hit.entry].sections[hit.section].text
    rows = (row for row in index.section_rows(hit.entry, hit.section) if row not in shown)
    places = index.sentences[[*rows], 2:].tolist()
    return sum(len(text[start:end].split()) for start, end in places)
