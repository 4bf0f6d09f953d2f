from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.data.errors import IndexDamaged
from entrywise.index.catalog import Catalog, Ordinals, write_catalog
from entrywise.index.index import Index
from entrywise.index.listing import tables
from entrywise.index.listing.listing import Listing
from entrywise.index.names import tables as name_tables
from entrywise.index.names.forms import Name
from entrywise.index.names.tables import NameTables
from entrywise.index.question_vectors import known_questions
from entrywise.index.words.database import SqliteFile

Put = Callable[[str, bytes], None]


class Trap:
    """What pickle would create a file from."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def test_an_index_holds_what_was_built(small_index: Index, knowledge_base: KnowledgeBase) -> None:
    assert tuple(small_index.entries) == knowledge_base.entries
    assert small_index.catalog.categories == knowledge_base.categories
    assert small_index.manifest.title == "six entries"
    assert small_index.ordinals == {entry.id: n for n, entry in enumerate(knowledge_base)}
    assert small_index.part_owners == {"tuning": 5}
    assert small_index.names.owners("torch.bfloat16") == {4: 1.0}


def test_the_counts_of_the_manifest_are_the_sizes_of_the_tables(small_index: Index) -> None:
    index, counts = small_index, small_index.manifest.counts
    assert counts["entries"] == len(index.entries) == 6
    assert counts["categories"] == 2
    assert counts["chunks"] == len(index.chunks) == len(index.chunk_vectors)
    assert (counts["sentences"], counts["dimension"]) == index.sentence_vectors.shape
    assert counts["sentences"] == len(index.sentences)
    assert counts["questions"] == len(index.question_vectors)
    assert counts["questions without an answer"] == len(index.unanswered_vectors) == 1


def test_an_entry_is_found_by_its_id(small_index: Index) -> None:
    assert small_index.entry("mla").name == "MLA"
    with pytest.raises(KeyError, match="nothing"):
        small_index.entry("nothing")


def test_the_sentences_of_an_entry_are_a_run_of_rows(small_index: Index) -> None:
    rows = [row for ordinal in range(6) for row in small_index.sentence_rows(ordinal)]
    assert rows == list(range(len(small_index.sentences)))
    for ordinal in range(6):
        owners = {int(small_index.sentences[row, 0]) for row in small_index.sentence_rows(ordinal)}
        assert owners == {ordinal}


def test_every_sample_question_is_known_with_its_vector(small_index: Index) -> None:
    known = known_questions(small_index)
    for row in range(len(small_index.question_vectors)):
        _, (ordinal, *_) = small_index.sample_questions.answering(np.array([row]))
        asked = small_index.entries[ordinal].questions
        vector = small_index.question_vectors.vector(row)
        assert any((known[q] == vector).all() for q in asked if q in known)
    assert (known["what does GQA cost?"] == small_index.unanswered_vectors.vector(0)).all()
    assert all(np.linalg.norm(vector) == pytest.approx(1, abs=5e-3) for vector in known.values())


def test_a_question_is_nearest_to_its_own_entry(small_index: Index) -> None:
    query = small_index.encoder.encode_query("how do agents reason before using tools?").vector
    rows, _ = small_index.question_vectors.search(query, 1)
    _, (nearest,) = small_index.sample_questions.answering(rows)
    assert small_index.catalog.ids[nearest] == "react"


def test_a_catalog_comes_back_as_it_was(tmp_path: Path) -> None:
    entries = (Entry("a", "A", "c", ()), Entry("é", "B", "c", (), parts=("size",)))
    names = (Name("é", 0, True, "é"), Name("B", 1, False, "b"))
    known = KnowledgeBase(entries, (Category("c", "C", 3),))
    write_catalog(tmp_path / "catalog.json", known)
    tables.write(tmp_path / "listing", known)
    name_tables.write(tmp_path / "names", names)
    with (
        closing(Listing(SqliteFile(tmp_path / "listing"))) as listing,
        closing(NameTables(SqliteFile(tmp_path / "names"))) as kept,
    ):
        catalog = Catalog.read(tmp_path / "catalog.json", listing, kept)
        assert (catalog.categories, catalog.parts) == (known.categories, {"size": 1})
        assert ([*catalog.ids], catalog.ids[-1:], catalog.names) == (["a", "é"], ["é"], names)
        assert dict(Ordinals(listing)) == {"a": 0, "é": 1}
        with pytest.raises(IndexError):
            catalog.ids[2]


@pytest.mark.parametrize(
    "name",
    ["chunks.npy", "sentences.npy", "questions.npy", "sentences.vectors.npy", "entries.npy"],
)
def test_nothing_is_unpickled(name: str, copied: Path, put: Put, tmp_path: Path) -> None:
    crafted = io.BytesIO()
    np.save(crafted, np.array([Trap(tmp_path / "sprung")], dtype=object), allow_pickle=True)
    put(name, crafted.getvalue())
    with pytest.raises(IndexDamaged, match=r"cannot be opened \(.*; build it again"):
        Index(copied)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("catalog.json", b"{"),
        ("catalog.json", b"[]"),
        ("catalog.json", b'{"ids": []}'),
        ("chunks.npy", b"not an array"),
        ("entries.jsonl", b""),
        ("chunks.faiss", b"not an index"),
        ("questions.faiss", b""),
        ("encoder.onnx", b"not a model"),
        ("tokenizer.json", b"{}"),
    ],
)
def test_a_file_of_another_kind_is_damage(
    name: str, content: bytes, copied: Path, put: Put
) -> None:
    put(name, content)
    with pytest.raises(IndexDamaged) as caught:
        Index(copied)
    assert "\n" not in str(caught.value)
    assert "cannot be opened (" in str(caught.value)
    assert str(caught.value).endswith(("; build it again", "; build the index again"))


def test_several_threads_may_share_an_index(small_index: Index) -> None:
    questions = ["grouped-query attention", "what is LoRA", "agents and tools", "16-bit"] * 20

    def nearest(question: str) -> tuple[list[int], list[int]]:
        vector = small_index.encoder.encode_query(question).vector
        names = [match.entry for match in small_index.names.find(question)]
        return small_index.chunk_vectors.search(vector, 5)[0].tolist(), names

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(nearest, questions)) == [nearest(question) for question in questions]
