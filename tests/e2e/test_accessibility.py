"""No page breaks a rule of axe-core, in either theme."""

from __future__ import annotations

import pytest

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.pages import PAGES, THEMES, Theme

pytestmark = pytest.mark.usefixtures("checker")

both_themes = pytest.mark.parametrize("theme", THEMES)


@both_themes
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_breaks_no_rule(visit: Visitor, path: str, theme: Theme) -> None:
    assert violations(visit(path, color_scheme=theme)) == []


@both_themes
def test_a_page_that_is_not_there_breaks_no_rule(visit: Visitor, theme: Theme) -> None:
    visit.expect_fault("404")
    assert violations(visit("/nowhere", color_scheme=theme)) == []
