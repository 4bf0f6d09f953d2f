"""Knowledge bases as pages read them, without an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from entrywise.data.entries import KnowledgeBase
from entrywise.index.listing import tables
from entrywise.index.listing.listing import Listing
from entrywise.index.words.database import SqliteFile
from entrywise.web.served.collection import Collection

Collected = Callable[[KnowledgeBase], Collection]


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Collected]:
    """Gives what pages read of a knowledge base."""
    numbers = count()
    with ExitStack() as opened:

        def collect(knowledge_base: KnowledgeBase) -> Collection:
            path = tmp_path / f"{next(numbers)}.sqlite"
            tables.write(path, knowledge_base)
            listing = Listing(SqliteFile(path))
            opened.callback(listing.close)
            return Collection(knowledge_base.entries, listing, knowledge_base.identity)

        yield collect
