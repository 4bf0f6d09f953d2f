"""Lists of more entries than one page shows: they are no longer where there are more entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markup import Page

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.listing import tables
from entrywise.index.listing.listing import Listing
from entrywise.index.words.database import SqliteFile
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app
from entrywise.web.served.collection import Collection
from entrywise.web.served.served import ONE_PAGE, Served

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Known(list[Entry]):
    """Entries, and how many of them were read."""

    read = 0

    def __getitem__(self, ordinal: Any) -> Any:
        self.read += 1
        return super().__getitem__(ordinal)


def _entries(count: int) -> Known:
    """So many entries with names of seven letters, in eight categories; each names the next."""
    return Known(
        Entry(
            f"id-{number:06}",
            f"{_LETTERS[number % 26]}{number:06}",
            f"kind-{number % 8}",
            (Section("oneliner", f"What the entry of the number {number:06} is."),),
            related=(f"id-{(number + 1) % count:06}",),
        )
        for number in range(count)
    )


@contextmanager
def serving(count: int, assistant: Assistant, folder: Path) -> Iterator[tuple[TestClient, Known]]:
    """A server of so many entries. They have no index: what it is asked, six others answer."""
    entries = _entries(count)
    categories = tuple(Category(f"kind-{n}", f"Kind {n}", n) for n in range(8))
    path = folder / f"{count}.sqlite"
    tables.write(path, KnowledgeBase(tuple(entries), categories))
    app = create_app(assistant, reload=False)
    with TestClient(app) as client:
        listing = Listing(SqliteFile(path))
        known = Collection(entries, listing, assistant.index.manifest.identity)
        app.state.served = Served(assistant, known)
        entries.read = 0
        yield client, entries
        listing.close()


@pytest.fixture(scope="module")
def servers(
    assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[int, tuple[TestClient, Known]]]:
    """A server of 2,000 entries, and one of 20,000."""
    folder = tmp_path_factory.mktemp("long")
    with ExitStack() as opened:
        both = (2_000, 20_000)
        yield {n: opened.enter_context(serving(n, assistant, folder)) for n in both}


@pytest.fixture
def long(servers: dict[int, tuple[TestClient, Known]]) -> TestClient:
    return servers[20_000][0]


PATHS = [
    "/",
    "/browse",
    "/browse?start=300",
    "/browse?category=kind-3",
    "/browse?q=latent",
    "/browse?q=zzz",
    "/entry/id-000300",
    "/entry/id-000300.md",
    "/api/entries?limit=200",
    "/api/entries?limit=200&after=id-000299",
    "/llms.txt?start=0&entries=200",
    "/compare?a=id-000100&b=id-000300",
    "/nowhere",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_as_long_and_reads_as_many_entries_among_ten_times_as_many(
    servers: dict[int, tuple[TestClient, Known]], path: str
) -> None:
    lengths, read = [], []
    for client, entries in servers.values():
        entries.read = 0
        lengths.append(len(client.get(path).content))
        read.append(entries.read)
    few, many = lengths
    # Numbers have a digit more, and there may be one more way on.
    assert abs(many - few) < 0.05 * few + 200
    assert read[0] == read[1] < 20


def test_the_first_list_of_llms_names_parts(long: TestClient) -> None:
    text = long.get("/llms.txt").text
    assert "## 20,000 entries, in parts" in text
    parts = re.findall(r"\((\S+/llms\.txt\S+)\)", text)
    assert len(parts) == 40
    first = long.get(parts[0]).text
    assert first.count("\n- [") == 500
    assert "/entry/id-000008.md): What the entry" in first
    assert long.get("/llms.txt?start=20000").status_code == 404


def names(client: TestClient, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    return re.findall(r'<a href="/entry/id-\d+">(\w+)</a>', response.text)


def addresses(client: TestClient, path: str) -> dict[str, str]:
    """The addresses of a page by what its links say."""
    text = client.get(path).text.replace("&amp;", "&")
    found = re.findall(r'<a[^>]* ?href="(/browse[^"]*)"[^>]*>(?:<span[^>]*></span>)?([^<]*)<', text)
    return {label: address for address, label in found}


def test_the_list_is_gone_through_from_part_to_part(long: TestClient) -> None:
    seen: list[str] = []
    path: str | None = "/browse?category=kind-3"
    while path:
        seen += names(long, path)
        path = addresses(long, path).get("After")
    assert len(seen) == len(set(seen)) == 2_500
    assert seen == sorted(seen)


def test_a_letter_leads_to_its_first_name_and_back(long: TestClient) -> None:
    there = addresses(long, "/browse")["Q"]
    first, *_ = names(long, there)
    assert first == "q000016"
    before = addresses(long, there)["Before"]
    assert names(long, before)[-1] == max(name for name in names(long, before)) < "q"


def test_categories_tell_how_many_entries_they_have(long: TestClient) -> None:
    seen = Page(long.get("/browse").text)
    assert "Kind 3 2,500" in seen.text
    assert "200 of 20,000 entries, from “a000000” to “a005174”" in seen.text
    assert long.get("/browse?category=nope").status_code == 404


def test_the_category_of_an_entry_leads_to_its_list(long: TestClient) -> None:
    path = addresses(long, "/entry/id-000300")["Kind 4"]
    assert names(long, path)[0] == "a000052"


def test_a_filter_finds_by_words_and_by_their_beginnings(long: TestClient) -> None:
    # Its words are those of the index, whose six entries these take the places of.
    assert names(long, "/browse?q=query+heads+sha") == ["a000000"]
    assert names(long, "/browse?q=grouped") == ["a000000"]


def test_what_nothing_holds_may_be_misspelt(long: TestClient) -> None:
    seen = Page(long.get("/browse?q=gropued-query").text).text
    assert "No entry contains these words. Did you mean grouped-query ? Ask: gropued-query" in seen


def test_a_short_list_is_one_page_of_all(assistant: Assistant, tmp_path: Path) -> None:
    with serving(ONE_PAGE, assistant, tmp_path) as (client, _):
        assert len(names(client, "/browse")) == ONE_PAGE
        assert "/browse#kind-4" in client.get("/entry/id-000004").text
    with serving(ONE_PAGE + 1, assistant, tmp_path) as (client, _):
        assert len(names(client, "/browse")) == 200
