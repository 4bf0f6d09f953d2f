"""A database gives what the files give that it was written from."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from databases import publish
from indexes import write_texts

from entrywise import Assistant
from entrywise.data.entries import KnowledgeBase, Section
from entrywise.data.source import read_knowledge_base
from entrywise.index.build import build_index
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.listing.folders import Folder
from entrywise.index.stores.base import Store
from entrywise.index.stores.postgres.connections import Connections
from entrywise.index.stores.postgres.generation import PostgresGeneration
from entrywise.index.words.base import COLUMNS, TOLD

pytestmark = pytest.mark.slow

TEXTS = (
    "how much memory does grouped-query attention save?",
    "low rank adapters",
    "the the the",
    "ReAct",
    "\ud800 half a character",
)


def test_tables_are_the_same_to_the_last_number(stored: Index, small_index: Index) -> None:
    for name in ("chunks", "sentences", "sentence_features", "sentence_mentions", "units"):
        np.testing.assert_array_equal(getattr(stored, name)[:], getattr(small_index, name)[:])
    np.testing.assert_array_equal(stored.map.dots, small_index.map.dots)
    np.testing.assert_array_equal(stored.map.links, small_index.map.links)
    assert tuple(stored.entries) == tuple(small_index.entries)
    assert stored.catalog.names == small_index.catalog.names
    assert stored.manifest == small_index.manifest
    rows = range(len(small_index.chunks))
    for row in rows:
        np.testing.assert_array_equal(
            stored.chunk_vectors.vector(row), small_index.chunk_vectors.vector(row)
        )


def test_a_zero_character_in_a_text_is_kept_where_it_can_be(
    knowledge_base: KnowledgeBase, fresh: Store, tmp_path: Path
) -> None:
    """PostgreSQL has none in its texts."""
    first, *others = knowledge_base.entries
    told = (Section("oneliner", "Ends with \0."), *first.sections[1:])
    entries = (replace(first, sections=told), *others)
    build_index(replace(knowledge_base, entries=entries), tmp_path / "index")
    with closing(Index(tmp_path / "index")) as index:
        publish(index, fresh)
        with closing(Index(fresh)) as stored:
            assert [*stored.entries] == [*index.entries] == [*entries]
            [listed] = stored.listing.by_ordinal(0, 1)
            assert listed.oneliner == "Ends with \N{REPLACEMENT CHARACTER}."


def test_rows_are_read_as_numpy_gives_them(stored: Index, small_index: Index) -> None:
    count = len(small_index.sentences)
    for key in (0, count - 1, slice(2, 7), slice(count, count), [5, 1, 1], np.array([3, 0])):
        np.testing.assert_array_equal(stored.sentences[key], small_index.sentences[key])
        np.testing.assert_array_equal(stored.sentences[key, :2], small_index.sentences[key, :2])
        np.testing.assert_array_equal(
            stored.sentence_vectors[key], small_index.sentence_vectors[key]
        )
    for rows in (range(count), range(3, 9), range(count, count)):
        np.testing.assert_array_equal(stored.mentions(rows), small_index.mentions(rows))
    for entry in range(len(small_index.entries)):
        assert stored.sentence_rows(entry) == small_index.sentence_rows(entry)
        assert stored.chunks.stretch(entry, entry + 1) == small_index.chunks.stretch(
            entry, entry + 1
        )


@pytest.mark.parametrize("text", TEXTS)
def test_words_score_as_in_sqlite(stored: Index, small_index: Index, text: str) -> None:
    ours, theirs = stored.words, small_index.words
    for columns in (COLUMNS, TOLD):
        np.testing.assert_allclose(ours.scores(text, columns), theirs.scores(text, columns))
    np.testing.assert_allclose(ours.likeness(text), theirs.likeness(text))
    words = text.lower().split()
    entries = range(len(small_index.entries))
    assert ours.rarities(words) == theirs.rarities(words)
    assert ours.known(words) == theirs.known(words)
    assert ours.coverage(words, entries) == pytest.approx(theirs.coverage(words, entries))
    assert ours.mentions(text) == theirs.mentions(text)


def test_phrases_and_beginnings_are_those_of_sqlite(stored: Index, small_index: Index) -> None:
    ours, theirs = stored.words, small_index.words
    said = [entry.sections[0].text for entry in small_index.entries]
    phrases = [" ".join(text.split()[n : n + 3]) for text in said for n in range(4)]
    assert [*map(ours.mentions, phrases)] == [*map(theirs.mentions, phrases)]
    assert any(map(theirs.mentions, phrases))
    assert ours.phrase_rarities(phrases) == theirs.phrase_rarities(phrases)
    np.testing.assert_allclose(
        ours.likeness(said[0], phrases[:2]), theirs.likeness(said[0], phrases[:2])
    )
    assert not ours.mentions("heads attention grouped query memory")
    for beginning in (["att"], ["memory", "he"], ["nothing", "a"], ["quer"]):
        assert ours.beginning(beginning, TOLD, 5) == theirs.beginning(beginning, TOLD, 5)


def test_a_search_finds_what_faiss_finds(stored: Index, small_index: Index) -> None:
    for text in TEXTS[:4]:
        query = small_index.encoder.encode_query(text).vector
        for name in ("chunk_vectors", "question_vectors", "unanswered_vectors"):
            ours, theirs = getattr(stored, name), getattr(small_index, name)
            assert len(ours) == len(theirs)
            for one, other in ((ours, theirs), (ours.without([0]), theirs.without([0]))):
                rows, cosines = one.search(query, 7)
                right, expected = other.search(query, 7)
                np.testing.assert_array_equal(rows, right)
                np.testing.assert_allclose(cosines, expected, atol=1e-6)


def test_lists_and_names_are_asked_by_the_same_sql(stored: Index, small_index: Index) -> None:
    ours, theirs = stored.listing, small_index.listing
    assert ours.by_name(0, 9) == theirs.by_name(0, 9)
    assert ours.by_category(2, 9) == theirs.by_category(2, 9)
    assert (ours.groups(9), ours.marks(), ours.pairs(), ours.examples()) == (
        theirs.groups(9),
        theirs.marks(),
        theirs.pairs(),
        theirs.examples(),
    )
    # In no folder is anything: that it is the same SQL is told by its being understood.
    assert ours.marks(Folder("guides", 0)) == theirs.marks(Folder("guides", 0)) == []
    text = "how does MLA differ from groupd query attention and LoRA"
    assert stored.names.find(text) == small_index.names.find(text)
    assert stored.spelling.corrected(text, [(24, 30)]) == small_index.spelling.corrected(
        text, [(24, 30)]
    )
    assert stored.names.without(0).find(text) == small_index.names.without(0).find(text)
    assert stored.completer.complete("lat") == small_index.completer.complete("lat")


def test_names_of_a_whole_text_are_read_at_once(stored: Index, small_index: Index) -> None:
    connections = _connections(stored)
    text = "grouped query attention \ud800 of ReAct, or group\0ed-query attention beside low rank"
    found = stored.names.find(text)
    # Of half a character nothing can be asked: then each beginning is, once.
    assert found == small_index.names.find(text) != ()
    whole = "does grouped query attention save what low rank adapters of ReAct do with GQA?"
    before = connections.asked
    assert stored.names.find(whole) == small_index.names.find(whole) != ()
    assert connections.asked - before <= 4
    before = connections.asked
    stored.names.find(whole)
    assert connections.asked == before


def test_a_question_asks_the_server_a_few_times(stored: Index) -> None:
    """Each time costs a user the way to the server and back."""
    connections = _connections(stored)
    with closing(Assistant(stored)) as assistant:
        assistant.ask("what is ReAct?")
        before = connections.asked
        assistant.ask("how much memory do grouped query attention and adapters of low rank save?")
    assert connections.asked - before <= 10


def test_files_are_brought_here_once(stored: Index, small_index: Index) -> None:
    brought, original = stored.file(Layout.question_texts), small_index.file(Layout.question_texts)
    assert brought
    assert original
    assert brought.read_bytes() == original.read_bytes()
    assert stored.file(Layout.question_texts) == brought
    assert stored.file(Layout.words) is None
    brought.write_bytes(b"cut")
    again = stored.file(Layout.question_texts)
    assert again
    assert Path(again).read_bytes() == original.read_bytes()


def test_words_of_other_languages_are_kept_as_in_sqlite(
    knowledge_base: KnowledgeBase, fresh: Store, tmp_path: Path
) -> None:
    first, *_ = knowledge_base.entries
    told = (Section("oneliner", "Überstunden werden übersichtlich ausgezahlt. 残業は事前に。"),)
    german = replace(knowledge_base.identity, language="de")
    entries = (replace(first, sections=told),)
    build_index(replace(knowledge_base, entries=entries, identity=german), tmp_path / "index")
    with closing(Index(tmp_path / "index")) as index:
        publish(index, fresh)
        with closing(Index(fresh)) as stored:
            for words in (index.words, stored.words):
                asked = ["überstunde", "ausgezahlte", "残業", "事前", "overtime"]
                assert words.known(asked) == [True, True, True, True, False]
                assert words.mentions("werden übersichtliche")
                for typed in ("überstu", "übersichtlic", "残"):
                    assert words.beginning([typed], TOLD, 3) == [0]
            np.testing.assert_allclose(
                stored.words.scores("Überstunde und 残業"),
                index.words.scores("Überstunde und 残業"),
            )


def test_a_question_is_about_the_same_language_and_version_as_in_files(
    fresh: Store, tmp_path: Path
) -> None:
    english = "# Oars\n\nThe oars of the club stand in the shed behind the pier, on the left.\n"
    german = "# Ruder\n\nDie Ruder des Vereins stehen im Schuppen hinter dem Steg, auf der Seite.\n"
    pages = {"docs/oars.md": english, "docs/v1/oars.md": english, "docs/de/oars.md": german}
    write_texts(tmp_path / "source", pages)
    build_index(read_knowledge_base(tmp_path / "source"), tmp_path / "index")
    with closing(Index(tmp_path / "index")) as index:
        publish(index, fresh)
        with closing(Index(fresh)) as stored:
            questions = ("where are the oars", "wo stehen die Ruder", "oars in v1")
            told = [[_others(one, question) for question in questions] for one in (index, stored)]
    assert told[1] == told[0]
    assert told[0] == [
        ["docs/de/oars", "docs/v1/oars"],
        ["docs/oars", "docs/v1/oars"],
        ["docs/de/oars", "docs/oars"],
    ]


def _others(index: Index, question: str) -> list[str]:
    """The pages that a question is not about."""
    units = index.unwanted(question).units
    return sorted({index.entries[entry].id for entry in index.units[units, 0].tolist()})


def _connections(index: Index) -> Connections:
    assert isinstance(index.generation, PostgresGeneration)
    return index.generation.connections
