"""From 1,100 px on, sources have a pane beside the answer, which follows the mark in focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from e2e.browser import Visitor
from e2e.chat import Chat, quotes
from e2e.server import Server

COMPARISON = "/?q=difference+between+GQA+and+MLA"


@pytest.fixture
def page(visit: Visitor) -> Page:
    """A comparison on a desk."""
    page = visit(COMPARISON, viewport={"width": 1440, "height": 900})
    Chat(page).answered(1)
    return page


def opened(page: Page) -> Locator:
    return page.locator("#t1 .sources details[open]")


def test_it_stands_beside_the_answer_and_begins_with_its_first_source(page: Page) -> None:
    answer, pane = (page.locator(f"#t1 .{one}").bounding_box() for one in ("parts", "sources"))
    assert answer is not None
    assert pane is not None
    assert pane["x"] > answer["x"] + answer["width"]
    assert pane["y"] == answer["y"]
    expect(opened(page)).to_have_count(1)
    expect(opened(page).locator("mark")).to_have_text(quotes(page.locator("#t1"))[0])


def test_it_begins_with_what_answers_by_itself(page: Page) -> None:
    def answering(route: Route) -> None:
        response = route.fetch()
        source = 'id="t1-source-2"'
        body = response.text().replace(source, f'{source} class="answers"')
        route.fulfill(response=response, body=body)

    page.route("**/?q=*", answering)
    page.reload()
    expect(opened(page).locator("mark")).to_have_text(quotes(page.locator("#t1"))[1])


def test_it_stays_where_it_is_while_its_source_is_in_sight(page: Page) -> None:
    pane = page.locator("#t1 .sources")
    expect(opened(page)).to_have_count(1)
    assert pane.evaluate("pane => pane.scrollTop") == 0
    page.locator("#t1 a.mark").last.focus()
    source, seen = (one.bounding_box() for one in (opened(page), pane))
    assert source is not None
    assert seen is not None
    assert seen["y"] <= source["y"] + 1
    assert source["y"] + source["height"] <= seen["y"] + seen["height"] + 1


def test_it_begins_at_its_top_though_its_first_source_is_longer(
    visit: Visitor, handbook: Server
) -> None:
    path = "/?q=where+do+we+gather+if+the+building+is+on+fire"
    page = visit(path, site=handbook, viewport={"width": 1440, "height": 400})
    pane = Chat(page).answered(1).locator(".sources")
    source = opened(page).bounding_box()
    seen = pane.bounding_box()
    assert source
    assert seen
    assert source["y"] + source["height"] > seen["y"] + seen["height"], "the test needs a long one"
    assert pane.evaluate("pane => pane.scrollTop") == 0
    page.locator("#t1 a.mark").first.focus()
    assert pane.evaluate("pane => pane.scrollTop") == 0


def test_a_source_below_comes_in_sight_with_the_name_of_its_page(page: Page) -> None:
    pane = page.locator("#t1 .sources")
    page.set_viewport_size({"width": 1440, "height": 500})
    name = pane.locator("p.entry").last
    source = name.locator("xpath=following-sibling::ol[1]/li[1]")
    expect(name).not_to_be_in_viewport()
    page.locator(f'#t1 .parts a.mark[href="#{source.get_attribute("id")}"]').focus()
    expect(name).to_be_in_viewport()
    expect(opened(page).locator("mark")).to_be_in_viewport()


def test_one_of_several_quotes_of_a_section_is_marked_among_the_others(visit: Visitor) -> None:
    whole = visit("/?q=what+is+GQA%3F", viewport={"width": 1440, "height": 900})
    expect(opened(whole)).to_contain_text("Explanation")
    expect(opened(whole).locator("mark")).to_have_count(1)
    said = opened(whole).locator("blockquote").inner_text()
    assert len(said) > len(opened(whole).locator("mark").inner_text())
    opened(whole).get_by_role("link", name="Open the page").click()
    expect(whole.locator("mark#quote")).to_be_in_viewport()


def test_a_section_is_named_once_above_the_quotes_of_it(page: Page) -> None:
    pane = page.locator("#t1 .sources")
    expect(pane.locator("p.section")).to_have_text(["Explanation", "Explanation"])
    (quote, *_) = quotes(page.locator("#t1"))
    expect(pane.locator(".said").first).to_contain_text(quote[:80])
    named = pane.locator("summary .section").all_inner_texts()
    assert "Explanation" not in named
    assert "In one line" in named


def test_it_follows_the_mark_in_focus(page: Page) -> None:
    mark = page.locator("#t1 a.mark").nth(3)
    mark.focus()
    expect(opened(page)).to_have_count(1)
    expect(opened(page).locator("summary .number")).to_have_text(mark.inner_text())
    expect(opened(page).locator("mark")).to_be_in_viewport()
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "true")


def test_a_mark_leads_into_it_and_escape_back(page: Page) -> None:
    mark = page.locator("#t1 a.mark").nth(2)
    mark.press("Enter")
    expect(opened(page).locator("summary")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_a_source_says_when_it_was_checked_and_what_paper_it_rests_on(page: Page) -> None:
    pane = page.locator("#t1 .sources")
    expect(pane.locator(".facts").first).to_contain_text("checked on")
    expect(pane.locator(".facts a").first).to_have_attribute(
        "href", r"https://arxiv.org/abs/2405.04434"
    )
    opened(page).get_by_role("link", name="Open the page").click()
    expect(page.locator("mark#quote")).to_be_in_viewport()


def test_the_pane_of_a_streamed_answer_begins_with_its_first_source(page: Page) -> None:
    second = Chat(page).ask("what is RoPE?")
    expect(second.locator(".sources details[open]")).to_have_count(1)


def test_below_that_width_a_mark_opens_its_card(visit: Visitor) -> None:
    page = visit(COMPARISON, viewport={"width": 1099, "height": 900})
    expect(opened(page)).to_have_count(0)
    page.locator("#t1 a.mark").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
