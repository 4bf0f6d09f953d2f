"""The answer to "who made it" and "which paper introduced it"."""

from __future__ import annotations

from entrywise.rag.answer import ABSENT
from entrywise.rag.aspects import ORIGIN
from entrywise.rag.draft import Draft
from entrywise.rag.evidence import EntryEvidence
from entrywise.rag.shapes.found import Found

_PAPERS = 3


def maker(found: Found, draft: Draft) -> None:
    """The sentence that says who made it, then what it is; the papers where there is none."""
    for side in found.evidence(_subjects(found)):
        if not _says(side, found, draft):
            draft.notice(f"Who made {side.entry.short_name}: {ABSENT}.")
            _name_papers(side, draft)


def paper(found: Found, draft: Draft) -> None:
    """The papers by their titles, then the sentence that says where it comes from and what it
    is."""
    for side in found.evidence(_subjects(found)):
        _name_papers(side, draft)
        _says(side, found, draft)


def _subjects(found: Found) -> list[int]:
    """What is asked about: the entries that are named, else those worth quoting."""
    named = [entry for entry in found.question.surely_named if entry in found.quoted]
    return named or list(found.quoted)


def _says(side: EntryEvidence, found: Found, draft: Draft) -> bool:
    """Quote where an entry's subject comes from and what it is; whether the first was there."""
    origin = side.with_aspect(ORIGIN)[:1]
    heading = side.entry.short_name if len(_subjects(found)) > 1 else None
    draft.quote([*origin, side.lead], heading=heading, aspect=ORIGIN.id)
    return bool(origin)


def _name_papers(side: EntryEvidence, draft: Draft) -> None:
    """A notice with the titles: a paper is a reference, never a quote."""
    papers = (
        f"{paper.title} ({said})"
        if (said := ", ".join(filter(None, (paper.authors, paper.venue))))
        else paper.title
        for paper in side.entry.papers[:_PAPERS]
    )
    listed = "; ".join(papers) or ABSENT
    draft.notice(f"Papers on {side.entry.short_name}: {listed}.")
