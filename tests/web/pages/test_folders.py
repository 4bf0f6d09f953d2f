"""Folders in folders, as the list of all entries shows them: a tree with counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed
from markup import Page

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app
from entrywise.web.served import served

PAGES = ("bread/rye", "bread/sour-dough/starter", "bread/sour-dough/loaf", "soups/lentil")
_COUNTED = re.compile(
    r'<li( class="depth-\d")?( aria-current="true")?( hidden)?>\s*'
    r'<a class="category" href="([^"]*)">(?:<span class="dot[^>]*></span>)?([^<]*)</a>\s*'
    r'<span class="count">(\d+)</span>'
)


@pytest.fixture(scope="module")
def kitchen(indexed: Indexed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Four recipes, two of them in a folder of a folder."""
    folder = tmp_path_factory.mktemp("recipes")
    for path in PAGES:
        file = folder / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {file.stem.title()}\n\nThe {file.stem} takes time.\n")
    root = indexed(read_knowledge_base(folder))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        yield client


@pytest.fixture
def parts(kitchen: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The same, as where the entries are many."""
    monkeypatch.setattr(served, "ONE_PAGE", 1)
    return kitchen


def counted(html: str) -> list[tuple[str, str, bool]]:
    """What the tree has, with its counts, and whether it is where one is."""
    return [
        (f"{depth[-2:-1]}{label}", count, bool(current))
        for depth, current, hidden, _, label, count in _COUNTED.findall(html)
        if not hidden
    ]


def test_a_page_of_all_has_the_pages_of_a_folder_below_it(kitchen: TestClient) -> None:
    html = kitchen.get("/browse").text
    tree = [("Bread", "3", False), ("1Sour dough", "2", False), ("Soups", "1", False)]
    assert counted(html) == tree
    assert re.findall(r'<(h\d) id="([^"]*)">', html) == [
        ("h2", "bread"),
        ("h3", "bread/sour-dough"),
        ("h2", "soups"),
    ]
    listed = re.findall(r'href="/entry/([^"]*)"', html)
    assert sorted(listed) == sorted(PAGES)


def test_its_filter_counts_what_is_left_in_each(kitchen: TestClient) -> None:
    html = kitchen.get("/browse", params={"q": "loaf"}).text
    assert counted(html) == [("Bread", "1", False), ("1Sour dough", "1", False)]
    assert "1 of 4" in html


def test_of_many_a_folder_has_a_page_of_its_own(parts: TestClient) -> None:
    assert counted(parts.get("/browse").text) == [("Bread", "3", False), ("Soups", "1", False)]
    bread = parts.get("/browse?category=bread")
    opened = counted(bread.text)
    assert opened == [("Bread", "3", True), ("1Sour dough", "2", False), ("Soups", "1", False)]
    (path,) = [one for one in Page(bread.text).addresses if "folder" in one]
    html = parts.get(path).text
    assert ("1Sour dough", "2", True) in counted(html)
    assert re.findall(r'href="/entry/([^"]*)"', html) == [PAGES[2], PAGES[1]]
    assert '<p class="facts trail"><a href="/browse?category=bread">Bread</a></p>' in html


def test_a_folder_has_letters_with_counts_that_lead_to_its_pages(parts: TestClient) -> None:
    path = "/browse?category=bread&folder=bread%2Fsour-dough"
    html = parts.get(path).text
    assert re.findall(r'start=(\d+)">(\w)</a> <span class="count">(\d+)', html) == [
        ("1", "L", "1"),
        ("3", "S", "1"),
    ]
    assert re.findall(r'href="/entry/([^"]*)"', parts.get(f"{path}&start=3").text) == [PAGES[1]]


def test_a_page_tells_the_folders_that_it_lies_in(
    kitchen: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaf = "/entry/bread/sour-dough/loaf"
    step = ' › <a class="category" href="/browse#bread/sour-dough">Sour dough</a>'
    assert step in kitchen.get(loaf).text
    assert " › " not in kitchen.get("/entry/bread/rye").text
    monkeypatch.setattr(served, "ONE_PAGE", 1)
    (path,) = [one for one in Page(kitchen.get(loaf).text).addresses if "folder" in one]
    assert ("1Sour dough", "2", True) in counted(kitchen.get(path).text)


@pytest.mark.parametrize("folder", ["bread/rye", "soups", "bread", "sour-dough", "%"])
def test_what_is_no_folder_there_is_not_found(parts: TestClient, folder: str) -> None:
    asked = {"category": "bread", "folder": folder}
    assert parts.get("/browse", params=asked).status_code == 404
