"""The pipeline up to what a shape is given, and the shapes' drafts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from entrywise.index.store import Index
from entrywise.rag.compose import compose
from entrywise.rag.draft import Draft
from entrywise.rag.question import parse
from entrywise.rag.retrieve import retrieve
from entrywise.rag.shapes.found import Found

Finding = Callable[[str, Index], Found]
Composing = Callable[[str, Index], Draft]


@pytest.fixture
def find() -> Finding:
    """What was found for a question; the best entry is to be quoted."""

    def found(text: str, index: Index) -> Found:
        question = parse(text, index)
        candidates = retrieve(question, index, 10)
        return Found(question, candidates, [candidates[0].entry], index)

    return found


@pytest.fixture
def composed() -> Composing:
    """The draft for a question, by whatever shape fits it."""

    def draft(text: str, index: Index) -> Draft:
        question = parse(text, index)
        return compose(question, retrieve(question, index, 10), index)

    return draft
