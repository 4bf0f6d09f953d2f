"""Answers from documents: the excerpts that answer, the best first, each under its headings."""

from __future__ import annotations

from entrywise.data.entries import Entry
from entrywise.index.index import EntryTable
from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.selection import Findings

EXCERPT = "excerpt"
"""The aspect of a part that is one."""


def excerpts(findings: Findings, draft: Draft, entries: EntryTable) -> None:
    """Each excerpt, whole and in reading order."""
    for excerpt in findings.excerpts:
        heading = _heading(entries[excerpt.hit.entry], excerpt.hit.section)
        draft.quote(excerpt.sentences, heading=heading, aspect=EXCERPT)


def _heading(entry: Entry, section: int) -> str:
    return " > ".join((entry.name, *entry.sections[section].path))
