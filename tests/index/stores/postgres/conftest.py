"""A published index, and the same in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from databases import NewDatabase, publish

from entrywise.index.index import Index
from entrywise.index.stores.base import Store
from entrywise.index.stores.registry import store_at


@pytest.fixture(scope="session")
def published(
    small_index: Index, new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Store:
    """The six entries' index in a database. It is shared: nothing may be published there."""
    store = store_at(new_database(), tmp_path_factory.mktemp("cache"))
    publish(small_index, store)
    return store


@pytest.fixture
def stored(published: Store) -> Iterator[Index]:
    """The same, opened."""
    with closing(Index(published)) as index:
        yield index


@pytest.fixture
def fresh(new_database: NewDatabase, tmp_path: Path) -> Store:
    """A store in an empty database."""
    return store_at(new_database(), tmp_path / "cache")
