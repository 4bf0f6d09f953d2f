"""A browser, the shipped glossary on a server, and visits to its pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("playwright", reason="not installed: pip install playwright")

from paths import ROOT
from playwright.sync_api import Browser, expect

from e2e.axe import SCRIPT
from e2e.browser import CHROMIUM, PATIENCE_MS, Visitor, open_browser
from e2e.host import Host
from e2e.server import Server
from e2e.widget import Embed, Widget
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app

expect.set_options(timeout=PATIENCE_MS)


# Playwright holds the event loop of the thread that it runs in: other tests need it back, so the
# browser is closed with this folder's last test.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    if CHROMIUM is None:
        _missing("chromium is not installed: apt-get install chromium-headless-shell")
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def site(glossary_index: Index) -> Iterator[Server]:
    """The shipped glossary, served as `entrywise serve` does."""
    with Server(create_app(Assistant(glossary_index))) as server:
        yield server


@pytest.fixture(scope="package")
def handbook(sealed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A handbook of a few pages in folders, served."""
    root = tmp_path_factory.mktemp("handbook")
    build_index(read_knowledge_base(ROOT / "tests" / "documents" / "handbook" / "docs"), root)
    with Assistant(Index(root)) as assistant, Server(create_app(assistant)) as server:
        yield server


@pytest.fixture(scope="package")
def host() -> Iterator[Host]:
    """Another origin, whose pages have the widget."""
    with Host() as server:
        yield server


@pytest.fixture(scope="package")
def allowing(glossary_index: Index, host: Host) -> Iterator[Server]:
    """The shipped glossary, on a server that pages of the host may ask."""
    settings = replace(load_settings(), cors_origins=f"https://elsewhere.example, {host.url}")
    with Server(create_app(Assistant(glossary_index), settings=settings)) as server:
        yield server


@pytest.fixture
def embed(visit: Visitor, host: Host, allowing: Server) -> Embed:
    """Opens a page of the host with the widget of a server; its options are `data-…` attributes,
    and those of a browser context."""

    def open_page(
        server: Server = allowing, *, css: str = "", context: Any = None, **data: str
    ) -> Widget:
        path = host.embed(server, css=css, **data)
        return Widget(visit(path, site=host, asks=(server,), **context or {}))

    return open_page


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """Servers of one test's own, entered by it. They stop after its pages are left: one that is
    still loading its icon would log that nobody answers."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def visit(browser: Browser, site: Server, servers: ExitStack) -> Iterator[Visitor]:
    """Opens pages. When the test is over, none may have done what no page may do."""
    visitor = Visitor(browser, site)
    yield visitor
    assert visitor.close() == []


@pytest.fixture(scope="package")
def checker() -> None:
    """Skips where axe-core is missing."""
    if not SCRIPT.exists():
        _missing("axe-core is not installed: npm ci --prefix tests/e2e")


def _missing(what: str) -> None:
    """Skip on a machine that lacks something; where changes are checked nothing may be lacking."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)
