"""What a visit costs in bytes."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Page, Response, expect

from e2e.browser import Visitor
from e2e.chat import Chat

MOST_BYTES = 150_000


def watched(page: Page) -> list[Response]:
    """The responses that a page gets from now on."""
    got: list[Response] = []
    page.on("response", lambda response: got.append(response))
    return got


def weight(responses: Iterable[Response]) -> int:
    """What was transferred: heads, and bodies as they were compressed."""
    sizes = [response.request.sizes() for response in responses]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


def test_the_chat_is_light_with_its_first_answer(visit: Visitor) -> None:
    page = visit("about:blank")
    responses = watched(page)
    page.goto("/")
    Chat(page).ask("difference between GQA and MLA")
    page.wait_for_load_state("networkidle")
    fonts = [one for one in responses if "/katex/fonts/" in one.url]
    assert weight(responses) - weight(fonts) < MOST_BYTES


def test_the_next_page_takes_nothing_again_that_it_has(visit: Visitor) -> None:
    page = visit("/browse")
    responses = watched(page)
    page.goto("/entry/gqa")
    expect(page.get_by_role("heading", level=1)).to_have_text("GQA")
    page.wait_for_load_state("networkidle")
    styles = [one for one in responses if one.url.endswith((".css", ".woff2"))]
    assert {one.status for one in styles} == {304}
