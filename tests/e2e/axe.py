"""axe-core, the accessibility checker, on a page as it stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

# WCAG 2.2 AA with all that it builds on, and good practice. By default axe-core leaves 2.2 out.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What holds need not be told: that takes a fourth of the time.
_RUN = """tags => axe.run({runOnly: tags, resultTypes: ["violations"]})
  .then(run => run.violations)"""


def violations(page: Page) -> list[str]:
    """Every element that breaks a rule: the rule, the element, and what is to be mended.

    Seen from the end of the page: there the composer, which stays in sight, covers nothing.
    """
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.evaluate(_source())
    found = page.evaluate(_RUN, _TAGS)
    return [
        f"{rule['id']}: {node['html']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@cache
def _source() -> str:
    return SCRIPT.read_text("utf-8")
