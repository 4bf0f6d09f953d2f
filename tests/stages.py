"""The stages of an answer one by one, as the assistant takes them: for tests of what is between."""

from __future__ import annotations

import math

from entrywise.index.index import Index
from entrywise.rag.domains.base import Domain
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.find.retrieval import look_up
from entrywise.rag.judge.evidence import EntryEvidence, Evidence
from entrywise.rag.judge.selection import Findings, select
from entrywise.rag.understand.question import Question


def domain_of(index: Index) -> Domain:
    """The domain that the knowledge base of an index names."""
    return open_domain(index.manifest.identity.domain)


def understood(text: str, index: Index, *, unlike: float = math.inf) -> Question:
    """A text as a question."""
    return look_up(text, index, domain_of(index), 1, unlike=unlike)[0]


def candidates(text: str, index: Index, limit: int = 10) -> list[Candidate]:
    """The best entries for a text."""
    return look_up(text, index, domain_of(index), limit)[1]


def found(text: str, index: Index, near: int = 10) -> Findings:
    """What is selected of up to `near` candidates for a text."""
    question, best = look_up(text, index, domain_of(index), near)
    return select(question, best, index)


def evidence(question: Question | str, index: Index) -> Evidence:
    """What the entries say, scored for a question."""
    asked = understood(question, index) if isinstance(question, str) else question
    return Evidence(asked, index, domain_of(index))


def entry_evidence(entry: str, text: str, index: Index) -> EntryEvidence:
    """What one entry says, scored for a question."""
    return evidence(text, index).of(index.ordinals[entry])
