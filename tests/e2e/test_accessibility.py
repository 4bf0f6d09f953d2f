"""No page breaks a rule of axe-core, in either theme."""

from __future__ import annotations

from typing import Literal

import pytest

from e2e.axe import violations
from e2e.browser import Visitor

PAGES = {
    "home": "/",
    "definition": "/?q=what+is+GQA%3F",
    "comparison": "/?q=difference+between+GQA+and+MLA",
    "model name": "/?q=Mistral-7B-Instruct-v0.2.Q4_K_M.gguf",
    "abstention": "/?q=what+is+DeBERTa",
    "entry": "/entry/gqa",
    "browse": "/browse",
    "api": "/docs",
}

pytestmark = pytest.mark.usefixtures("checker")

both_themes = pytest.mark.parametrize("theme", ["light", "dark"])


@both_themes
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_breaks_no_rule(visit: Visitor, path: str, theme: Literal["light", "dark"]) -> None:
    assert violations(visit(path, color_scheme=theme)) == []


@both_themes
def test_a_page_that_is_not_there_breaks_no_rule(
    visit: Visitor, theme: Literal["light", "dark"]
) -> None:
    visit.expect_fault("404 (Not Found)")
    assert violations(visit("/nowhere", color_scheme=theme)) == []
