"""A server that streams from the one that indexes are published on."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from databases import NewDatabase, asked, publish, replica

from entrywise.data.errors import IndexMissing
from entrywise.index.index import Index
from entrywise.index.stores.base import Store
from entrywise.index.stores.registry import store_at
from entrywise.rag.assistant import Assistant

pytestmark = pytest.mark.slow

QUESTION = "difference between GQA and MLA"


def awaited(done: Callable[[], bool]) -> None:
    """Wait until something is so: a replica is a moment behind."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_replica_is_read_and_follows(
    postgres: str, new_database: NewDatabase, small_index: Index, tmp_path: Path
) -> None:
    address = new_database()
    publish(small_index, primary := store_at(address, tmp_path / "primary"))
    with replica(postgres) as theirs:
        there = store_at(theirs(address), tmp_path / "replica")
        awaited(lambda: is_found(there))
        assert asked(theirs(address), "SELECT pg_is_in_recovery()") == [(True,)]
        with (
            Assistant(Index(there)) as assistant,
            Assistant(Index(primary)) as other,
        ):
            answer = other.ask(QUESTION)
            assert assistant.ask(QUESTION).text == answer.text
            generation = assistant.index.manifest.generation
            step = replace(small_index.calibration, slope=2.0)
            after = primary.recalibrate(step, of=generation).generation
            awaited(lambda: there.manifest().generation == after)
            # Who reads there is not seen at the primary; what it reads stays all the same.
            publish(small_index, primary)
            awaited(lambda: there.manifest().generation == generation)
            assistant.search("memory of a cache")
            assert [*assistant.index.entries] == [*small_index.entries]
        with closing(Index(there)) as index:
            assert index.manifest.generation == generation
        with pytest.raises(IndexMissing, match="a replica, which cannot be written"):
            there.drafted().__enter__()


def is_found(store: Store) -> bool:
    try:
        return bool(store.current())
    except (IndexMissing, psycopg.Error):
        return False
