from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.listing import tables
from entrywise.index.listing.folders import Folder
from entrywise.index.listing.listing import Listing
from entrywise.index.words.database import SqliteFile

Listed = Callable[..., Listing]


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[Listed]:
    """Gives the listing of a knowledge base."""
    opened: list[Listing] = []

    def write(*entries: Entry, categories: tuple[Category, ...] = ()) -> Listing:
        path = tmp_path / f"{len(opened)}.sqlite"
        tables.write(path, KnowledgeBase(entries, categories))
        opened.append(Listing(SqliteFile(path)))
        return opened[-1]

    yield write
    for listing in opened:
        listing.close()


def entry(name: str, category: str = "c", *related: str) -> Entry:
    section = Section("oneliner", f"It is {name}.")
    return Entry(name.lower(), name, category, (section,), related=related)


def test_an_entry_is_listed_with_what_a_page_shows(listed: Listed) -> None:
    shown = Entry("x", "X", "c", (Section("s", "One."),), expansion="Xylo", aliases=("ex", "ixe"))
    (found,) = listed(shown).by_ordinal(0, 9)
    assert (found.id, found.name, found.expansion) == ("x", "X", "Xylo")
    assert (found.oneliner, found.aliases, found.category) == ("One.", "ex ixe", "c")


def test_lists_are_ranges_in_three_orders(listed: Listed) -> None:
    categories = (Category("b", "Second", 1), Category("a", "First", 0))
    entries = [entry("Delta", "b"), entry("alpha", "a"), entry("Charlie", "b"), entry("Bravo", "a")]
    listing = listed(*entries, categories=categories)
    assert [one.name for one in listing.by_ordinal(1, 2)] == ["alpha", "Charlie"]
    assert [one.name for one in listing.by_category(1, 2)] == ["Bravo", "Delta"]
    assert [one.name for one in listing.by_name(1, 2)] == ["Bravo", "Charlie"]
    assert [one.name for one in listing.of([0, 1])] == ["alpha", "Delta"]


def test_a_category_has_its_own_order_and_marks(listed: Listed) -> None:
    listing = listed(entry("Delta", "b"), entry("alpha", "a"), entry("Charlie", "b"))
    group = listing.group("b")
    assert group
    assert group.entries == 2
    assert [one.name for one in listing.by_name(0, 9, group)] == ["Charlie", "Delta"]
    assert [(one.label, one.first) for one in listing.marks(group)] == [("C", 1), ("D", 2)]
    assert [one.label for one in listing.marks()] == ["A", "C", "D"]


def test_folders_hold_folders_and_entries(listed: Listed) -> None:
    ids = ("docs/a/x", "docs/a/b/y", "docs/a/b/z", "docs/a/c-d/é", "docs/ab/x", "docs/a0", "docs/q")
    listing = listed(*(Entry(one, one.upper(), "a", ()) for one in ids))
    group = listing.group("a")
    assert group
    folder = listing.folder_of(group)
    assert folder == Folder("docs/a", 4)
    inside = listing.folders_in(folder, 9)
    assert inside == [Folder("docs/a/b", 2), Folder("docs/a/c-d", 1)]
    assert [one.label for one in inside] == ["b", "c-d"]
    assert listing.folders_in(folder, 1) == inside[:1]
    assert [one.id for one in listing.by_name(0, 9, inside[0])] == ["docs/a/b/y", "docs/a/b/z"]
    assert listing.before(3, 1, folder) == 2
    assert [listing.folder(path) for path in ("", "docs/b", "docs/a/x")] == [None, None, None]


def test_a_category_that_is_no_folder_has_none(listed: Listed) -> None:
    listing = listed(entry("A"), entry("B"))
    group = listing.group("c")
    assert group
    assert listing.folder_of(group) is None


def test_pages_are_turned_back_and_forth(listed: Listed) -> None:
    listing = listed(*map(entry, "abcde"))
    assert [listing.before(place, 2) for place in (0, 1, 2, 4)] == [None, 0, 0, 2]


def test_links_are_known_from_both_ends(listed: Listed) -> None:
    listing = listed(entry("A", "c", "b", "gone"), entry("B"), entry("C", "c", "b", "c"))
    assert listing.naming(1, 9) == [0, 2]
    assert listing.naming(1, 1) == [0]


def test_ids_are_found_whatever_they_hold(listed: Listed) -> None:
    listing = listed(Entry("a/b 'c", "A", "c", ()), Entry("é", "B", "c", ()))
    assert [listing.ordinal(one) for one in ("a/b 'c", "é", "e", "\udcc3")] == [0, 1, None, None]
    assert listing.group("\udcc3") is None


def test_what_a_list_costs_does_not_grow_with_the_entries(listed: Listed) -> None:
    def steps(entries: int) -> dict[str, int]:
        """The instructions of SQLite's machine that each list takes."""
        some = [
            entry(f"{chr(97 + n % 26)}{n}", f"c{n % 2}", f"{chr(97 + (n + 1) % 26)}{n + 1}")
            for n in range(entries)
        ]
        listing = listed(*some)
        group = listing.group("c1")
        works: dict[str, Callable[[], object]] = {
            "by name": lambda: listing.by_name(entries // 2, 50),
            "of a category": lambda: listing.by_name(entries // 2, 50, group),
            "by category": lambda: listing.by_category(entries // 2, 50),
            "by ordinal": lambda: listing.by_ordinal(entries // 2, 50),
            "before": lambda: listing.before(entries // 2, 50),
            "before in a category": lambda: listing.before(entries // 2, 50, group),
            "id": lambda: listing.ordinal(some[-1].id),
            "naming": lambda: listing.naming(entries // 2, 50),
            "marks": listing.marks,
            "groups": lambda: listing.groups(50),
            "count": lambda: (listing.entries, listing.categories),
        }
        return {name: _counted(listing, work) for name, work in works.items()}

    few, many = steps(500), steps(5_000)
    assert {name: few[name] for name in few if many[name] > 1.2 * few[name]} == {}


def test_the_letters_of_a_folder_are_counted_once(listed: Listed) -> None:
    some = [Entry(f"docs/a/{n}", f"{chr(97 + n)}", "c", ()) for n in range(9)]
    listing, folder = listed(*some), Folder("docs/a", 9)
    assert _counted(listing, lambda: listing.marks(folder)) > 0
    assert _counted(listing, lambda: listing.marks(folder)) == 0
    assert [one.entries for one in listing.marks(folder)] == [1] * 9


def _counted(listing: Listing, work: Callable[[], object]) -> int:
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    assert isinstance(listing._database, SqliteFile)
    connection = listing._database.connection
    connection.set_progress_handler(step, 1)
    try:
        assert work() is not None
    finally:
        connection.set_progress_handler(None, 1)
    return count
