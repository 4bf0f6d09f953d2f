"""The list of more entries than one page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.fitting import hard_to_hit, sideways
from e2e.server import Server
from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.web.app import create_app

BIRDS = "auk crane dove egret finch gull heron ibis jay kite".split()
PLACES = 31


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Ten birds in each of 31 places, served."""
    folder = tmp_path_factory.mktemp("birds")
    entries = [
        Entry(
            f"{bird}-{n}",
            f"{bird.title()} of place {n}",
            bird,
            (Section("oneliner", f"A {bird} was seen there {n} times."),),
        )
        for bird in BIRDS
        for n in range(PLACES)
    ]
    kinds = tuple(Category(bird, bird.title(), number) for number, bird in enumerate(BIRDS))
    build_index(KnowledgeBase(tuple(entries), kinds, Identity(title="Birds")), folder)
    with Assistant(Index(folder)) as assistant, Server(create_app(assistant)) as server:
        yield server


def names(page: Page) -> list[str]:
    return page.locator(".cards li > a").all_inner_texts()


def test_the_list_is_filtered_by_the_server_as_one_types(visit: Visitor, birds: Server) -> None:
    page = visit("/browse", site=birds)
    expect(page.locator("main").get_by_role("status")).to_contain_text("200 of 310 entries")
    page.locator("#filter").press_sequentially("hero")
    expect(page.locator("main").get_by_role("status")).to_have_text(f"{PLACES} of 310 entries")
    assert {name.partition(" ")[0] for name in names(page)} == {"Heron"}
    expect(page).to_have_url(re.compile(r"\?q=hero$"))
    page.locator("#filter").fill("")
    expect(page.locator("main").get_by_role("status")).to_contain_text("200 of 310 entries")


def test_what_nothing_holds_may_be_asked_or_was_misspelt(visit: Visitor, birds: Server) -> None:
    page = visit("/browse", site=birds)
    page.locator("#filter").fill("herno of place 7")
    expect(page.get_by_text("Did you mean")).to_be_visible()
    page.get_by_role("link", name="heron of place 7", exact=True).click()
    page.locator(".cards").get_by_role("link", name="Heron of place 7", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Heron of place 7")


@pytest.mark.parametrize("javascript", [True, False])
def test_parts_letters_and_categories_lead_through_all(
    visit: Visitor, birds: Server, javascript: bool
) -> None:
    page = visit("/browse", site=birds, java_script_enabled=javascript)
    page.get_by_role("link", name="After").click()
    expect(page.locator(".cards li > a")).to_have_count(110)
    page.get_by_role("link", name="Before").click()
    page.get_by_label("Names by their first letter").get_by_role("link", name="J").click()
    expect(page.locator(".cards li > a").first).to_have_text("Jay of place 0")
    page.get_by_role("navigation", name="Categories").get_by_role("link", name="Ibis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ibis")
    expect(page.locator(".cards li > a")).to_have_count(PLACES)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_finger_hits_what_it_is_meant_to(visit: Visitor, birds: Server, width: int) -> None:
    size = {"width": width, "height": 844}
    page = visit("about:blank", site=birds, viewport=size, has_touch=True, is_mobile=True)
    for path in ("/browse", "/browse?by=name", "/browse?q=herno+of+place+7"):
        page.goto(path)
        # The shortest title there is.
        page.locator(".brand span").evaluate("title => (title.textContent = 'B')")
        assert hard_to_hit(page.evaluate_handle("document")) == [], path
        assert sideways(page) <= 0, path


def test_a_letter_is_hit_with_its_count(visit: Visitor, birds: Server) -> None:
    page = visit("/browse", site=birds, viewport={"width": 390, "height": 844}, has_touch=True)
    letter = page.locator(".letters li").filter(has_text="J")
    expect(letter).to_have_text(re.compile(rf"J\s{PLACES}"))
    letter.locator(".count").tap(force=True)
    expect(page.locator(".cards li > a").first).to_have_text("Jay of place 0")


def test_the_page_is_accessible(visit: Visitor, birds: Server, checker: None) -> None:
    assert violations(visit("/browse?category=ibis", site=birds)) == []
    assert violations(visit("/browse?q=heron", site=birds)) == []
