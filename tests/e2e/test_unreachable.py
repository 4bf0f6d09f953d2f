"""Where the server cannot be reached the browser shows a page that says so (a service worker)."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.pages import THEMES, Theme
from e2e.server import Server
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app

KEY = {"username": "", "password": "secret"}
AT_WORK = """async () => {
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller)
    await new Promise((done) => serviceWorker.addEventListener("controllerchange", done));
}"""
CACHED = """async () => {
  const all = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) all.push(new URL(url).pathname);
  return all;
}"""


@pytest.fixture
def leaving(servers: ExitStack, glossary_index: Index) -> Server:
    """A server that may be stopped."""
    return servers.enter_context(Server(create_app(Assistant(glossary_index))))


def kept(visit: Visitor, server: Server, path: str = "/", **options: object) -> Page:
    """A page whose worker is at work."""
    page = visit(path, site=server, service_workers="allow", **options)
    page.evaluate(AT_WORK)
    return page


def test_it_says_so_and_what_was_asked_and_the_way_back(visit: Visitor, leaving: Server) -> None:
    page = kept(visit, leaving)
    Chat(page).ask("what is GQA?")
    Chat(page).ask("and MLA?")
    leaving.stop()
    page.goto("/entry/gqa")
    expect(page.locator("h1")).to_have_text("The server cannot be reached")
    expect(page).to_have_url(f"{leaving.url}/entry/gqa")
    asked = page.locator(".asked-before > li")
    expect(asked.locator("a")).to_have_text("what is GQA?")
    expect(asked.locator("li")).to_have_text(["and MLA?"])
    # It looks as all pages do.
    color = "main => getComputedStyle(document.body).fontFamily"
    assert "system-ui" in page.locator("main").evaluate(color)
    leaving.start()
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("h1")).to_contain_text("GQA")


def test_nothing_that_is_asked_or_read_is_kept(visit: Visitor, leaving: Server) -> None:
    page = kept(visit, leaving)
    Chat(page).ask("what is GQA?")
    for path in ("/entry/gqa", "/browse", "/?q=what+is+MLA%3F"):
        page.goto(path)
    paths = page.evaluate(CACHED)
    assert "/unreachable" in paths
    assert {path for path in paths if not path.startswith("/static/")} == {"/unreachable"}


def test_a_key_is_asked_for_as_before_and_kept_is_what_needs_none(
    visit: Visitor, servers: ExitStack, glossary_index: Index
) -> None:
    settings = replace(load_settings(), api_keys="secret")
    app = create_app(Assistant(glossary_index), settings=settings)
    server = servers.enter_context(Server(app))
    page = kept(visit, server, http_credentials=KEY)
    for path in ("/entry/gqa", "/browse"):
        response = page.goto(path)
        assert response is not None
        assert response.status == 200
    assert {one for one in page.evaluate(CACHED) if "/static/" not in one} == {"/unreachable"}


def test_the_key_of_a_maintainer_is_asked_for_behind_it(
    visit: Visitor, servers: ExitStack, glossary_index: Index, tmp_path: Path
) -> None:
    settings = replace(load_settings(), maintainer_keys="secret", log=str(tmp_path / "log"))
    app = create_app(Assistant(glossary_index), settings=settings)
    server = servers.enter_context(Server(app))
    page = kept(visit, server, http_credentials=KEY)
    response = page.goto("/gaps")
    assert response is not None
    assert response.status == 200


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.usefixtures("checker")
def test_its_page_breaks_no_rule(visit: Visitor, theme: Theme) -> None:
    page = visit("/unreachable", color_scheme=theme)
    assert violations(page) == []
