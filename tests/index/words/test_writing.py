"""What an update writes of words is what is found where all of them are written anew."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from indexes import words_of
from numpy.typing import NDArray

from entrywise.index.passages.rows import UNKNOWN
from entrywise.index.words import scoring
from entrywise.index.words.base import COLUMNS
from entrywise.index.words.database import SqliteFile
from entrywise.index.words.fts5 import Fts5Words
from entrywise.index.words.row_numbers import read_numbers
from entrywise.index.words.writing import Row, update, write

WORDS = ["matrix", "matrices", "relational", "agreed", "file_name", "größe", "残業", "x"]
SELDOM = [f"word{number}" for number in range(40)]
Rows = Mapping[int, Row]


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_LEAST", 50)


def texts(count: int, seed: int) -> list[Row]:
    drawing = random.Random(seed)

    def some(words: int) -> str:
        return " ".join(drawing.choices(WORDS, k=words) + drawing.choices(SELDOM, k=words))

    return [(some(1), some(drawing.randrange(12)), some(1)) for _ in range(count)]


def places(rows: Iterable[int], new: Collection[int]) -> NDArray[np.int64]:
    """Which rows these were: the same, unless they are new."""
    return np.array([UNKNOWN if row in new else row for row in rows])


def assert_same(path: Path, fresh: Path) -> None:
    ours, theirs = words_of(path), words_of(fresh)
    for name, rows in theirs.items():
        assert ours[name] == rows, name
        assert rows
    with closing(Fts5Words(path)) as updated, closing(Fts5Words(fresh)) as written:
        assert updated.rows == written.rows
        for word in (*WORDS, *SELDOM, "fresh"):
            for one, other in zip(
                (*updated.shares(word, COLUMNS), updated.telling(word)),
                (*written.shares(word, COLUMNS), written.telling(word)),
                strict=True,
            ):
                assert np.array_equal(one, other), word


@pytest.mark.parametrize("language", ["en", "de", "zh"])
@pytest.mark.parametrize(
    ("gone", "new"),
    [([3, 250], [3, 250]), ([], [400, 401]), ([398, 399], []), ([7, 399], [7])],
    ids=["other rows", "new ones", "fewer", "one other, one gone"],
)
def test_an_update_is_what_a_fresh_file_is(
    tmp_path: Path, language: str, gone: list[int], new: list[int]
) -> None:
    before, others = texts(400, seed=1), texts(402, seed=2)
    after = dict(enumerate(before))
    for row in gone:
        del after[row]
    after |= {row: (*others[row][:2], "a fresh question") for row in new}
    write(tmp_path / "old", before, language)
    write(tmp_path / "fresh", (after[row] for row in sorted(after)), language)
    was = (tmp_path / "old").read_bytes()
    were, are = (
        {row: which[row] for row in rows} for which, rows in ((before, gone), (after, new))
    )
    kept = places(sorted(after), new)
    assert update(tmp_path / "new", tmp_path / "old", kept, were, are, language)
    assert_same(tmp_path / "new", tmp_path / "fresh")
    assert (tmp_path / "old").read_bytes() == was


@pytest.mark.parametrize("language", ["en", "de", "zh"])
@pytest.mark.parametrize(
    ("gone", "place"), [([], 0), ([], 200), ([0], 0), ([17, 18, 390], 230), ([399], 398)]
)
def test_rows_that_move_are_not_written_again(
    tmp_path: Path, language: str, gone: list[int], place: int
) -> None:
    before, others = texts(400, seed=1), texts(3, seed=2)
    left = [row for row in range(400) if row not in gone]
    which = np.array([*left[:place], *[UNKNOWN] * 3, *left[place:]])
    new = dict(zip(range(place, place + 3), others, strict=True))
    after = [new[row] if row in new else before[which[row]] for row in range(len(which))]
    write(tmp_path / "old", before, language)
    write(tmp_path / "fresh", after, language)
    were = {row: before[row] for row in gone}
    assert update(tmp_path / "new", tmp_path / "old", which, were, new, language)
    assert_same(tmp_path / "new", tmp_path / "fresh")
    one, other = (numbers_of(tmp_path / name) for name in ("old", "new"))
    assert set(one) - {one[row] for row in gone} <= set(other)


def test_where_there_is_no_room_nothing_is_written(tmp_path: Path) -> None:
    rows = texts(2_000, seed=1)
    write(tmp_path / "old", rows)
    new: dict[int, Row] = dict.fromkeys(range(1, 65), ("", "x", ""))
    which = np.array([0, *[UNKNOWN] * 64, *range(1, 2_000)])
    assert not update(tmp_path / "new", tmp_path / "old", which, {}, new)
    assert not (tmp_path / "new").exists()
    del new[64]
    assert update(tmp_path / "new", tmp_path / "old", np.delete(which, 64), {}, new)


def numbers_of(path: Path) -> list[int]:
    with closing(SqliteFile(path)) as database:
        return read_numbers(database).tolist()


def test_words_become_common_and_are_no_longer(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("", " ".join((f"a{n}", "often" * (n < 51), "seldom" * (n < 50))), "") for n in range(400)
    ]
    write(tmp_path / "old", rows)
    assert [term for term, *_ in words_of(tmp_path / "old")["common"]] == ["often"]
    after = {0: ("", "a0 seldom", ""), 399: ("", "seldom twice", "")}
    kept = places(range(400), after)
    assert update(tmp_path / "new", tmp_path / "old", kept, {n: rows[n] for n in after}, after)
    write(tmp_path / "fresh", (after.get(n, rows[n]) for n in range(400)))
    assert [term for term, *_ in words_of(tmp_path / "new")["common"]] == ["seldom"]
    assert_same(tmp_path / "new", tmp_path / "fresh")


def test_many_updates_after_each_other_are_one_fresh_file(tmp_path: Path) -> None:
    rows = dict(enumerate(texts(400, seed=1)))
    write(tmp_path / "0", rows.values())
    for number, row in enumerate(texts(40, seed=3)):
        new = {number * 7: row}
        old = {number * 7: rows[number * 7]}
        kept = places(range(400), new)
        assert update(tmp_path / f"{number + 1}", tmp_path / f"{number}", kept, old, new)
        rows |= new
    write(tmp_path / "fresh", rows.values())
    assert_same(tmp_path / "40", tmp_path / "fresh")


@pytest.mark.parametrize("other", [21, 1], ids=["many rows", "another bound"])
def test_where_it_does_not_pay_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: int
) -> None:
    monkeypatch.setattr(scoring, "_LEAST", 2)
    rows = texts(399 if other == 1 else 400, seed=1)
    write(tmp_path / "old", rows)
    new = {len(rows) + n: ("", "x", "") for n in range(other)}
    # Of 400 rows a word has to be in more than two to be common, of 399 in more than one.
    monkeypatch.setattr(scoring, "_SHARE", 3 / 400)
    kept = places(range(len(rows) + other), new)
    assert not update(tmp_path / "new", tmp_path / "old", kept, {}, new)
    assert not (tmp_path / "new").exists()
