"""Answers from documents: the excerpts that answer, the best first, each under its headings."""

from __future__ import annotations

from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings

EXCERPT = "excerpt"
"""The aspect of a part that is one."""


def excerpts(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """Each excerpt, whole and in reading order."""
    for excerpt in findings.excerpts:
        heading = " > ".join(evidence.heading(excerpt.hit.entry, excerpt.hit.section))
        draft.quote(excerpt.sentences, heading=heading, aspect=EXCERPT, key=excerpt.key)
