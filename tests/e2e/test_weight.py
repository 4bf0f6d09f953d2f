"""What a visit costs in bytes."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

import pytest
from markup import Page
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Response, expect

from e2e.browser import Visitor
from e2e.chat import Chat

MOST_BYTES = 150_000

_TAKEN = """() => Object.fromEntries(performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/static/"))
  .map(({ name, transferSize }) => [name, transferSize]))"""
"""What the page took of the static files: addresses, and the bytes that came over the network."""


def watched(page: BrowserPage) -> list[Response]:
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
    page.wait_for_load_state("networkidle")
    had = set(page.evaluate(_TAKEN))
    page.goto("/entry/gqa")
    expect(page.get_by_role("heading", level=1)).to_have_text("GQA")
    page.wait_for_load_state("networkidle")
    taken = page.evaluate(_TAKEN)
    assert len(had & taken.keys()) > 5
    assert {address for address in had & taken.keys() if taken[address]} == set()


@pytest.mark.parametrize("path", ["/", "/?q=what+is+GQA%3F", "/browse", "/compare?a=gqa&b=mla"])
def test_a_page_names_all_that_it_takes(visit: Visitor, path: str) -> None:
    page = visit(path)
    page.wait_for_load_state("networkidle")
    named = {urljoin(page.url, one) for one in Page(page.request.get(path).text()).addresses}
    taken = page.evaluate(_TAKEN)
    assert len(taken) > 5
    assert {one for one in taken.keys() - named if "/katex/fonts/" not in one} == set()
