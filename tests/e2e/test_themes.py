"""Light and dark: by the system's setting, and by the switch."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.pages import Theme


def lightness(page: Page, of: str = "backgroundColor") -> Theme:
    """What the page is drawn on, or with (`of="color"`), by its brightness."""
    red, green, blue = page.locator("body").evaluate(
        "(body, of) => getComputedStyle(body)[of].match(/[0-9]+/g).slice(0, 3).map(Number)", of
    )
    return "light" if red + green + blue > 3 * 128 else "dark"


def test_a_page_is_drawn_as_the_system_is_set(visit: Visitor) -> None:
    page = visit("/", color_scheme="dark")
    assert lightness(page) == "dark"
    page.emulate_media(color_scheme="light")
    assert lightness(page) == "light"


def test_the_switch_goes_before_the_system_on_every_page_until_it_is_set_back(
    visit: Visitor,
) -> None:
    page = visit("/", color_scheme="light")
    switch = page.locator("#theme")
    expect(switch).to_have_accessible_name(re.compile("^Theme: as your system"))
    switch.click()
    expect(switch).to_have_accessible_name(re.compile("^Theme: light"))
    switch.click()
    expect(switch).to_have_accessible_name(re.compile("^Theme: dark"))
    assert lightness(page) == "dark"
    page.goto("/browse")
    assert lightness(page) == "dark"
    page.locator("#theme").click()
    expect(page.locator("#theme")).to_have_accessible_name(re.compile("^Theme: as your system"))
    assert lightness(page) == "light"


def test_a_chosen_theme_is_there_before_the_page_is_drawn(visit: Visitor) -> None:
    page = visit("/", color_scheme="light")
    page.locator("#theme").click()
    page.locator("#theme").click()
    page.add_init_script(
        "addEventListener('DOMContentLoaded',"
        " () => window.atFirst = document.documentElement.dataset.theme, {capture: true})"
    )
    page.reload()
    assert page.evaluate("window.atFirst") == "dark"


def test_a_theme_is_switched_by_keyboard(visit: Visitor) -> None:
    page = visit("/", color_scheme="light")
    page.locator("#theme").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert lightness(page) == "dark"


def test_a_printed_answer_is_dark_on_light_and_has_no_controls(visit: Visitor) -> None:
    page = visit("/?q=what+is+GQA%3F", color_scheme="dark")
    expect(page.locator("#t1 .verdict")).to_be_visible()
    for _ in ("light", "dark"):
        page.locator("#theme").click()
    page.emulate_media(media="print")
    assert lightness(page) == "light"
    assert lightness(page, of="color") == "dark"
    for control in ("#question", "#theme", ".bar nav", ".actions", ".tools", ".suggestions"):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator("#t1 .parts q").first).to_be_visible()


def test_signs_and_lines_are_seen_in_the_colours_of_the_system(visit: Visitor) -> None:
    page = visit("/map", forced_colors="active", color_scheme="dark")
    assert float(page.locator(".links").evaluate("one => getComputedStyle(one).opacity")) > 0.4
    ring = "one => getComputedStyle(one, '::before').backgroundImage"
    assert page.locator("#theme").evaluate(ring) != "none"
    page.locator(".palette input").click()
    page.keyboard.type("gqa")
    signs = """one => {
      const [row, sign] = [null, '::before'].map(of => getComputedStyle(one, of))
      return sign.backgroundColor === row.color
    }"""
    assert page.get_by_role("option").first.evaluate(signs)


def test_what_is_chosen_is_seen_in_the_colours_of_the_system(visit: Visitor) -> None:
    page = visit("/map", forced_colors="active")
    chosen = page.locator(".views [aria-current]")
    expect(chosen).to_have_css("outline-style", "solid")
    expect(page.locator(".views a:not([aria-current])")).to_have_css("outline-style", "none")
    expect(page.locator(".bar a[aria-current]")).to_have_css("text-decoration-line", "underline")
