"""The shapes' drafts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from entrywise.index.store import Index
from entrywise.rag.compose import compose
from entrywise.rag.draft import Draft
from entrywise.rag.question import parse
from entrywise.rag.retrieve import retrieve

Composing = Callable[[str, Index], Draft]


@pytest.fixture
def composed() -> Composing:
    """The draft for a question, by whatever shape fits it."""

    def draft(text: str, index: Index) -> Draft:
        question = parse(text, index)
        return compose(question, retrieve(question, index, 10), index)

    return draft
