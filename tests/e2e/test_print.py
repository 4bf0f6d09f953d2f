"""On paper a page is what it says: nothing to press, nothing folded, and where it is found."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.server import Server

A4 = {"width": 690, "height": 980}


def printed(page: Page) -> Page:
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize(
    "path", ["/?q=what+is+GQA%3F", "/?q=best+pizza+in+Rome", "/entry/gqa", "/compare?a=gqa&b=mla"]
)
def test_nothing_is_there_to_be_pressed(visit: Visitor, path: str) -> None:
    page = printed(visit(path, viewport=A4))
    expect(page.locator(":is(button, input, textarea):visible")).to_have_count(0)
    assert page.locator('main a[href^="/map"]:visible').count() == 0
    expect(page.locator(".address")).to_have_text(page.url)


def test_the_address_is_that_of_the_conversation_as_it_is(visit: Visitor) -> None:
    chat = Chat(visit("/?q=what+is+GQA%3F", viewport=A4))
    chat.ask("and MLA?")
    expect(printed(chat.page).locator(".address")).to_contain_text("history=what+is+GQA")


def test_what_is_folded_is_read_and_sources_are_named_once(visit: Visitor) -> None:
    chat = Chat(visit("/?q=what+is+GQA%3F", viewport=A4))
    turn = chat.answered(1)
    printed(chat.page)
    for folded in (turn.locator(".notes p"), turn.locator(".references li").first):
        assert folded.evaluate("one => one.checkVisibility({ contentVisibilityAuto: true })")
    expect(turn.locator(".sources summary .section").first).to_be_visible()
    expect(turn.locator(".sources .excerpt:visible")).to_have_count(0)


def test_code_is_not_cut(visit: Visitor, handbook: Server) -> None:
    page = printed(
        visit("/entry/it/accounts", site=handbook, viewport={"width": 200, "height": 300})
    )
    expect(page.locator("[data-action]:visible")).to_have_count(0)
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
    assert page.locator("pre").evaluate_all(cut) == 0


def test_code_in_a_line_stands_as_close_as_other_words(visit: Visitor, handbook: Server) -> None:
    page = printed(visit("/entry/it/accounts", site=handbook))
    code = page.locator(".document :not(pre) > code").first
    expect(code).to_have_css("padding-inline", "0px")
