from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.entries import KnowledgeBase
from entrywise.data.source import shipped
from entrywise.data.words import name_key
from entrywise.index.index import Index
from entrywise.index.names import tables
from entrywise.index.names.completion import Completer
from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import HeldNames, WithoutEntry
from entrywise.index.names.names import NameIndex
from entrywise.index.names.tables import NameTables, digits_of, initialled, written_words
from entrywise.index.passages.rows import UNKNOWN
from entrywise.index.words.database import Database, SqliteFile


@pytest.fixture(scope="module")
def glossary() -> KnowledgeBase:
    return shipped()


def test_what_is_looked_up_is_what_memory_holds(glossary_index: Index) -> None:
    stored, held = glossary_index.name_tables, HeldNames(glossary_index.catalog.names)
    keys = {name.key for name in glossary_index.catalog.names}
    for key in (*keys, *(key.replace(" ", "") for key in keys), *(key[:3] for key in keys)):
        assert list(stored.named(key)) == list(held.named(key))
        assert stored.following(key) == held.following(key)
    assert stored.following("\U0010ffff") == held.following("\U0010ffff") == ""


def test_the_words_of_names_come_in_the_same_order(glossary_index: Index) -> None:
    stored, names = glossary_index.name_tables, glossary_index.catalog.names
    like: dict[tuple[str, int], dict[str, str]] = {}
    for word, written in written_words(names).items():
        like.setdefault((digits_of(word), len(word)), {})[word] = written
    for (digits, length), words in like.items():
        assert list(stored.like(digits, length).items()) == list(words.items())
    owned = dict(initialled(names))
    initials = {"".join(word[0] for word in name.form.lower().split()) for name in names}
    for letters in initials:
        assert stored.by_initials(letters) == owned.get(letters)


def test_names_are_found_in_texts_as_in_memory(
    glossary_index: Index, glossary: KnowledgeBase
) -> None:
    held = NameIndex(HeldNames(glossary_index.catalog.names))
    for entry in glossary:
        text = entry.sections[-1].text
        assert glossary_index.names.find(text) == held.find(text)


def test_what_is_typed_is_completed_as_in_memory(glossary_index: Index) -> None:
    held = Completer.of(glossary_index.catalog.names, [*glossary_index.catalog.ids])
    forms = {name.form[:length] for name in glossary_index.catalog.names for length in (1, 5, 40)}
    for typed in sorted(forms)[::7]:
        for text in (typed, typed[1:], f"{typed[:3]}{typed[4:]}"):
            assert glossary_index.completer.complete(text) == held.complete(text)


def test_names_of_one_entry_are_left_out() -> None:
    names = [Name("A b", 0, False, "a b"), Name("Ab", 1, False, "ab"), Name("C", 0, False, "c")]
    left = WithoutEntry(HeldNames(names), 0)
    assert [name.form for name in left.named("ab")] == ["Ab"]
    assert left.named("a b") == []
    assert [left.following(text) for text in ("", "ab", "b")] == ["ab", "ab", ""]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[list[NameTables]]:
    found: list[NameTables] = []
    yield found
    for one in found:
        one.close()


def test_to_look_a_name_up_costs_the_same_among_many(
    tmp_path: Path, opened: list[NameTables]
) -> None:
    def steps(count: int) -> list[int]:
        names = [Name(f"Name{n}", n, False, f"name{n}") for n in range(count)]
        tables.write(tmp_path / str(count), names)
        opened.append(NameTables(SqliteFile(tmp_path / str(count))))
        stored = opened[-1]
        return [
            _counted(stored._database, work)
            for work in (
                lambda: stored.following("name1"),
                lambda: stored.named("name7"),
                lambda: stored.by_initials("n"),
            )
        ]

    assert steps(100) == steps(10_000)


@pytest.mark.parametrize(
    "before", [[1, 2, 3], [UNKNOWN, 0, 1, 2, 3], [0, UNKNOWN, 2, 3], [0, 1, 2, 3, UNKNOWN], [0, 3]]
)
def test_names_that_come_or_go_are_written_as_if_all_were_new(
    before: list[int], tmp_path: Path
) -> None:
    def named(form: str, entry: int) -> list[Name]:
        return [Name(one, entry, False, name_key(one)) for one in (form, f"{form} 2")]

    # The first that has a word tells how it is written; initials that two share are nobody's.
    forms = ["DECODER Alphabet", "Decoder Beta4 Beta5", "delta alphabet", "Gamma-Decoders beta"]
    entries = [named(form, entry) for entry, form in enumerate(forms)]
    new = [named("deCODER ALPHABET Gamma", entry) for entry in range(len(before))]
    tables.write(tmp_path / "old", [*chain(*entries)])
    now = [
        [name._replace(entry=entry) for name in entries[one]] if one != UNKNOWN else new[entry]
        for entry, one in enumerate(before)
    ]
    come = [*chain(*(now[entry] for entry, one in enumerate(before) if one == UNKNOWN))]
    tables.update(tmp_path / "now", tmp_path / "old", np.array(before), come)
    tables.write(tmp_path / "fresh", [*chain(*now)])
    assert (tmp_path / "now").read_bytes() == (tmp_path / "fresh").read_bytes()


def _counted(database: Database, work: object) -> int:
    assert isinstance(database, SqliteFile)
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    database.connection.set_progress_handler(step, 1)
    assert callable(work)
    work()
    database.connection.set_progress_handler(None, 1)
    return count
