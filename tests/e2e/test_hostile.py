"""A knowledge base that tries to run scripts, lead astray or break formulas stays text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.fitting import STICKING_OUT
from e2e.hostile import CALCULATED, LOGO, MARKUP, hostile_knowledge_base
from e2e.server import Server
from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.web.app import create_app

IDS = [quote(entry.id) for entry in hostile_knowledge_base()]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The hostile knowledge base, served; it answers however unsure it is."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "logo.svg").write_text(LOGO)
    knowledge_base = hostile_knowledge_base()
    identity = replace(knowledge_base.identity, logo=str(folder / "logo.svg"))
    build_index(replace(knowledge_base, identity=identity), folder / "index")
    assistant = Assistant(Index(folder / "index"), threshold=0.0)
    with assistant, Server(create_app(assistant)) as server:
        yield server


def assert_harmless(page: Page) -> None:
    """Nothing of the knowledge base became an element, an address or a value of a template.

    That no script ran and nothing was asked for elsewhere is what every visit is watched for.
    """
    expect(page.locator("main img, main script, main b, main u, main iframe")).to_have_count(0)
    assert CALCULATED not in page.locator("body").inner_text()
    links = page.locator("[href], [src], [action]").evaluate_all(
        "all => all.flatMap(one => ['href', 'src', 'action'].map(name => one.getAttribute(name)))"
        ".filter(Boolean).map(address => new URL(address, document.baseURI).href)"
    )
    assert [link for link in links if not link.startswith(("http:", "https:"))] == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/browse",
        "/map",
        "/docs",
        f"/entry/{IDS[0]}",
        f"/compare?a={IDS[0]}&b={IDS[1]}",
        "/?q=what+is+a+Zorbital",
        f"/?q={quote(MARKUP)}&history={quote(MARKUP)}",
    ],
)
def test_a_page_shows_it_as_text(visit: Visitor, hostile: Server, path: str) -> None:
    page = visit(path, site=hostile)
    if path != "/docs":
        expect(page.locator("main")).to_contain_text("<script>alert(1)</script>")
    assert_harmless(page)


def test_a_streamed_answer_and_its_card_show_it_as_text(visit: Visitor, hostile: Server) -> None:
    chat = Chat(visit("/", site=hostile))
    turn = chat.ask(f"difference between Zorbital and Quuxform {MARKUP}")
    assert_harmless(chat.page)
    for mark in turn.locator("a.mark").all():
        mark.click()
        expect(chat.page.locator(".card")).to_contain_text("<script>alert(1)</script>")
        assert_harmless(chat.page)
        chat.page.keyboard.press("Escape")


def test_a_formula_that_cannot_be_typeset_is_shown_as_it_reads(
    visit: Visitor, hostile: Server
) -> None:
    page = visit(f"/entry/{IDS[0]}", site=hostile)
    expect(page.locator("main")).to_contain_text("Zorbital works with")
    expect(page.locator(".katex-error")).to_have_count(0)
    assert_harmless(page)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Names as long as a line and a page, and one that is written from right to left."""
    names = {"long": "Zorb" * 120, "arabic": "النحل", "many": "Quux form " * 50}
    entries = tuple(
        Entry(one, name, "", (Section("oneliner", f"{name} is a device of 500 watts."),))
        for one, name in names.items()
    )
    folder = tmp_path_factory.mktemp("wordy")
    build_index(KnowledgeBase(entries, identity=Identity(title="Words")), folder)
    assistant = Assistant(Index(folder), threshold=0.0)
    with assistant, Server(create_app(assistant)) as server:
        yield server


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "path", ["/", "/browse", "/?q=which+device+has+500+watts%3F", "/entry/long"]
)
def test_a_word_that_is_wider_than_its_place_is_broken(
    visit: Visitor, wordy: Server, path: str, width: int
) -> None:
    page = visit(path, site=wordy, viewport={"width": width, "height": 800})
    assert page.evaluate(STICKING_OUT) == []
    if path in ("/", "/browse"):
        assert all(
            link.bounding_box()["height"] < 150
            for link in page.locator(":is(.questions, .cards) a").all()
        )


def test_what_is_written_from_right_to_left_runs_so(visit: Visitor, wordy: Server) -> None:
    page = visit("/entry/arabic", site=wordy)
    line = page.locator(".oneliner p")
    text, box = line.evaluate(
        """line => {
          const range = document.createRange()
          range.selectNodeContents(line)
          return [range, line].map(one => one.getBoundingClientRect().right)
        }"""
    )
    assert abs(text - box) < 2


def test_completions_show_it_as_text(visit: Visitor, hostile: Server) -> None:
    chat = Chat(visit("/", site=hostile))
    chat.question.press_sequentially("zorb")
    expect(chat.page.get_by_role("option").first).to_contain_text("<script>alert(1)</script>")
    assert_harmless(chat.page)


def test_a_logo_is_shown_and_opened_by_itself_runs_nothing(visit: Visitor, hostile: Server) -> None:
    picture = visit("/", site=hostile).locator(".brand img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    visit.expect_fault("Blocked script execution")
    # What is blocked is told as a request, too.
    visit.expect_fault("x.png.* violates the following Content Security Policy|to another host")
    page = visit("/logo", site=hostile)
    assert page.evaluate("self.origin") == "null"
    expect(page.locator("rect")).to_have_css("fill", "rgb(1, 2, 3)")
