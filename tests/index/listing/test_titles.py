from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from entrywise.data.entries import Block, Entry, KnowledgeBase, Section
from entrywise.index.listing.titles import Heading, Titles, write
from entrywise.index.words.database import SqliteFile

Opened = Callable[[KnowledgeBase], Titles]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Gives the titles of a knowledge base."""
    found: list[Titles] = []

    def made(knowledge_base: KnowledgeBase) -> Titles:
        path = tmp_path / f"{len(found)}.sqlite"
        write(path, knowledge_base, [q for one in knowledge_base for q in one.questions])
        found.append(Titles(SqliteFile(path)))
        return found[-1]

    yield made
    for titles in found:
        titles.close()


def page(name: str, *paths: tuple[str, ...]) -> Entry:
    sections = (
        Section(f"s{number}", "Text.", path, blocks=(Block("paragraph", 0, 5, "Text."),))
        for number, path in enumerate(paths)
    )
    return Entry(name.lower(), name, "c", tuple(sections))


def asking(*questions: str) -> KnowledgeBase:
    return KnowledgeBase((Entry("x", "X", "c", (), questions=questions),))


@pytest.mark.parametrize("typed", ["roll", "deploy back", "DEPLOY rolling b", "créme rolling"])
def test_a_heading_is_found_by_words_of_its_own_and_of_those_above(
    opened: Opened, typed: str
) -> None:
    titles = opened(KnowledgeBase((page("Creme", ("Deploy", "Rolling back"), ("Stop",)),)))
    assert titles.headings(typed, 9) == [Heading(0, "s0", ("Deploy", "Rolling back"))]


def test_a_heading_of_fewer_letters_comes_first(opened: Opened) -> None:
    titles = opened(KnowledgeBase((page("A", ("Usage in tests",)), page("B", ("Usage",)))))
    assert [one.path[-1] for one in titles.headings("usage", 9)] == ["Usage", "Usage in tests"]
    assert [one.path[-1] for one in titles.headings("usage", 1)] == ["Usage"]


def test_a_heading_with_the_words_comes_before_one_whose_page_has_them(opened: Opened) -> None:
    titles = opened(KnowledgeBase((page("Publishing", ("Next",), ("Publish packages",)),)))
    found = [one.path[-1] for one in titles.headings("pub", 9)]
    assert found == ["Publish packages", "Next"]


def test_the_shortest_question_comes_first(opened: Opened) -> None:
    titles = opened(asking("Why does X stop?", "Does X stop?", "Does Y go?"))
    assert titles.questions("sto", 9) == ["Does X stop?", "Why does X stop?"]


def test_a_question_that_begins_with_the_words_comes_first(opened: Opened) -> None:
    titles = opened(asking("Does it stop X?", "Stop X, or does Y go on?"))
    assert titles.questions("stop x", 9) == ["Stop X, or does Y go on?", "Does it stop X?"]
    assert titles.questions("stop", 1) == ["Does it stop X?"]


@pytest.mark.parametrize("typed", ["", "?!", '"', "x OR *", "NEAR(", "x" * 500, "\udcc3"])
def test_whatever_is_typed_is_words(opened: Opened, typed: str) -> None:
    assert opened(asking("Why?")).questions(typed, 9) == []


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("kuberntes", "kubernete"),
        ("run on Kubernetis", "run on kubernete"),
        ("kubernet", "kubernet"),
        ("volumne sizes", "volume sizes"),
        ("xolume", "xolume"),
        ("vlm", "vlm"),
        ("", ""),
        ("\udcc3olume", "\udcc3olume"),
    ],
)
def test_a_misspelt_word_of_a_heading_is_put_right(opened: Opened, typed: str, right: str) -> None:
    paths = (("Run on Kubernetes",), ("Volume", "Size"))
    assert opened(KnowledgeBase((page("A", *paths),))).corrected(typed) == right


def test_what_is_found_first_costs_no_more_among_ten_times_as_many(opened: Opened) -> None:
    def steps(count: int) -> list[int]:
        """The instructions of SQLite's machine that each search takes."""
        questions = [f"Why does part {n} of many stop?" for n in range(count)]
        pages = [page(f"P{n}", (f"Usage of {n}",)) for n in range(count)]
        titles = opened(KnowledgeBase((*asking(*questions).entries, *pages)))
        searches = [
            lambda: titles.questions("why does", 4),
            lambda: titles.questions("p", 4),
            lambda: titles.headings("usage of", 4),
        ]
        return [_counted(titles, search) for search in searches]

    few, many = steps(200), steps(2_000)
    assert few == many


def _counted(titles: Titles, search: Callable[[], list[object]]) -> int:
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    database = titles._database
    assert isinstance(database, SqliteFile)
    connection = database.connection
    connection.set_progress_handler(step, 1)
    try:
        assert len(search()) == 4
    finally:
        connection.set_progress_handler(None, 1)
    return count
