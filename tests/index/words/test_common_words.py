"""What is told beforehand of common words is what FTS5 finds for them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.errors import IndexDamaged
from entrywise.index.words import scoring
from entrywise.index.words.base import COLUMNS
from entrywise.index.words.common_words import Terms
from entrywise.index.words.fts5 import Fts5Words
from entrywise.index.words.writing import write

WORDS = ["matrix", "matrices", "relational", "agreed", "generalization", "file_name", "größe", "x"]


def rows() -> Iterator[tuple[str, str, str]]:
    drawing = random.Random(3)
    for _ in range(400):
        names, body, questions = (" ".join(drawing.choices(WORDS, k=n)) for n in (1, 12, 2))
        yield names, body, questions


@pytest.fixture(params=["en", "de", "zh"])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(scoring, "_LEAST", 50)
    write(tmp_path / "words.sqlite", rows(), request.param)
    return tmp_path / "words.sqlite"


def kept(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [term for (term,) in connection.execute("SELECT term FROM common")]


def test_shares_and_rows_are_those_of_fts5(path: Path) -> None:
    assert len(kept(path)) > 3
    asked = [*WORDS, "matrice", "relate", "agree", "gener", "file", "name", "grösse", "absent"]
    with closing(Fts5Words(path)) as words:
        told = {word: (*words.shares(word, COLUMNS), words.telling(word)) for word in asked}
        named = {word: words.shares(word, ("names",)) for word in asked}
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM common")
    with closing(Fts5Words(path)) as words:
        for word in asked:
            found = (*words.shares(word, COLUMNS), words.telling(word))
            for one, other in zip(told[word], found, strict=True):
                assert np.array_equal(one, other), word
                assert one.dtype == other.dtype
            assert np.array_equal(named[word][1], words.shares(word, ("names",))[1])
    assert len(told["matrix"][0]) > 50
    assert told["absent"][0].tolist() == []


def test_what_few_rows_have_is_left_to_fts5(tmp_path: Path) -> None:
    write(tmp_path / "w", rows())
    assert kept(tmp_path / "w") == []


def test_of_many_rows_a_word_has_to_be_in_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "_LEAST", 2)
    monkeypatch.setattr(scoring, "_SHARE", 0.05)
    some = [
        ("", "often" if row % 10 == 0 else "seldom" if row % 100 == 1 else "", "")
        for row in range(400)
    ]
    write(tmp_path / "w", some)
    assert kept(tmp_path / "w") == ["often"]


def test_a_word_of_several_terms_is_none_of_them() -> None:
    with closing(Terms("porter unicode61")) as terms:
        assert terms.of("file_name") == ["file", "name"]
        assert terms.of("Attentions") == terms.of("attention") == ["attent"]
        assert terms.of("") == terms.of("\0") == []


def test_a_flipped_bit_is_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE common SET shares = zeroblob(length(shares))")
    term = kept(path)[0]
    with (
        closing(Fts5Words(path)) as words,
        pytest.raises(IndexDamaged, match="build it again"),
    ):
        words.telling(term)


def test_other_numbers_of_rows_are_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE numbers SET numbers = zeroblob(length(numbers))")
    with pytest.raises(IndexDamaged, match="build it again"):
        Fts5Words(path)
