"""Debian's Chromium, driven by Playwright: visits in which all that a page does is watched."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebError,
    sync_playwright,
)

from e2e.server import HOST, Server

# Built without windows it takes a third of the processor time for a visit.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")

# The machine may be slow and shared. This bounds how long a failure takes; no success waits for it.
PATIENCE_MS = 15_000

WINDOW = {"width": 1024, "height": 720}
"""Of most visits: too narrow for a pane beside an answer."""

_BLOCKED = "Service Worker registration blocked by Playwright"
"""What it logs itself, where a visit has none (`service_workers` of a context)."""

# Nothing but this machine can be reached, whatever a page or the browser itself asks for.
_ARGUMENTS = (
    "--no-sandbox",
    # Letters as the one with windows draws them.
    "--font-render-hinting=slight",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium without a window, closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


class Visitor:
    """Opens pages, each in a browser profile of its own, and notes what no page may do.

    That is: log an error or a warning, throw, open a dialog, or ask another host for anything.
    """

    def __init__(self, browser: Browser, site: Server) -> None:
        self._browser = browser
        self._site = site
        self._contexts: list[BrowserContext] = []
        self._faults: list[str] = []
        self._expected: list[str] = []

    def __call__(
        self,
        path: str = "/",
        *,
        site: Server | None = None,
        asks: tuple[Server, ...] = (),
        **options: Any,
    ) -> Page:
        """The page at a path of the site, which may ask other servers for something; `options` are
        those of a browser context."""
        home = (site or self._site).url
        hosts = {urlsplit(server.url).netloc for server in (site or self._site, *asks)}
        context = self._browser.new_context(
            base_url=home,
            **{"reduced_motion": "reduce", "service_workers": "block", "viewport": WINDOW}
            | options,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._logged)
        context.on("weberror", self._thrown)
        context.on("dialog", self._asked)
        context.on("request", lambda request: self._requested(request, hosts))
        self._contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def expect_fault(self, pattern: str) -> None:
        """Allow the faults in which a pattern is found; there must be one."""
        self._expected.append(pattern)

    def close(self) -> list[str]:
        """Leave all pages; what they did that was not expected, and what was but did not happen."""
        for context in self._contexts:
            context.close()
        unexpected = [
            fault
            for fault in self._faults
            if not any(re.search(pattern, fault) for pattern in self._expected)
        ]
        absent = [
            f"no fault has {pattern!r}"
            for pattern in self._expected
            if not any(re.search(pattern, fault) for fault in self._faults)
        ]
        return unexpected + absent

    def _logged(self, message: ConsoleMessage) -> None:
        if message.text == _BLOCKED:
            return
        if message.type in ("error", "warning"):
            self._faults.append(f"console: {message.text} ({message.location['url']})")

    def _thrown(self, error: WebError) -> None:
        self._faults.append(f"thrown: {error.error}")

    def _asked(self, dialog: Dialog) -> None:
        self._faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, request: Request, hosts: set[str]) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc not in hosts:
            self._faults.append(f"request to another host: {request.url}")
