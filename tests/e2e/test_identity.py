"""A knowledge base with a long name and a glaring accent: it is read, and fits, all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from web.conftest import KITCHEN

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.fitting import STICKING_OUT, sideways
from e2e.host import Host
from e2e.pages import THEMES, Theme
from e2e.server import Server
from e2e.widget import Widget, style, themed
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app

TITLE = "Everything that anybody in our kitchen ever wrote down on cooking and on washing up"
ACCENT = "#ffee00"

both_themes = pytest.mark.parametrize("theme", THEMES)
paths = pytest.mark.parametrize(
    "path",
    ["/", "/?q=Difference+between+Poaching+and+Simmering", "/entry/bread/sourdough", "/docs"],
)


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Server]:
    """The kitchen, overdressed; pages of the host may ask it."""
    knowledge_base = read_knowledge_base(KITCHEN)
    identity = replace(knowledge_base.identity, title=TITLE, accent=ACCENT)
    root = tmp_path_factory.mktemp("dressed") / "index"
    build_index(replace(knowledge_base, identity=identity), root)
    settings = replace(load_settings(), cors_origins=host.url)
    assistant = Assistant(Index(root))
    with assistant, Server(create_app(assistant, settings=settings)) as server:
        yield server


@pytest.mark.usefixtures("checker")
@both_themes
@paths
def test_it_can_be_read(visit: Visitor, dressed: Server, path: str, theme: Theme) -> None:
    assert violations(visit(path, site=dressed, color_scheme=theme)) == []


@paths
def test_it_fits_a_phone(visit: Visitor, dressed: Server, path: str) -> None:
    page = visit(path, site=dressed, viewport={"width": 320, "height": 640})
    expect(page.locator(".brand")).to_have_text(TITLE)
    assert page.evaluate(STICKING_OUT) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize("hint", ["Search or ask", "Suchen oder fragen"])
@pytest.mark.parametrize("width", [320, 390, 768, 1000])
def test_the_hint_in_its_head_is_whole_or_not_there(
    visit: Visitor, dressed: Server, width: int, hint: str
) -> None:
    page = visit("/browse", site=dressed, viewport={"width": width, "height": 640})
    page.locator(".palette").evaluate(
        "(form, hint) => form.classList.toggle('wordy', hint.length > 14)", hint
    )
    room, needed, color = page.locator(".palette input").evaluate(
        """(input, hint) => {
          const look = getComputedStyle(input)
          const paper = document.createElement('canvas').getContext('2d')
          paper.font = look.font
          const around = parseFloat(look.paddingLeft) + parseFloat(look.paddingRight)
          const color = getComputedStyle(input, '::placeholder').color
          return [input.clientWidth, paper.measureText(hint).width + around, color]
        }""",
        hint,
    )
    assert room >= needed or color == "rgba(0, 0, 0, 0)"
    # A long title leaves room for it on most phones.
    if width in (390, 768) and hint == "Search or ask":
        assert color != "rgba(0, 0, 0, 0)"


def test_on_a_phone_a_field_without_its_hint_is_a_sign(visit: Visitor, dressed: Server) -> None:
    page = visit("/browse", site=dressed, viewport={"width": 390, "height": 640})
    brand = page.locator(".brand")
    before = brand.bounding_box()
    page.locator(".palette").evaluate("form => form.classList.add('wordy', 'slim')")
    field, after = page.locator(".palette").bounding_box(), brand.bounding_box()
    assert before
    assert after
    assert field
    assert field["width"] == 44
    assert after["width"] > before["width"] + 44
    page.locator(".palette input").click()
    assert page.locator(".palette .panel").bounding_box() == {
        "x": 0,
        "y": 0,
        "width": 390,
        "height": 640,
    }


def test_it_has_its_colours_but_for_print(visit: Visitor, dressed: Server) -> None:
    page = visit("/entry/bread/sourdough", site=dressed, color_scheme="dark")
    link = page.get_by_role("link", name="https://kitchen.example.org/sourdough")
    expect(link).to_have_css("color", "rgb(255, 238, 0)")
    page.emulate_media(media="print")
    expect(link).to_have_css("color", "rgb(0, 0, 0)")


@pytest.mark.usefixtures("checker")
@both_themes
def test_the_widget_is_called_and_coloured_as_it_is(
    visit: Visitor, host: Host, dressed: Server, theme: Theme
) -> None:
    path = host.embed(dressed, css=themed(theme))
    widget = Widget(visit(path, site=host, asks=(dressed,), viewport={"width": 390, "height": 800}))
    expect(widget.launcher).to_have_accessible_name(TITLE)
    accent = {"light": "rgb(115, 107, 0)", "dark": "rgb(255, 238, 0)"}[theme]
    assert style(widget.launcher, "backgroundColor") == accent
    widget.open()
    widget.ask("Difference between Poaching and Simmering")
    assert violations(widget.page) == []


def test_a_page_colours_the_widget_as_it_likes(visit: Visitor, host: Host, dressed: Server) -> None:
    css = ":root { --entrywise-accent: rgb(90, 0, 120) }"
    path = host.embed(dressed, css=css, title="Ask the cook")
    widget = Widget(visit(path, site=host, asks=(dressed,)))
    expect(widget.launcher).to_have_accessible_name("Ask the cook")
    assert style(widget.launcher, "backgroundColor") == "rgb(90, 0, 120)"
