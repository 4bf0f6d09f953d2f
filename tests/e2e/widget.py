"""The widget as those who use it see it; Playwright looks into its shadow by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from e2e.pages import Theme

Embed = Callable[..., "Widget"]

INK: dict[Theme, str] = {"light": "rgb(28, 32, 36)", "dark": "rgb(230, 232, 231)"}
"""The color of text."""


class Widget:
    """The widget on a page of a host."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("entrywise-chat")
        self.launcher = self.element.locator(".launcher")
        self.panel = self.element.get_by_role("dialog")
        self.question = self.element.get_by_role("textbox")
        self.status = self.element.get_by_role("status")
        self.failure = self.element.locator(".failure")

    def open(self) -> None:
        """Press the button."""
        self.launcher.click()
        expect(self.question).to_be_focused()

    def send(self, question: str) -> None:
        """Write a question and send it; nothing is waited for."""
        self.question.fill(question)
        self.question.press("Enter")

    def ask(self, question: str) -> Locator:
        """Send a question and wait for the whole of its answer; its turn."""
        number = self.turns.count() + 1
        self.send(question)
        return self.answered(number)

    @property
    def turns(self) -> Locator:
        """All questions with their answers."""
        return self.element.locator(".turn")

    def answered(self, number: int) -> Locator:
        """A turn, counted from 1, when its answer is complete: its status is known then."""
        turn = self.turns.nth(number - 1)
        expect(turn).to_have_class(re.compile("answered|partial|abstained"))
        return turn

    @property
    def theme(self) -> Theme:
        """What the panel is drawn in, by the color of its text."""
        ink = style(self.panel, "color")
        return next(theme for theme, color in INK.items() if color == ink)

    def expect_theme(self, theme: Theme) -> None:
        """Wait until the panel has a theme."""
        expect(self.panel).to_have_css("color", INK[theme])


def style(of: Locator, name: str) -> str:
    """A computed property of an element."""
    return str(of.evaluate("(element, name) => getComputedStyle(element)[name]", name))


def themed(theme: Theme) -> str:
    """The style of a page with a theme, as a checker of contrasts can see it."""
    return f":root {{ color-scheme: {theme} }} body {{ background: Canvas; color: CanvasText }}"
