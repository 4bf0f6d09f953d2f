"""A pytest plugin that makes every visit late: frames, what watches sizes, and what servers answer.

    PYTHONPATH=src:tests pytest -m slow tests/e2e -p e2e.delays

A test that fails then, and passes without, does not wait for what it looks at, and fails one day on
a busy machine.
"""

from __future__ import annotations

import asyncio
import random

import pytest
from playwright.sync_api import BrowserContext, Page
from starlette.types import ASGIApp, Receive, Scope, Send

from e2e.server import Server

_LATE_FRAMES = """(() => {
  const LATE = 400;
  const later = call => (...given) => setTimeout(() => call(...given), LATE);
  for (const name of ["ResizeObserver", "IntersectionObserver"]) {
    const Observer = window[name];
    window[name] = class extends Observer {
      constructor(call, ...options) { super(later(call), ...options); }
    };
  }
  for (const name of ["requestAnimationFrame", "requestIdleCallback"]) {
    const ask = window[name].bind(window);
    window[name] = (call, ...options) => ask(later(call), ...options);
  }
})();"""

_SECONDS = (0.0, 0.05, 0.3, 0.6)
"""How late an answer of a server may be; files that pages are made of are in time."""


class _Late:
    """An application that takes its time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            await asyncio.sleep(random.choice(_SECONDS))
        await self._app(scope, receive, send)


def pytest_configure() -> None:
    """From now on everything is late."""
    patch = pytest.MonkeyPatch()
    new_page, start = BrowserContext.new_page, Server.start

    def late_page(context: BrowserContext) -> Page:
        context.add_init_script(_LATE_FRAMES)
        return new_page(context)

    def late_start(server: Server) -> None:
        if not isinstance(server.app, _Late):
            server.app = _Late(server.app)
        start(server)

    patch.setattr(BrowserContext, "new_page", late_page)
    patch.setattr(Server, "start", late_start)
