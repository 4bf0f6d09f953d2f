"""How the widget looks: as the page is themed, whatever the page's styles are, at every size."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.fitting import hard_to_hit
from e2e.host import Host
from e2e.pages import THEMES, Theme
from e2e.server import Server
from e2e.widget import Embed, Widget, style, themed

both_themes = pytest.mark.parametrize("theme", THEMES)

SMALL = """element => [...element.shadowRoot.querySelectorAll('a, button, input')]
  .filter(one => one.checkVisibility())
  .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width < 24 || box.height < 24)
  .map(([box, html]) => `${html}: ${box.width} x ${box.height}`)"""

STICKING_OUT = """element => [...element.shadowRoot.querySelectorAll('.root *')]
  .filter(one => !one.closest('.unseen, thead'))
  .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
  .map(([, html]) => html)"""


@pytest.mark.parametrize(
    ("css", "system", "expected"),
    [
        (":root { color-scheme: dark }", "light", "dark"),
        (":root { color-scheme: light }", "dark", "light"),
        (":root { color-scheme: light dark }", "dark", "dark"),
        ("body { background: #111; color: #eee }", "light", "dark"),
        ("html { background: oklch(0.97 0.02 90) }", "dark", "light"),
        ("body { background: rgb(0 0 0 / 5%) }", "light", "light"),
        ("", "dark", "light"),
        ("", "light", "light"),
    ],
)
def test_it_is_themed_as_the_page_is(
    embed: Embed, css: str, system: Theme, expected: Theme
) -> None:
    widget = embed(css=css, context={"color_scheme": system})
    widget.open()
    assert widget.theme == expected


def test_a_page_may_say_its_theme_in_its_head(visit: Visitor, host: Host, allowing: Server) -> None:
    script = f'<script src="{allowing.url}/widget.js" data-open></script>'
    path = host.put(f'<meta name="color-scheme" content="dark">{script}', allowing)
    assert Widget(visit(path, site=host, asks=(allowing,), color_scheme="light")).theme == "dark"


@pytest.mark.parametrize(
    "css",
    [
        ".night { color-scheme: dark }",
        "body { background: #fff } .night body { background: #000 }",
        "body { background: #fff; transition: background 0.1s } .night body { background: #000 }",
    ],
)
def test_it_follows_a_page_that_changes(embed: Embed, css: str) -> None:
    widget = embed(css=css, open="")
    assert widget.theme == "light"
    widget.page.evaluate("document.documentElement.className = 'night'")
    widget.expect_theme("dark")
    widget.page.evaluate("document.documentElement.className = ''")
    widget.expect_theme("light")


def test_it_follows_the_system_where_the_page_does(embed: Embed) -> None:
    widget = embed(css=":root { color-scheme: light dark }", open="")
    widget.page.emulate_media(color_scheme="dark")
    widget.expect_theme("dark")


def test_a_theme_that_was_chosen_goes_before_the_page(embed: Embed) -> None:
    widget = embed(theme="light", open="", css=":root { color-scheme: dark }")
    assert widget.theme == "light"
    widget.element.evaluate("element => (element.dataset.theme = 'auto')")
    assert widget.theme == "dark"


def test_the_styles_of_the_page_do_not_reach_in(embed: Embed) -> None:
    css = (
        "* { color: red !important; font-size: 40px !important; text-transform: uppercase;"
        " letter-spacing: 1em; visibility: hidden; cursor: wait; transform: scale(0.5) }"
    )
    plain, styled = embed(open=""), embed(open="", css=css)
    for part in ("launcher", "panel", "question"):
        for name in ("color", "fontSize", "textTransform", "letterSpacing", "width", "visibility"):
            one, other = getattr(plain, part), getattr(styled, part)
            assert style(one, name) == style(other, name), (part, name)


def test_the_page_is_laid_out_as_without_it(embed: Embed) -> None:
    css = "body { display: grid; gap: 5rem; min-height: 200vh } main { height: 200vh }"
    widget = embed(css=css, open="")
    height = "document.documentElement.scrollHeight"
    before = widget.page.evaluate(height)
    widget.element.evaluate("element => element.remove()")
    assert widget.page.evaluate(height) == before


def test_a_page_sets_the_accent_the_font_and_the_place(embed: Embed) -> None:
    css = (
        ":root { --entrywise-accent: rgb(90, 0, 120); --entrywise-font: monospace }"
        "entrywise-chat { --entrywise-offset: 50px }"
    )
    widget = embed(css=css, position="left")
    assert style(widget.launcher, "backgroundColor") == "rgb(90, 0, 120)"
    assert style(widget.launcher, "fontFamily") == "monospace"
    assert style(widget.launcher, "left") == "50px"
    widget.element.evaluate("element => (element.hidden = true)")
    expect(widget.launcher).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (768, 900)])
def test_it_fits_its_window_and_can_be_hit(embed: Embed, width: int, height: int) -> None:
    widget = embed(context={"viewport": {"width": width, "height": height}})
    assert widget.element.evaluate(SMALL) == []
    widget.open()
    for question in ("difference between GQA and MLA", "Mistral-7B-Instruct.gguf", "best pizza"):
        widget.ask(question)
    assert widget.element.evaluate(SMALL) == []
    assert widget.element.evaluate(STICKING_OUT) == []
    expect(widget.panel).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [390, 1024])
def test_a_finger_hits_what_it_is_meant_to(embed: Embed, width: int) -> None:
    context = {"viewport": {"width": width, "height": 800}, "has_touch": True, "is_mobile": True}
    widget = embed(context=context)
    widget.launcher.click()
    shadow = widget.page.evaluate_handle("document.querySelector('entrywise-chat').shadowRoot")
    assert hard_to_hit(shadow) == []
    for question in ("difference between GQA and MLA", "Mistral-7B-Instruct.gguf", "best pizza"):
        widget.ask(question)
    assert hard_to_hit(shadow) == []
    assert widget.element.evaluate(STICKING_OUT) == []


def test_it_fits_its_window_at_twice_the_size_of_text(embed: Embed) -> None:
    widget = embed(context={"viewport": {"width": 640, "height": 800}})
    # What a reader sets as the size of text is what `medium` is; this stands in for it.
    widget.element.evaluate("element => (element.shadowRoot.firstChild.style.fontSize = '32px')")
    widget.open()
    widget.ask("difference between GQA and MLA")
    assert widget.element.evaluate(STICKING_OUT) == []
    expect(widget.panel).to_be_in_viewport(ratio=1)


def test_on_a_phone_it_is_the_window_and_tables_are_stacked(embed: Embed) -> None:
    widget = embed(context={"viewport": {"width": 320, "height": 640}})
    widget.open()
    expect(widget.launcher).to_be_hidden()
    assert widget.panel.bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 640}
    row = widget.ask("difference between GQA and MLA").get_by_role("row").nth(1)
    one, other = (cell.bounding_box() for cell in row.get_by_role("cell").all())
    assert one
    assert other
    assert one["x"] == other["x"]
    assert one["y"] < other["y"]
    widget.page.keyboard.press("Escape")
    expect(widget.launcher).to_be_focused()


@pytest.mark.usefixtures("checker")
@both_themes
@pytest.mark.parametrize("width", [1440, 320])
def test_it_breaks_no_rule_of_accessibility(embed: Embed, theme: Theme, width: int) -> None:
    context = {"viewport": {"width": width, "height": 800}}
    widget = embed(css=themed(theme), context=context)
    assert violations(widget.page) == []
    widget.open()
    assert violations(widget.page) == []
    widget.ask("difference between GQA and MLA")
    assert violations(widget.page) == []
    widget.ask("Mistral-7B-Instruct-v0.2.Q4_K_M.gguf")
    widget.ask("how does RLOO align a model?")
    assert violations(widget.page) == []


@pytest.mark.usefixtures("checker")
@both_themes
@pytest.mark.parametrize("accent", ["#b00", "#ffd400", "navy"])
def test_any_accent_can_be_read(embed: Embed, theme: Theme, accent: str) -> None:
    widget = embed(css=themed(theme), theme=theme, accent=accent)
    widget.open()
    widget.ask("what is GQA?")
    assert violations(widget.page) == []


def test_whoever_asks_for_less_motion_sees_none(embed: Embed) -> None:
    assert style(embed(open="").panel, "animationName") == "none"
    moving = embed(open="", context={"reduced_motion": "no-preference"})
    assert style(moving.panel, "animationName") == "rise"


def test_in_the_colors_of_the_system_controls_have_edges(embed: Embed) -> None:
    widget = embed(open="", context={"forced_colors": "active"})
    for control in (widget.launcher, widget.panel.get_by_role("button", name="Ask")):
        assert style(control, "borderTopColor") != style(control, "backgroundColor")


def test_a_printed_page_does_not_have_it(embed: Embed) -> None:
    widget = embed(open="")
    widget.page.emulate_media(media="print")
    expect(widget.launcher).to_be_hidden()
    expect(widget.panel).to_be_hidden()
