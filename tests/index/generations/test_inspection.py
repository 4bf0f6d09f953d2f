from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import IndexDamaged
from entrywise.index.entry_table import encoded, stretch_of, write_entries
from entrywise.index.generations.inspection import inspect
from entrywise.index.index import Index
from entrywise.index.listing import tables
from entrywise.index.vectors import writing as vector_file

Put = Callable[[str, bytes], None]


def test_all_of_a_sound_index_is_read(small_root: Path) -> None:
    lines = [*inspect(Index(small_root))]
    assert lines[0] == "6 entries can be read"
    assert lines[-1] == "1 vectors of questions without an answer have unit length"
    assert len(lines) == 9


def test_a_span_beyond_its_text_is_found(copied: Path, generation: Path, put: Put) -> None:
    """It is within its table, so opening does not see it."""
    spans = np.load(generation / "sentences.npy")
    spans[-1, 3] += 1_000
    np.save(copied / "changed.npy", spans)
    put("sentences.npy", (copied / "changed.npy").read_bytes())
    (copied / "changed.npy").unlink()
    with pytest.raises(IndexDamaged, match="sentences: a span is beyond its text"):
        [*inspect(Index(copied))]


def test_a_vector_that_is_none_is_found(small_index: Index, copied: Path, put: Put) -> None:
    count = len(small_index.chunk_vectors)
    vectors = np.array([small_index.chunk_vectors.vector(row) for row in range(count)])
    vectors[1] *= 2
    vector_file.write(copied / "changed", vectors)
    put("chunks.faiss", (copied / "changed").read_bytes())
    (copied / "changed").unlink()
    with pytest.raises(IndexDamaged, match="chunks: vector 1 is no unit vector"):
        [*inspect(Index(copied))]


def test_a_listing_of_other_entries_is_found(
    small_index: Index, copied: Path, put: Put, knowledge_base: KnowledgeBase
) -> None:
    turned = KnowledgeBase(knowledge_base.entries[::-1], knowledge_base.categories)
    tables.write(copied / "changed", turned)
    put("listing.sqlite", (copied / "changed").read_bytes())
    (copied / "changed").unlink()
    with pytest.raises(IndexDamaged, match="the entry 'instruct' is another one"):
        [*inspect(Index(copied))]


def test_a_listing_of_fewer_entries_is_found(
    copied: Path, put: Put, knowledge_base: KnowledgeBase
) -> None:
    tables.write(copied / "changed", KnowledgeBase(knowledge_base.entries[:5]))
    put("listing.sqlite", (copied / "changed").read_bytes())
    (copied / "changed").unlink()
    with pytest.raises(IndexDamaged, match="listed entries: 5 instead of 6"):
        Index(copied)


def test_entries_in_another_order_are_found(small_index: Index, copied: Path, put: Put) -> None:
    lines = [*map(encoded, small_index.entries)]
    write_entries(copied / "lines", copied / "offsets.npy", [stretch_of(lines[::-1])])
    for name, made in (("entries.jsonl", "lines"), ("entries.npy", "offsets.npy")):
        put(name, (copied / made).read_bytes())
        (copied / made).unlink()
    Index(copied).close()
    with pytest.raises(IndexDamaged, match="the entry 'gqa' is another one"):
        [*inspect(Index(copied))]
