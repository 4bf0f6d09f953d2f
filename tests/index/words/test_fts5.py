from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import files_of

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import IndexDamaged
from entrywise.data.words import content_words, plain_words
from entrywise.index.index import Index
from entrywise.index.words.base import COLUMNS, Column
from entrywise.index.words.database import SqliteFile
from entrywise.index.words.fts5 import Fts5Words
from entrywise.index.words.index import WordIndex
from entrywise.index.words.writing import write

ROWS = [
    ("GQA\nGrouped-Query Attention", "Heads share keys and values.", "how do heads share keys"),
    ("LoRA", "Adapters are trained. The weights are frozen, training is quick.", "cheap tuning"),
    ("Café", "Größe zählt; 注意力 heads.", "to be or not to be"),
    ("MoE", "Experts are routed.", "what routes tokens"),
    ("BPE", "Pieces are merged.", "what merges pieces"),
]


def search(words: WordIndex, text: str, columns: Sequence[Column] = COLUMNS) -> dict[int, float]:
    """The scores of the entries that share words with a text, best first."""
    scores = words.scores(text, columns)
    assert scores.min() >= 0
    return {int(entry): scores[entry] for entry in np.argsort(-scores) if scores[entry]}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    path = tmp_path_factory.mktemp("words") / "words.sqlite"
    write(path, ROWS)
    return WordIndex(Fts5Words(path))


def test_words_are_found_by_their_stem(words: WordIndex) -> None:
    assert list(search(words, "train an adapter", ["body"])) == [1]
    assert list(search(words, "trainings", ["body"])) == [1]
    assert list(search(words, "SHARING")) == [0]


def test_the_best_come_first_with_positive_scores(words: WordIndex) -> None:
    scores = search(words, "heads share keys")
    assert list(scores) == [0, 2]
    assert scores[0] > scores[2] > 0
    assert words.scores("heads share keys").shape == (5,)


def test_only_the_named_columns_are_searched(words: WordIndex) -> None:
    assert search(words, "GQA", ["body", "questions"]) == {}
    assert list(search(words, "GQA", ["names"])) == [0]
    assert list(search(words, "cheap", ["questions"])) == [1]


def test_stop_words_count_only_where_there_is_nothing_else(words: WordIndex) -> None:
    assert list(search(words, "to be or not to be")) == [2]


@pytest.mark.parametrize(
    "hostile",
    ['"', "heads OR", "NEAR(heads keys)", "heads*", "^heads", "-heads", "body : heads",
     'heads" OR "keys', "{heads} : (", "heads AND NOT NEAR", "heads\x00keys", "'; DROP TABLE"],
)  # fmt: skip
def test_query_syntax_is_only_words(hostile: str, words: WordIndex) -> None:
    found = search(words, hostile)
    assert set(found) == ({0, 2} if "heads" in hostile else set())
    assert words.mentions(hostile) in (True, False)


@given(text=st.text())
def test_no_text_breaks_a_search(text: str, words: WordIndex) -> None:
    search(words, text)
    words.mentions(text)


@pytest.mark.parametrize("odd", ["heads\0keys", 'heads"keys', '"', "\0"])
def test_a_word_that_is_none_is_no_damage(odd: str, words: WordIndex) -> None:
    assert words.rarities([odd])[0] >= words.rarities(["heads"])[0]
    assert words.known([odd]) == [False]
    assert words.coverage([odd], [0]) == words.matched([odd], [0]) == 0
    assert words.beginning([odd, "heads"], ["names"], 3) == []


def test_what_nobody_wrote_is_not_found(words: WordIndex) -> None:
    assert search(words, "zebra") == {}
    assert search(words, "?!") == {}
    assert search(words, "") == {}


def test_words_with_accents_and_of_other_scripts_are_found(words: WordIndex) -> None:
    assert list(search(words, "cafe", ["names"])) == [2]
    assert list(search(words, "GRÖSSE größe", ["body"])) == [2]
    assert list(search(words, "注意力", ["body"])) == [2]


UNSPACED = [
    ("残業", "残業は事前に許可が必要です。", ""),
    ("給与", "給与は毎月25日に振り込まれます。VPN接続は不要です。", ""),
    ("ลาพักร้อน", "ลาพักร้อนได้สิบวัน", ""),
]


@pytest.mark.parametrize("language", ["ja", "zh", "th", "de", "en"])
def test_words_of_two_letters_are_found_in_any_language(language: str, tmp_path: Path) -> None:
    write(tmp_path / "w", UNSPACED, language)
    with closing(WordIndex(Fts5Words(tmp_path / "w"))) as index:
        assert list(search(index, "残業の上限")) == [0]
        assert list(search(index, "給与はいつ", ["body"])) == [1]
        assert list(search(index, "接続")) == [1]
        assert list(search(index, "พักร้อน")) == [2]
        assert index.coverage(content_words("許可"), [0]) == 1
        assert 0 < index.coverage(content_words("許可と給与"), [0]) < 1
        assert index.rarities(["残業"]) < index.rarities(["上限"])
        assert index.known(["給与", "上限"]) == [True, False]
        assert index.mentions("事前に許可")
        assert not index.mentions("許可事前")
        assert index.beginning(plain_words("許可が必"), COLUMNS, 3) == [0]


@pytest.fixture(params=["de", "fr", "es", "ru"])
def stemmed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WordIndex]:
    write(tmp_path / "w", STEMMED, request.param)
    with closing(WordIndex(Fts5Words(tmp_path / "w"), request.param)) as index:
        yield index


STEMMED = [
    (
        "Überstunden",
        "Sie werden ausgezahlt. Melden Sie sich krank; übersichtliche Liste.",
        "",
    ),
    ("Congés", "Les congés sont indemnisés, le mot de passe est réinitialisé.", ""),
    ("Garantía", "La garantía cubre las cafeteras descalcificadas.", ""),
    ("Отпуск", "Ежегодный отпуск и суточные; расчётный лист.", ""),
    ("Other", "Nothing of it. 3.1.1 ＶＰＮ", ""),
]
FORMS = {
    "de": ("Überstunde", "ausgezahlte", "übersichtlich"),
    "fr": ("congé", "réinitialiser", "indemnisée"),
    "es": ("garantías", "cafetera", "descalcificada"),
    "ru": ("отпуска", "суточных", "расчетный"),
}


def test_words_of_other_languages_are_found_in_any_form(
    stemmed: WordIndex, request: pytest.FixtureRequest
) -> None:
    language = request.node.callspec.params["stemmed"]
    row = [*FORMS].index(language)
    for word in FORMS[language]:
        assert list(search(stemmed, word)) == [row]
        assert stemmed.known([word.lower()]) == [True]
        assert stemmed.rarities([word.lower()])[0] < stemmed.rarities(["zyxwvut"])[0]
        assert stemmed.coverage([word.lower()], [row]) == 1
    assert list(search(stemmed, "vpn 3.1.1")) == [4]


def test_accents_of_other_languages_may_be_left_out(tmp_path: Path) -> None:
    rows = [("Největší město", "", ""), ("Ελλάδα", "", ""), ("שָׁלוֹם", "", ""), ("йод", "", "")]
    write(tmp_path / "w", rows, "cs")
    with closing(WordIndex(Fts5Words(tmp_path / "w"), "cs")) as index:
        asked = ("mesto", "Ελλαδα", "שלום", "йод", "иод")
        assert [[*search(index, word)] for word in asked] == [[0], [1], [2], [3], []]


@pytest.mark.parametrize("typed", ["Ueberstunden", "Straßenbahnen", "groesste", "Strassenbahn"])
def test_umlauts_may_be_written_out(typed: str, tmp_path: Path) -> None:
    rows = [("Überstunden; die Strassenbahn", "größte", ""), ("Auto", "Quelle; neue Steuer", "")]
    write(tmp_path / "w", rows, "de")
    with closing(WordIndex(Fts5Words(tmp_path / "w"), "de")) as index:
        assert list(search(index, typed)) == [0]
        assert index.known([typed.lower()]) == [True]


def test_what_is_typed_is_the_beginning_of_a_stem_or_goes_on_behind_it(tmp_path: Path) -> None:
    write(tmp_path / "w", STEMMED, "de")
    with closing(WordIndex(Fts5Words(tmp_path / "w"), "de")) as index:
        for typed in ("übers", "uberstund", "überstunde", "Überstunden".lower()):
            assert index.beginning([typed], COLUMNS, 3) == [0], typed
        for typed in ("übersichtl", "übersichtlic", "übersichtliche"):
            assert index.beginning(["überstunden", typed], COLUMNS, 3) == [0], typed
            assert index.beginning(["garantía", typed], COLUMNS, 3) == []
        assert index.beginning(["übersichtsxyzzy"], COLUMNS, 3) == []
        assert index.mentions("melden sie sich")
        assert not index.mentions("sich melden")


def test_of_a_pasted_log_the_first_words_are_searched(words: WordIndex) -> None:
    log = " ".join(f"line{number}" for number in range(12_000))
    assert len(log) > 100_000
    assert search(words, log) == {}
    assert set(search(words, f"heads {log}")) == {0, 2}
    assert search(words, f"{log} heads") == {}
    assert not words.mentions(log)


def test_what_is_too_long_for_a_word_is_passed_over(words: WordIndex) -> None:
    assert set(search(words, f"{'x' * 10_000} heads")) == {0, 2}
    assert search(words, "x" * 10_000) == {}
    assert words.coverage(["x" * 10_000, "heads"], [0]) == 1


def test_a_mention_is_a_phrase_of_names_or_text(words: WordIndex) -> None:
    assert words.mentions("grouped query attention")
    assert words.mentions("Heads SHARE keys")
    assert not words.mentions("keys share heads")
    assert not words.mentions("cheap tuning")
    assert not words.mentions("… !")


def test_coverage_is_the_share_of_idf_that_an_entry_holds(words: WordIndex) -> None:
    """Of five entries, "heads" is in two, "frozen" in one: ln(1 + (5 - n + 0.5) / (n + 0.5))."""
    heads, frozen, zebra = 0.8754687, 1.3862944, 2.4849066
    assert words.coverage(["heads", "frozen"], [0]) == pytest.approx(heads / (heads + frozen))
    assert words.coverage(["heads", "frozen"], [1]) == pytest.approx(frozen / (heads + frozen))
    assert words.coverage(["heads", "zebra"], [2]) == pytest.approx(heads / (heads + zebra))
    assert words.coverage(["heads"], [0]) == 1
    assert words.coverage(["zebra"], [0]) == words.coverage([], [0]) == 0


def test_words_that_some_entries_hold_are_counted_by_their_rarity(words: WordIndex) -> None:
    rarest = words.rarities(["frozen"])[0]
    heads = words.rarities(["heads"])[0] / rarest
    assert words.matched(["frozen"], [0, 1, 2]) == 1
    assert words.matched(["frozen", "heads", "zebra"], [0, 1, 2]) == pytest.approx(1 + heads)
    assert words.matched(["heads"], [0]) == pytest.approx(heads)
    assert words.matched(["zebra"], [0, 1, 2]) == words.matched(["heads"], []) == 0


def test_coverage_is_that_of_the_entry_that_holds_most(words: WordIndex) -> None:
    alone = words.coverage(["heads", "frozen"], [1])
    assert words.coverage(["heads", "frozen"], [0, 1, 2]) == alone
    assert words.coverage(["heads", "frozen"], []) == 0


def test_how_people_ask_does_not_count_as_coverage(words: WordIndex) -> None:
    assert words.coverage(["cheap"], [1]) == 0


def test_opening_changes_nothing_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "words of mine?.sqlite"
    write(path, ROWS)
    before = path.read_bytes()
    store = Fts5Words(path)
    index = WordIndex(store)
    assert list(search(index, "GQA")) == [0]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.database.connection.execute("INSERT INTO entries(entries) VALUES ('optimize')")
    index.close()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_opening_a_missing_file_creates_none(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        WordIndex(Fts5Words(tmp_path / "missing.sqlite"))
    assert list(tmp_path.iterdir()) == []


def test_several_threads_may_search_at_once(small_index: Index) -> None:
    # Words that were searched for are remembered: each is asked for once.
    words = sorted(set(content_words(" ".join(map(str, small_index.entries)))))
    another = WordIndex(Fts5Words(files_of(small_index).words))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(another.scores, words))
    another.close()
    np.testing.assert_array_equal(found, [small_index.words.scores(word) for word in words])


def test_two_threads_never_step_a_statement_at_once(tmp_path: Path) -> None:
    write(tmp_path / "w", ROWS)
    inside: list[int] = []

    class Watched(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            inside.append(1)
            time.sleep(0.002)
            assert inside == [1]
            inside.pop()
            return super().execute(*arguments)

    database = SqliteFile(tmp_path / "w")
    database.connection.close()
    database.connection = sqlite3.connect(tmp_path / "w", factory=Watched, check_same_thread=False)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(database.rows, ["SELECT 1"] * 40))
    database.connection.close()


def test_what_nobody_holds_is_closed_at_once(tmp_path: Path) -> None:
    """Without the collector of cycles, which may come late."""
    write(tmp_path / "w", ROWS)
    gc.collect()
    gc.disable()
    try:
        store = Fts5Words(tmp_path / "w")
        index = WordIndex(store)
        index.scores("heads share keys")
        index.coverage(["heads"], [0])
        connection = store.database.connection
        del store, index
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    finally:
        gc.enable()


def test_beyond_ten_thousand_entries_of_a_word_the_others_get_no_share(tmp_path: Path) -> None:
    rows = [("", "common rare" if number == 10_004 else "common", "") for number in range(10_005)]
    write(tmp_path / "w", rows)
    with closing(WordIndex(Fts5Words(tmp_path / "w"))) as index:
        assert np.count_nonzero(index.scores("common")) == 10_000
        assert index.scores("rare").nonzero()[0].tolist() == [10_004]
        assert index.coverage(["common"], [10_004]) == 1
        assert index.coverage(["absent", "common"], [10_004]) == index.coverage(
            ["absent", "common"], [0]
        )


def test_a_file_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"words\.sqlite: unable to open"):
        write(tmp_path / "missing" / "words.sqlite", ROWS)


def test_scores_are_lucene_s_bm25(tmp_path: Path) -> None:
    """idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean length)), written out."""
    path = tmp_path / "words.sqlite"
    write(path, [("", "alpha alpha beta", ""), ("", "gamma", ""), ("", "delta beta", "")])
    with closing(WordIndex(Fts5Words(path))) as index:
        scores = search(index, "alpha", ["body"])
    idf = 0.5108256  # ln((3 - 1 + 0.5) / (1 + 0.5))
    mean = (3 + 1 + 2) / 3
    expected = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    assert scores == {0: pytest.approx(expected, rel=1e-5)}


def test_the_score_of_several_words_is_that_of_fts5(
    small_index: Index, knowledge_base: KnowledgeBase
) -> None:
    """FTS5 scores all words of a search at once, and here one by one."""
    texts = [section.text for entry in knowledge_base for section in entry.sections]
    with closing(sqlite3.connect(files_of(small_index).words)) as connection:
        statement = "SELECT id FROM entries_docsize ORDER BY id"
        numbers = [number for (number,) in connection.execute(statement)]
        for text in texts:
            match = " OR ".join(f'"{word}"' for word in content_words(text)[:64])
            expected = connection.execute(
                "SELECT rowid, -bm25(entries) FROM entries WHERE entries MATCH ?", (match,)
            )
            found = {numbers[row]: score for row, score in search(small_index.words, text).items()}
            assert found == pytest.approx(dict(expected), rel=1e-9)


def test_damage_within_the_file_is_an_error_of_the_index(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    write(path, [("name", f"body {number} " * 400, "") for number in range(50)])
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"words.sqlite of the index cannot be read"):
        WordIndex(Fts5Words(path)).scores("body")


def test_likeness_is_the_share_of_what_is_asked(words: WordIndex) -> None:
    both = words.likeness("routed experts")
    assert np.flatnonzero(both).tolist() == [3]
    assert both[3] == pytest.approx(1.0)
    half = words.likeness("routed zyxwvut")[3]
    assert 0 < half < 0.6
    assert words.likeness("zyxwvut").tolist() == [0.0] * len(ROWS)
    assert words.likeness("").tolist() == [0.0] * len(ROWS)


def test_words_that_mean_one_thing_next_to_each_other_count_so(tmp_path: Path) -> None:
    rows = [
        ("", "one system, one file, one process and one more file", ""),
        ("", "told of as one file system", ""),
        ("", "something else", ""),
    ]
    write(tmp_path / "words.sqlite", rows)
    words = WordIndex(Fts5Words(tmp_path / "words.sqlite"))
    apart, as_one = (words.likeness("one file system", p) for p in ((), ["--one-file-system"]))
    nowhere = words.likeness("one file system", ["system-file-one"])

    assert apart[0] > apart[1] > apart[2] == 0
    assert as_one[1] > as_one[0] > as_one[2] == 0
    assert nowhere.tolist() == [0, 0, 0]
    beside = words.likeness("something of one system", ["system-file-one"])
    assert beside[2] > beside[0] == beside[1] == 0
    assert words.phrase_rarities(["one-file-system", "system-file-one"]) == sorted(
        words.rarities(["told", "zyxwvut"])
    )
    # What is said to be absent is so, whatever holds it.
    assert words.likeness("one file system", ["one-file-system"], ["one-file-system"])[1] == 0
    # What is left out holds nothing.
    assert words.without(1).likeness("one file system", ["one-file-system"])[1] == 0
