"""The chat as those who use it see it: where things are on the page, in one place."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

NOTHING = "\u200b"
"""What a page takes for a question, and the server for none: a space without width."""


class Chat:
    """A page with a conversation."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self._scripts = scripts

    @property
    def question(self) -> Locator:
        """The box that a question is written in."""
        return self.page.locator("#question")

    def send(self, question: str) -> None:
        """Write a question and send it; nothing is waited for."""
        self.question.fill(question)
        if self._scripts:
            self.question.press("Enter")
        else:
            self.page.get_by_role("button", name="Ask", exact=True).click()

    def ask(self, question: str) -> Locator:
        """Send a question and wait for the whole of its answer; its turn."""
        turns = self.page.locator("article.turn").count()
        self.send(question)
        return self.answered(turns + 1)

    def turn(self, number: int) -> Locator:
        """A question with its answer, counted from 1."""
        return self.page.locator(f"#t{number}")

    def answered(self, number: int) -> Locator:
        """A turn, when its answer is complete: what one can do with it comes last, without scripts
        its address alone."""
        offered = self.turn(number).locator(":is(.actions, .permalink):visible")
        expect(offered.first).to_be_visible()
        return self.turn(number)

    def button(self, action: str, turn: int | None = None) -> Locator:
        """A button of the page, or of one turn."""
        within = self.page if turn is None else self.turn(turn)
        return within.locator(f'button[data-action="{action}"]')


def quotes(turn: Locator) -> list[str]:
    """The quotes of an answer, in their order, those that are folded up too; formulas that are
    typeset read twice in them."""
    unfold(turn)
    # The sentence that answers is a paragraph by itself.
    return [text.replace("\n", " ") for text in turn.locator(".parts q").all_inner_texts()]


def unfold(turn: Locator) -> None:
    """Open the technical notes of an answer."""
    turn.locator(".notes").evaluate_all("all => all.forEach(one => (one.open = true))")


def tab_to(page: Page, target: Locator, *, most: int = 80) -> None:
    """Press Tab until the target has the focus, as someone without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === element.getRootNode().activeElement"):
            return
    raise AssertionError(f"{target} is not among the next {most} places that Tab leads to")
