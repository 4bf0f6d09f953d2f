"""How soon a page is seen, and can be used, by who has a slow phone and a slow network.

    PYTHONPATH=src:tests python benchmarks/paint.py [--runs 3] [--url URL] [PATH …]

Chromium opens each page with four times the processor time and a network of 1.6 Mbit/s on which
every request waits 150 ms: first with nothing kept, then again, as one who comes back. Printed are
medians, in ms from the start of the visit: `seen`, the largest paint
(https://web.dev/articles/lcp), and `used`, when all scripts of the page have run.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import nullcontext
from statistics import median
from typing import Any, NamedTuple

from e2e.browser import open_browser
from playwright.sync_api import Browser, Page
from serving import served

PATHS = ("/", "/?q=difference+between+GQA+and+MLA", "/?q=how+much+memory+does+the+KV+cache+need%3F")
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}

_TIMES = """() => new Promise(done => {
  new PerformanceObserver(list => done([
    list.getEntries().at(-1).startTime,
    performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    performance.getEntriesByType("resource").length + 1,
  ])).observe({ type: "largest-contentful-paint", buffered: true });
})"""


class Visit(NamedTuple):
    """One visit to a page: times in ms, and what was asked for."""

    seen: float
    used: float
    requests: float


def visits(browser: Browser, url: str) -> tuple[Visit, Visit]:
    """The first visit to a page, and the second."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    found = visit(page, url), visit(page, url)
    context.close()
    return found


def visit(page: Page, url: str) -> Visit:
    """A page, opened anew."""
    page.goto("about:blank")
    response = page.goto(url, wait_until="networkidle")
    if response is None or not response.ok:
        raise RuntimeError(f"{url} is not there")
    return Visit(*page.evaluate(_TIMES))


def medians(found: Sequence[Visit]) -> Visit:
    """That of each figure."""
    return Visit(*map(median, zip(*found, strict=True)))


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", nargs="*", default=PATHS, metavar="PATH")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--url", help="of a server that runs already")
    options = parser.parse_args()
    with nullcontext(None) if options.url else served() as own, open_browser() as browser:
        if own:
            own[0].ask_a_starting_server("what is GQA?")
        site = options.url or f"http://127.0.0.1:{own[0].port}"
        print("| page | seen, ms | used, ms | requests | again: seen | used |")
        print("|---|---|---|---|---|---|")
        for path in options.paths:
            pairs = [visits(browser, site + path) for _ in range(options.runs)]
            first, again = medians([one for one, _ in pairs]), medians([two for _, two in pairs])
            print(
                f"| `{path}` | {first.seen:.0f} | {first.used:.0f} | {first.requests:.0f} "
                f"| {again.seen:.0f} | {again.used:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
