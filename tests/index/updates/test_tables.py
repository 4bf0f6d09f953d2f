"""An update of a few entries of many says what an index that is built afresh says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from indexes import copy_index, files_of, words_of

from entrywise.data.entries import Block, Category, Entry, KnowledgeBase, Section
from entrywise.index.build import build_index
from entrywise.index.index import Index
from entrywise.index.layout import Layout

Change = Callable[[list[Entry]], None]


def entry(number: int) -> Entry:
    sections = (Section("oneliner", f"It is number {number}."), Section("use", "Counts. Adds."))
    related = (f"n{(number + 1) % 42}", f"n{number // 2}")
    aliases = (f"Nr {number}", f"Figure{number}") if number % 3 else ()
    name, category = f"Number {number}", f"c{number % 2}"
    return Entry(f"n{number}", name, category, sections, aliases=aliases, related=related)


def page(one: Entry) -> Entry:
    """The same as a document, of which others tell by its title."""
    number = int(one.id[1:])
    texts = [f"It is before Number {number + 1}, as they say.", "Counts.", f"Number {number} adds."]
    sections = (
        Section(
            name=f"s{place}",
            text=text,
            path=(f"Use {place}",),
            blocks=(Block("paragraph", 0, len(text), text),),
        )
        for place, text in enumerate(texts)
    )
    return replace(one, sections=tuple(sections))


@pytest.fixture(scope="module")
def numbers() -> KnowledgeBase:
    categories = (Category("c0", "Even", 0), Category("c1", "Odd", 1))
    return KnowledgeBase(tuple(map(entry, range(42))), categories)


@pytest.fixture(scope="module")
def built(numbers: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("numbers") / "index"
    build_index(numbers, folder)
    return folder


def other_text(entries: list[Entry]) -> None:
    first, use = entries[30].sections
    sections = (replace(first, text="Thirty is even. Number 7 is not."), use)
    entries[30] = replace(entries[30], sections=sections)


def other_sections(entries: list[Entry]) -> None:
    sections = (*entries[30].sections, Section("more", "Thirty is more."))
    entries[30] = replace(entries[30], sections=sections)


def other_name(entries: list[Entry]) -> None:
    entries[30] = replace(entries[30], name="Thirty", aliases=("THY",))


def aliases_that_move(entries: list[Entry]) -> None:
    first, second = entries[31], entries[32]
    entries[31] = replace(first, aliases=(*second.aliases, "Nr 31"))
    entries[32] = replace(second, aliases=("Figure31",))


def other_links(entries: list[Entry]) -> None:
    entries[30] = replace(entries[30], related=("n7", "n29"), category="c1")


def new_at_the_end(entries: list[Entry]) -> None:
    entries.append(entry(42))


def new_at_the_start(entries: list[Entry]) -> None:
    entries.insert(0, entry(42))


def one_gone(entries: list[Entry]) -> None:
    del entries[30]


def another_order(entries: list[Entry]) -> None:
    entries[3], entries[4] = entries[4], entries[3]


def page_with_other_headings(entries: list[Entry]) -> None:
    other = [replace(one, path=(f"Own {one.path[0]}",)) for one in entries[1].sections]
    entries[1] = replace(entries[1], sections=(*other, replace(other[0], name="again")))


def page_with_another_title(entries: list[Entry]) -> None:
    entries[30] = replace(entries[30], name="Number 12")


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize(
    "change",
    [
        other_text,
        other_sections,
        other_name,
        aliases_that_move,
        other_links,
        new_at_the_end,
        new_at_the_start,
        one_gone,
        another_order,
    ],
)
def test_an_update_equals_a_fresh_build(
    change: Change, numbers: KnowledgeBase, built: Path, tmp_path: Path
) -> None:
    assert_an_update_equals_a_fresh_build(change, numbers, built, tmp_path)


@pytest.mark.parametrize(
    "change", [page_with_other_headings, page_with_another_title, new_at_the_start, one_gone]
)
def test_an_update_of_documents_equals_a_fresh_build(
    change: Change, numbers: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    pages = replace(numbers, entries=tuple(map(page, numbers)))
    folder = tmp_path_factory.getbasetemp() / "pages"
    if not folder.exists():
        build_index(pages, folder)
    assert_an_update_equals_a_fresh_build(change, pages, folder, tmp_path)


def assert_an_update_equals_a_fresh_build(
    change: Change, numbers: KnowledgeBase, built: Path, tmp_path: Path
) -> None:
    entries = list(numbers.entries)
    change(entries)
    changed = replace(numbers, entries=tuple(entries))
    copy = copy_index(built, tmp_path / "index")
    build_index(changed, copy)
    build_index(changed, tmp_path / "fresh")
    ours, theirs = files_of(Index(copy)).root, files_of(Index(tmp_path / "fresh")).root
    assert {path.name for path in ours.iterdir()} == {path.name for path in theirs.iterdir()}
    for path in theirs.iterdir():
        if path.name == Layout.words:
            assert words_of(ours / path.name) == words_of(path)
        elif path.name == Layout.listing:
            assert dump(ours / path.name) == dump(path)
        elif path.name not in (Layout.manifest, Layout.checked):
            assert (ours / path.name).read_bytes() == path.read_bytes(), path.name
