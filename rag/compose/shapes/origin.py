"""The answer to "who made it" and "which paper introduced it"."""

from __future__ import annotations

from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.aspects import ORIGIN
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, Sentence
from entrywise.rag.judge.selection import Findings

_PAPERS = 3


def maker(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """The sentence that says who made it, else the papers with their authors; then what it is."""
    for side in evidence.of_all(_subjects(findings)):
        if not _origin(side):
            _name_papers(side, draft, absent=f"Who made {side.entry.short_name}")
        _say(side, findings, draft)


def paper(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """The papers by their titles, then the sentence that says where it comes from and what it
    is."""
    for side in evidence.of_all(_subjects(findings)):
        _name_papers(side, draft, absent=f"Papers on {side.entry.short_name}")
        _say(side, findings, draft)


def _subjects(findings: Findings) -> list[int]:
    """What is asked about: the entries that are named, else those worth quoting."""
    named = [entry for entry in findings.question.surely_named if entry in findings.quoted]
    return named or list(findings.quoted)


def _origin(side: EntryEvidence) -> list[Sentence]:
    """The sentence that says most about where an entry's subject comes from, if there is one."""
    return side.with_aspect(ORIGIN)[:1]


def _say(side: EntryEvidence, findings: Findings, draft: Draft) -> None:
    heading = side.entry.short_name if len(_subjects(findings)) > 1 else None
    draft.quote([*_origin(side), side.lead], heading=heading, aspect=ORIGIN.id)


def _name_papers(side: EntryEvidence, draft: Draft, absent: str) -> None:
    """A notice with the titles: a paper is a reference, never a quote."""
    papers = [paper.label for paper in side.entry.papers[:_PAPERS]]
    if papers:
        draft.notice(f"Papers on {side.entry.short_name}: {'; '.join(papers)}.")
    else:
        draft.absent(absent)
