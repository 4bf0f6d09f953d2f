from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from entrywise.data.entries import Asked, Block, Entry, KnowledgeBase, Section
from entrywise.index.listing import tables
from entrywise.index.listing.listing import Listing
from entrywise.index.listing.titles import LONGEST_QUESTION, Heading

Opened = Callable[[KnowledgeBase], Listing]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Gives the listing of a knowledge base."""
    listings: list[Listing] = []

    def write(knowledge_base: KnowledgeBase) -> Listing:
        path = tmp_path / f"{len(listings)}.sqlite"
        tables.write(path, knowledge_base)
        listings.append(Listing(path))
        return listings[-1]

    yield write
    for listing in listings:
        listing.close()


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
    titles = opened(KnowledgeBase((page("Creme", ("Deploy", "Rolling back"), ("Stop",)),))).titles
    assert titles.headings(typed, 9) == [Heading(0, "s0", ("Deploy", "Rolling back"))]


def test_a_heading_of_fewer_letters_comes_first(opened: Opened) -> None:
    titles = opened(KnowledgeBase((page("A", ("Usage in tests",)), page("B", ("Usage",))))).titles
    assert [one.path[-1] for one in titles.headings("usage", 9)] == ["Usage", "Usage in tests"]
    assert [one.path[-1] for one in titles.headings("usage", 1)] == ["Usage"]


def test_questions_are_found_that_entries_or_the_whole_answer(opened: Opened) -> None:
    entry = Entry("x", "X", "c", (), questions=("Why does X stop?",))
    asked = (Asked("Does X stop?", {"x": 2}), Asked("Does Y stop?", {}))
    titles = opened(KnowledgeBase((entry,), asked=asked)).titles
    assert titles.questions("sto", 9) == ["Does X stop?", "Why does X stop?"]


def test_what_is_written_as_a_question_comes_first_and_no_page_of_text(opened: Opened) -> None:
    long = f"Why {'so ' * LONGEST_QUESTION}?"
    titles = opened(asking("why x", "Why does X stop?", long)).titles
    assert titles.questions("why", 9) == ["Why does X stop?", "why x"]


@pytest.mark.parametrize("typed", ["", "?!", '"', "x OR *", "NEAR(", "x" * 500, "\udcc3"])
def test_whatever_is_typed_is_words(opened: Opened, typed: str) -> None:
    assert opened(asking("Why?")).titles.questions(typed, 9) == []


def test_what_is_found_first_costs_no_more_among_ten_times_as_many(opened: Opened) -> None:
    def steps(count: int) -> list[int]:
        """The instructions of SQLite's machine that each search takes."""
        questions = [f"Why does part {n} of many stop?" for n in range(count)]
        pages = [page(f"P{n}", (f"Usage of {n}",)) for n in range(count)]
        listing = opened(KnowledgeBase((*asking(*questions).entries, *pages)))
        searches = [
            lambda: listing.titles.questions("why does", 4),
            lambda: listing.titles.questions("p", 4),
            lambda: listing.titles.headings("usage of", 4),
        ]
        return [_counted(listing, search) for search in searches]

    few, many = steps(200), steps(2_000)
    assert few == many


def _counted(listing: Listing, search: Callable[[], list[object]]) -> int:
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    connection = listing._database.connection
    connection.set_progress_handler(step, 1)
    try:
        assert len(search()) == 4
    finally:
        connection.set_progress_handler(None, 1)
    return count
