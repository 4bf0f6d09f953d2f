"""The map of all entries: what it shows, and how one moves on it."""

from __future__ import annotations

import re
from contextlib import ExitStack
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from playwright.sync_api import Locator, Page, Route, expect

from e2e.browser import Visitor
from e2e.pages import PAGES
from e2e.server import Server
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.web.app import create_app


def the_map(visit: Visitor, path: str = "/map", **options: Any) -> Page:
    """A map, once its dots stand where they stay."""
    page = visit(path, **options)
    page.wait_for_selector(".map.live")
    return page


def spot(page: Page, entry: str) -> Locator:
    """The dot of an entry."""
    return page.locator(f'.map .spot[href="/entry/{entry}"]')


def place(spot: Locator) -> str:
    return str(spot.get_attribute("transform"))


# How far two dots are from each other, in pixels of the window.
APART = """(() => {
  const at = id => document.querySelector(`.spot[href="/entry/${id}"]`)
    .transform.baseVal.consolidate().matrix
  return Math.hypot(at('gqa').e - at('lora').e, at('gqa').f - at('lora').f)
})()"""


def zoomed_in(page: Page, before: float) -> None:
    """Wait until dots are further apart than they were."""
    page.wait_for_function(f"before => {APART} > before * 1.2", arg=before)


def test_every_entry_is_a_dot_that_leads_to_it(visit: Visitor) -> None:
    page = the_map(visit)
    entries = len(page.request.get("/api/entries").json()["entries"])
    expect(page.locator(".map .spot")).to_have_count(entries)
    spot(page, "gqa").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/entry/gqa")


def test_the_entries_of_the_address_are_lit_up(visit: Visitor) -> None:
    page = the_map(visit, PAGES["map-lit"])
    lit = page.locator(".map .spot.lit")
    assert {one.get_attribute("href") for one in lit.all()} == {"/entry/gqa", "/entry/mla"}


def test_hovering_names_an_entry_and_what_it_is_linked_with(visit: Visitor) -> None:
    page = the_map(visit)
    spot(page, "gqa").locator("circle, rect").hover()
    about = page.locator(".map .about")
    expect(about.get_by_role("heading", level=2)).to_have_text("GQA")
    expect(about.get_by_role("link", name="MLA", exact=True)).to_be_visible()


def test_the_other_view_moves_the_dots_and_the_way_back_undoes_it(visit: Visitor) -> None:
    page = the_map(visit)
    before = place(spot(page, "gqa"))
    page.get_by_role("link", name="Meaning").click()
    expect(page.locator(".map svg")).to_have_attribute("data-view", "meaning")
    expect(spot(page, "gqa")).not_to_have_attribute("transform", before)
    expect(page.get_by_role("link", name="Meaning")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(spot(page, "gqa")).to_have_attribute("transform", before)


def test_the_map_is_zoomed_by_buttons_and_shown_whole_again(visit: Visitor) -> None:
    page = the_map(visit)
    start = place(spot(page, "gqa"))
    apart = page.evaluate(APART)
    page.get_by_role("button", name="Zoom in").click()
    zoomed_in(page, apart)
    page.get_by_role("button", name="Show all").click()
    expect(spot(page, "gqa")).to_have_attribute("transform", start)


def test_the_map_is_zoomed_by_the_wheel_and_moved_by_dragging(visit: Visitor) -> None:
    page = the_map(visit)
    apart = page.evaluate(APART)
    page.locator(".map svg").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    zoomed_in(page, apart)
    apart, before = page.evaluate(APART), place(spot(page, "gqa"))
    page.mouse.down()
    page.mouse.move(500, 300, steps=4)
    page.mouse.up()
    expect(spot(page, "gqa")).not_to_have_attribute("transform", before)
    assert page.evaluate(APART) == pytest.approx(apart, abs=1)
    expect(page).to_have_url("/map")


def test_the_wheel_alone_scrolls_the_page(visit: Visitor) -> None:
    page = the_map(visit, "/map", viewport={"width": 1000, "height": 500})
    apart = page.evaluate(APART)
    page.locator(".map svg").hover()
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert page.evaluate(APART) == pytest.approx(apart)
    expect(page.get_by_text("Ctrl and the wheel")).to_be_visible()


def test_the_window_is_put_around_what_is_lit(visit: Visitor) -> None:
    apart = the_map(visit, "/map?view=meaning").evaluate(APART)
    page = the_map(visit, "/map?view=meaning&lit=gqa,mla")
    zoomed_in(page, apart)
    for entry in ("gqa", "mla"):
        expect(spot(page, entry).locator("circle, rect")).to_be_in_viewport()


def test_escape_closes_the_card_wherever_the_focus_is(visit: Visitor) -> None:
    page = the_map(visit)
    spot(page, "gqa").locator("circle, rect").hover()
    expect(page.locator(".map .about")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".map .about")).to_be_hidden()


def test_a_view_that_comes_late_does_not_undo_the_next(visit: Visitor) -> None:
    page = the_map(visit)
    before = place(spot(page, "gqa"))
    meaning: list[Route] = []
    page.route(re.compile("view=meaning"), lambda route: meaning.append(route))
    page.get_by_role("link", name="Meaning").click()
    with page.expect_response(re.compile("view=links")):
        page.get_by_role("link", name="Links", exact=True).click()
    expect(page.locator(".frame")).not_to_have_attribute("aria-busy", "true")
    meaning[0].continue_()
    page.wait_for_timeout(500)
    expect(page.locator(".map svg")).to_have_attribute("data-view", "links")
    expect(spot(page, "gqa")).to_have_attribute("transform", before)


_BOXES = """boxes => boxes.map(one => one.getBoundingClientRect())
  .map(({left, right, top, bottom}) => ({left, right, top, bottom}))"""


def boxes(found: Locator) -> list[dict[str, float]]:
    """What each element covers, in pixels of the window."""
    taken: list[dict[str, float]] = found.evaluate_all(_BOXES)
    return taken


def covers(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two elements share more than a pixel."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    return across > 1 and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1


@pytest.mark.parametrize("view", ["links", "meaning"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_buttons_cover_no_dot(visit: Visitor, width: int, view: str) -> None:
    page = the_map(visit, f"/map?view={view}", viewport={"width": width, "height": 1000})
    (buttons,) = boxes(page.locator(".map .zoom"))
    dots = boxes(page.locator(".map .spot :is(circle, rect)"))
    assert not [dot for dot in dots if covers(dot, buttons)]


@pytest.mark.parametrize("view", ["links", "meaning"])
@pytest.mark.parametrize("width", [390, 1440])
def test_where_dots_are_few_all_that_have_room_are_named(
    visit: Visitor, handbook: Server, width: int, view: str
) -> None:
    page = the_map(
        visit, f"/map?view={view}", site=handbook, viewport={"width": width, "height": 900}
    )
    (frame,) = boxes(page.locator(".map .frame"))
    names = boxes(page.locator(".map .spot text:visible"))
    assert len(names) >= (10 if width == 390 else 13)
    assert all(frame["left"] <= one["left"] and one["right"] <= frame["right"] for one in names)
    assert not [pair for pair in combinations(names, 2) if covers(*pair)]
    (buttons,) = boxes(page.locator(".map .zoom"))
    assert not [one for one in names if covers(one, buttons)]


def test_where_nothing_is_linked_there_is_one_view(
    visit: Visitor, servers: ExitStack, tmp_path: Path
) -> None:
    build_index(read_knowledge_base(ROOT / "tests" / "web" / "kitchen"), tmp_path)
    app = create_app(servers.enter_context(Assistant(Index(tmp_path))))
    page = the_map(visit, site=servers.enter_context(Server(app)))
    expect(page.locator(".views")).to_have_count(0)
    expect(page.locator("#view")).to_have_text("Pages on similar things stand together.")
    spot(page, "bread/focaccia").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/entry/bread/focaccia")


def test_a_search_lights_up_what_has_the_letters(visit: Visitor) -> None:
    page = the_map(visit)
    page.get_by_label("Find").fill("attention")
    lit = page.locator(".map .spot.lit text").all_text_contents()
    assert len(lit) >= 2
    assert all("attention" in name.lower() for name in lit)
    expect(page.get_by_role("status").filter(has_text="found")).to_have_text(f"{len(lit)} found.")


def test_a_search_on_the_map_forgives_a_slip_and_says_what_is_meant(visit: Visitor) -> None:
    page = the_map(visit)
    find, said = page.get_by_label("Find"), page.locator("#found")
    find.fill("qunatization")
    expect(said).to_contain_text("Did you mean Quantization")
    names = page.evaluate(NAMES)
    assert not [
        pair
        for pair in combinations([dict(zip(SIDES, one[1:], strict=True)) for one in names], 2)
        if covers(*pair)
    ]
    expect(spot(page, "quantization")).to_have_class(re.compile(r"\blit\b"))
    find.fill("zzzzzz")
    expect(said).to_have_text("No name has these letters.")
    expect(page.locator(".map .spot.lit")).to_have_count(0)
    find.fill("")
    expect(said).to_have_text("")


def test_a_finger_near_a_dot_means_the_nearest_one(visit: Visitor) -> None:
    page = the_map(visit, viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".frame").scroll_into_view_if_needed()
    # The dot that is furthest from all others, and from the window's edge.
    dots = boxes(page.locator(".map .spot :is(circle, rect)"))
    places = [((one["left"] + one["right"]) / 2, (one["top"] + one["bottom"]) / 2) for one in dots]
    alone = max(
        range(len(places)),
        key=lambda one: min(dist(places[one], other) for other in places if other != places[one]),
    )
    x, y = places[alone]
    about = page.locator(".map .about")
    page.touchscreen.tap(x + 12, y + 12)
    name = page.locator(".map .spot").nth(alone).get_attribute("aria-label")
    expect(about.get_by_role("heading", level=2)).to_have_text(str(name))
    expect(page).to_have_url("/map")
    page.touchscreen.tap(x - 12, y + 12)
    expect(page).to_have_url(re.compile("/entry/"))


def test_enter_opens_the_only_entry_that_a_search_on_the_map_finds(visit: Visitor) -> None:
    page = the_map(visit)
    find = page.get_by_label("Find")
    find.fill("attention")
    find.press("Enter")
    expect(page).to_have_url("/map")
    find.fill("gqa")
    expect(page.locator("#found")).to_have_text("1 found. Enter opens it.")
    find.press("Enter")
    expect(page).to_have_url("/entry/gqa")


def test_the_arrows_lead_from_dot_to_dot(visit: Visitor) -> None:
    page = the_map(visit)
    spot(page, "gqa").focus()
    page.keyboard.press("ArrowRight")
    focused = page.locator(".map .spot:focus")
    expect(focused).to_have_count(1)
    assert focused.get_attribute("href") != "/entry/gqa"
    expect(focused).to_be_in_viewport()
    name = focused.locator("text").text_content()
    expect(page.locator(".map .about h2")).to_have_text(str(name))


SIDES = ("left", "right", "top", "bottom")
# The names that are shown, each with where it is.
NAMES = """() => [...document.querySelectorAll('.spot text')]
  .filter(name => getComputedStyle(name).display !== 'none')
  .map(name => [name.textContent, name.getBoundingClientRect()])
  .map(([text, {left, right, top, bottom}]) => [text, left, right, top, bottom])"""


@pytest.mark.parametrize("width", [390, 1440])
def test_the_names_of_what_is_looked_at_do_not_cover_each_other(visit: Visitor, width: int) -> None:
    page = the_map(visit, "/map?view=meaning", viewport={"width": width, "height": 844})
    for entry in ("model-head", "token", "quantization"):
        spot(page, entry).focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        names = page.evaluate(NAMES)
        assert len(names) > 1
        for (_, left, right, top, bottom), (_, left2, right2, top2, bottom2) in combinations(
            names, 2
        ):
            assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
