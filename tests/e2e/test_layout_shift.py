"""Nothing moves while a page is drawn: formulas and the map take their space before that."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, Route

from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.pages import PAGES
from e2e.screenshots import SIZES

MOST = 0.05
"""Of the window, as https://web.dev/articles/cls counts it; 0.1 is called good there."""

# A page that comes with formulas or has the most of them, beside the usual ones.
SHOWN = PAGES | {"formulas-of-an-entry": "/entry/rope"}

_SHIFTS = """() => new Promise(done => {
  const shifts = [];
  const own = list => list.getEntries().filter(entry => !entry.hadRecentInput);
  const note = list => shifts.push(...own(list).map(entry => [
    entry.value,
    ...entry.sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 80)),
  ]));
  new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(shifts), 100));
})"""


def late(route: Route) -> None:
    """A file that comes when the rest of the page is long there."""
    time.sleep(0.2)
    route.continue_()


def later(route: Route) -> None:
    """One that comes so late that nobody takes what it moves for what they have just done."""
    time.sleep(0.6)
    route.continue_()


def shifts(page: Page) -> list[list[object]]:
    page.wait_for_load_state("networkidle")
    found: list[list[object]] = page.evaluate(_SHIFTS)
    return found


@pytest.mark.parametrize("width", SIZES)
def test_an_answer_that_comes_stays_where_it_is_though_its_letters_are_late(
    visit: Visitor, width: int
) -> None:
    page = visit("/", viewport={"width": width, "height": SIZES[width]})
    page.wait_for_load_state("networkidle")
    page.route("**/katex/**", later)
    Chat(page).ask("what is the formula of perplexity?")
    found = shifts(page)
    assert sum(float(str(shift[0])) for shift in found) <= MOST, found


@pytest.mark.parametrize("width", SIZES)
def test_a_page_stays_where_it_is(visit: Visitor, width: int) -> None:
    page = visit("about:blank", viewport={"width": width, "height": SIZES[width]})
    page.route("**/katex/*.js", late)
    moved = {}
    for name, path in SHOWN.items():
        page.goto(path)
        found = shifts(page)
        if sum(float(str(shift[0])) for shift in found) > MOST:
            moved[name] = found
    assert moved == {}
