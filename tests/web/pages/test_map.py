from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed
from markup import Page

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.index import Index
from entrywise.index.map import drawing, views
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app


def shown(client: TestClient, query: str = "") -> str:
    response = client.get(f"/map{query}")
    assert response.status_code == 200
    return response.text


def dots(html: str) -> dict[str, list[str]]:
    """The classes of the dot of each entry."""
    found = re.findall(r'<a class="spot ([^"]*)" href="/entry/([^"]*)"', html)
    return {entry: classes.split() for classes, entry in found}


def test_the_first_look_lays_out_nothing(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str] = []
    for module, name in (
        (views, "force_atlas"),
        (views, "tsne"),
        (views, "spread"),
        (drawing, "named_from"),
    ):
        monkeypatch.setattr(module, name, lambda *_, name=name: work.append(name))
    with TestClient(create_app(assistant)) as client:
        for view in ("links", "meaning"):
            assert len(dots(shown(client, f"?view={view}"))) == 6
    assert work == []


def test_every_entry_is_a_link_with_its_name_and_what_it_is(client: TestClient) -> None:
    html = shown(client)
    assert set(dots(html)) == {"gqa", "mla", "lora", "react", "bf16", "instruct"}
    for text in ('<text y="4">GQA</text>', "<desc>Several query heads share one key head"):
        assert text in html


def test_categories_have_their_colours_and_a_legend(client: TestClient) -> None:
    html = shown(client)
    classes = dots(html)
    assert "c0" in classes["gqa"]
    assert "c1" in classes["lora"]
    assert '<li data-category="training">' in html


def test_the_entries_of_an_answer_are_lit_without_javascript(client: TestClient) -> None:
    html = shown(client, "?lit=gqa,nope,mla")
    assert {entry for entry, classes in dots(html).items() if "lit" in classes} == {"gqa", "mla"}
    assert 'class="lights few"' in html
    assert "lights" not in shown(client, "?lit=nope")


def test_the_other_view_is_one_link_away_and_keeps_what_is_lit(client: TestClient) -> None:
    page = Page(shown(client, "?lit=gqa"))
    assert "/map?view=meaning&lit=gqa" in page.addresses
    assert "Entries on similar things" in shown(client, "?view=meaning")


@pytest.mark.parametrize("query", ["", "?view=links", "?lit=bread/focaccia"])
def test_where_nothing_is_linked_it_shows_what_is_alike(kitchen: TestClient, query: str) -> None:
    html = shown(kitchen, query)
    assert "Pages on similar things stand together." in html
    assert 'class="views"' not in html
    assert 'data-view="meaning"' in html


def test_the_links_between_entries_are_drawn_once(client: TestClient) -> None:
    (path,) = re.findall(r'<path class="links" d="([^"]*)"', shown(client))
    assert path.count("M") == path.count("L") == 1


@pytest.mark.parametrize(
    ("related", "told"),
    [((), "Only 5 of 6 are shown."), (("b",), "Only the 5 with the most links are shown.")],
)
def test_how_many_are_shown_and_why_these_is_told(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch, related: tuple[str, ...], told: str
) -> None:
    monkeypatch.setattr(drawing, "MOST_DOTS", 5)
    entries = tuple(
        Entry(name, name.title(), "c", (Section("text", f"All on {name}."),), related=related)
        for name in "abcdef"
    )
    root = indexed(KnowledgeBase(entries, (Category("c", "C", 0),)))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        assert told in Page(shown(client)).text


@pytest.mark.parametrize("view", ["", "3d"])
def test_a_view_that_there_is_not_is_refused(client: TestClient, view: str) -> None:
    response = client.get(f"/map?view={view}")
    assert response.status_code == 422
    assert "This page does not know the value of “view” in its address." in response.text


def test_a_page_that_is_kept_is_the_page_and_lights_are_no_part_of_it(client: TestClient) -> None:
    for view in ("links", "meaning"):
        first, again = (client.get(f"/map?view={view}").text for _ in range(2))
        assert first == again
        assert f'data-view="{view}"' in again
        assert client.get(f"/map?view={view}&lit=gqa").text != first
        assert client.get(f"/map?view={view}").text == first
