"""No page breaks a rule of axe-core, whatever is open on it: desk and phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import NOTHING, Chat
from e2e.pages import HANDBOOK, PAGES, REFUSALS, THEMES, Theme
from e2e.server import Server

pytestmark = pytest.mark.usefixtures("checker")

both_themes = pytest.mark.parametrize("theme", THEMES)
WIDTHS = (1440, 390)
on_a_desk_and_a_phone = pytest.mark.parametrize("width", WIDTHS)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_breaks_no_rule(visit: Visitor, path: str) -> None:
    assert broken(visit("about:blank"), path) == {}


@pytest.mark.parametrize("path", HANDBOOK.values(), ids=HANDBOOK.keys())
def test_a_page_of_documents_breaks_no_rule(visit: Visitor, handbook: Server, path: str) -> None:
    assert broken(visit("about:blank", site=handbook), path, THEMES[:1]) == {}


@pytest.mark.parametrize("path", REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_breaks_no_rule(visit: Visitor, path: str) -> None:
    visit.expect_fault("404|422")
    assert broken(visit("about:blank"), path) == {}


def broken(page: Page, path: str, themes: Iterable[Theme] = THEMES) -> dict[str, list[str]]:
    """What breaks rules at an address, opened anew in each window and theme that has such."""
    found = {}
    for width, theme in product(WIDTHS, themes):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=theme)
        page.goto(path)
        found[f"{width} {theme}"] = violations(page)
    return {where: rules for where, rules in found.items() if rules}


def card(chat: Chat) -> Locator:
    return chat.page.get_by_role("dialog")


@both_themes
@on_a_desk_and_a_phone
def test_what_opens_on_a_page_breaks_no_rule(visit: Visitor, width: int, theme: Theme) -> None:
    chat = Chat(visit("/", viewport={"width": width, "height": 844}, color_scheme=theme))
    turn = chat.ask("what is GQA?")
    turn.locator(".confidence summary").click()
    turn.locator(".references summary").click()
    turn.get_by_role("button", name="Helpful", exact=True).click()
    expect(turn.locator(".feedback").get_by_role("textbox")).to_be_visible()
    assert violations(chat.page) == []
    turn.locator("a.mark").first.click()
    expect(turn.locator(".sources details[open]") if width > 1100 else card(chat)).to_be_visible()
    assert violations(chat.page) == []
    chat.page.keyboard.press("Escape")
    chat.question.press_sequentially("quanti")
    expect(chat.page.get_by_role("listbox")).to_be_visible()
    assert violations(chat.page) == []


@both_themes
@on_a_desk_and_a_phone
def test_a_failure_breaks_no_rule(visit: Visitor, width: int, theme: Theme) -> None:
    visit.expect_fault("422")
    chat = Chat(visit("/", viewport={"width": width, "height": 844}, color_scheme=theme))
    chat.send(NOTHING)
    expect(chat.page.get_by_role("alert")).to_be_visible()
    assert violations(chat.page) == []


@both_themes
@on_a_desk_and_a_phone
def test_a_map_that_is_looked_at_breaks_no_rule(visit: Visitor, width: int, theme: Theme) -> None:
    size = {"width": width, "height": 844}
    page = visit("/map?view=meaning", viewport=size, color_scheme=theme)
    page.locator(".spot[href='/entry/gqa']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".map .about")).to_be_visible()
    assert violations(page) == []
