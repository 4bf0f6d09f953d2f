"""Everything by keyboard alone, from the first key to the second answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat, quotes, tab_to
from e2e.pages import PAGES


def test_a_conversation_without_a_mouse(visit: Visitor) -> None:
    page = visit("/")
    chat = Chat(page)
    expect(chat.question).to_be_focused()
    page.keyboard.type("what is GQA?")
    page.keyboard.press("Enter")
    turn = chat.answered(1)

    page.locator("#conversation h2").first.focus()
    tab_to(page, turn.locator("a.mark").first)
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_contain_text("Explanation")
    page.keyboard.press("Escape")
    expect(turn.locator("a.mark").first).to_be_focused()

    tab_to(page, turn.locator(".confidence summary"))
    page.keyboard.press("Enter")
    expect(turn.locator(".confidence p")).to_be_visible()

    suggestion = turn.locator(".suggestions a").first
    question = suggestion.inner_text()
    tab_to(page, suggestion)
    page.keyboard.press("Enter")
    expect(chat.answered(2).locator(".asked")).to_have_text(question)
    assert page.evaluate("document.activeElement !== document.body") is True

    tab_to(page, chat.question)
    page.keyboard.type("and MLA?")
    page.keyboard.press("Enter")
    assert "Multi-head Latent Attention" in quotes(chat.answered(3))[0]


def test_the_first_key_skips_what_every_page_begins_with(visit: Visitor) -> None:
    page = visit("/browse")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


# What has the focus, if it looks as it does without, or is out of sight.
UNSEEN = """() => {
  const focused = document.activeElement
  const looks = () => [focused, focused.closest('.ask-row'), focused.querySelector('circle, rect')]
    .filter(Boolean)
    .flatMap(one => [getComputedStyle(one), getComputedStyle(one, '::after')])
    .map(style => [
      style.outlineStyle !== 'none' && style.outlineWidth, style.boxShadow, style.stroke,
      style.strokeWidth,
    ].join())
    .join()
  const box = focused.getBoundingClientRect()
  const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  const withFocus = looks()
  focused.blur()
  // A dot of the map stays marked as looked at: that is its sign.
  const stays = focused.classList.contains('seen')
  if (stays) focused.classList.remove('seen')
  const without = looks()
  if (stays) focused.classList.add('seen')
  focused.focus({preventScroll: true, focusVisible: true})
  return withFocus !== without && inSight ? null : focused.outerHTML.slice(0, 120)
}"""


@pytest.mark.parametrize("name", ["home", "definition", "entry", "compare", "map"])
def test_whoever_tabs_through_a_page_sees_where_they_are(visit: Visitor, name: str) -> None:
    page = visit(PAGES[name])
    page.locator("body").press("Control+Home")
    page.evaluate("document.activeElement.blur()")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(UNSEEN) is None
        seen.add(page.evaluate("document.activeElement.outerHTML"))
    assert len(seen) >= 5


def test_a_table_too_wide_for_its_place_is_scrolled_by_keyboard(visit: Visitor) -> None:
    page = visit(PAGES["compared"], viewport={"width": 390, "height": 800})
    table = page.get_by_role("region", name="Side by side")
    assert table.evaluate("one => one.scrollWidth > one.clientWidth") is True
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("one => one.scrollLeft > 0", arg=table.element_handle())


def focus_is_lost(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement === document.body"))


def test_the_focus_is_never_lost(visit: Visitor) -> None:
    page = visit("/")
    chat = Chat(page)
    chat.ask("what is GQA?")
    assert not focus_is_lost(page)
    chat.button("copy", turn=1).press("Enter")
    assert not focus_is_lost(page)
    chat.button("new").press("Enter")
    expect(chat.turn(1)).to_have_count(0)
    expect(chat.question).to_be_focused()


def test_the_focus_stays_on_the_view_that_is_chosen(visit: Visitor) -> None:
    page = visit("/map")
    link = page.get_by_role("link", name="Meaning")
    link.press("Enter")
    expect(page.locator(".map svg")).to_have_attribute("data-view", "meaning")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-current", "true")
    expect(page.locator(".views [aria-current]")).to_have_count(1)
