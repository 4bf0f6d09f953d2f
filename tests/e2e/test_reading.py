"""The pages to read in: an entry, all entries, several side by side."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import Visitor
from e2e.chat import Chat, quotes
from e2e.server import Server
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.web.app import create_app


def shown(page: Page) -> list[str]:
    """The names of the entries that are listed."""
    return page.locator(".cards li:visible > a").all_inner_texts()


def test_an_entry_leads_to_what_it_names_and_to_what_names_it(visit: Visitor) -> None:
    page = visit("/entry/gqa")
    expect(page.get_by_role("heading", level=1)).to_have_text("GQA")
    paper = page.locator("#references ~ ul a[href='https://arxiv.org/abs/2305.13245']").first
    expect(paper).to_be_visible()
    for heading in ("Related", "Mentioned by"):
        section = page.get_by_role("region", name=heading)
        expect(section.get_by_role("link").first).to_be_visible()
    page.get_by_role("region", name="Related").get_by_role("link", name="MQA").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("MQA")
    neighbours = page.locator(".aside > section > .chips")
    expect(neighbours.get_by_role("link", name="GQA")).to_have_count(1)
    # What to compare with are the same names once more.
    compared = page.get_by_role("region", name="Compare with")
    expect(compared.get_by_role("link", name="GQA")).to_be_hidden()
    compared.get_by_text("Compare with").click()
    compared.get_by_role("link", name="GQA").click()
    expect(page).to_have_title(re.compile("MQA and GQA"))


def test_an_entry_is_asked_about(visit: Visitor) -> None:
    page = visit("/entry/gqa")
    page.get_by_role("navigation", name="Ask about GQA").get_by_role("link").first.click()
    assert "Grouped Query Attention" in quotes(Chat(page).answered(1))[0]


def test_the_formulas_of_an_entry_are_typeset(visit: Visitor) -> None:
    page = visit("/entry/yarn")
    expect(page.locator(".formula .katex").first).to_be_visible()


def test_browse_follows_the_filter_and_its_address_keeps_it(visit: Visitor) -> None:
    page = visit("/browse")
    everything = len(shown(page))
    page.locator("#filter").press_sequentially("latent att")
    expect(page.locator("main").get_by_role("status")).to_have_text(
        f"1 of {everything} entries by name or summary"
    )
    assert shown(page) == ["MLA"]
    page.reload()
    assert shown(page) == ["MLA"]
    page.locator("#filter").fill("Latént ätt")
    assert shown(page) == ["MLA"]
    page.locator("#filter").fill("")
    expect(page.locator("main").get_by_role("status")).to_have_text("")
    assert len(shown(page)) == everything


def test_browse_says_what_is_meant_and_keeps_the_filter_in_the_other_order(visit: Visitor) -> None:
    page = visit("/browse")
    page.get_by_role("searchbox").fill("qunatization")
    meant = page.locator("#meant")
    expect(meant).to_have_text("Did you mean quantization?")
    meant.get_by_role("link").click()
    expect(page.locator(".cards li:visible").first).to_be_visible()
    page.locator(".views").get_by_role("link", name="A–Z").click()
    expect(page.get_by_role("searchbox")).to_have_value("quantization")
    expect(page.locator(".shelves h2:visible").first).to_contain_text(re.compile("^[0-9A–]"))


@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_opened_at_its_place_has_its_heading_in_sight(visit: Visitor, width: int) -> None:
    place = "/entry/gqa?section=explanation&start=0&end=60#quote"
    page = visit(place, viewport={"width": width, "height": 500})
    expect(page.locator("mark#quote")).to_be_in_viewport(ratio=1)
    heading = page.get_by_role("heading", name="Explanation", exact=True)
    expect(heading).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY > 0")


def test_browse_offers_to_ask_for_what_no_entry_is_called(visit: Visitor) -> None:
    page = visit("/browse")
    page.locator("#filter").fill("why do models make things up")
    page.get_by_role("link", name="Ask: why do models make things up").click()
    assert "allucinat" in " ".join(quotes(Chat(page).answered(1)))


def test_two_entries_are_compared_and_then_set_side_by_side(visit: Visitor) -> None:
    page = visit("/compare?a=gqa&b=mla")
    differs = page.get_by_role("region", name="What differs")
    expect(differs.get_by_role("rowheader", name="What it is")).to_be_visible()
    table = page.get_by_role("region", name="Side by side").get_by_role("table")
    expect(table.get_by_role("columnheader", name="GQA")).to_be_visible()
    expect(table.get_by_role("columnheader", name="MLA")).to_be_visible()
    differs.locator("a.mark").first.click()
    expect(page.locator(".card mark")).to_be_visible()


def test_entries_are_chosen_by_name_and_a_third_is_added(visit: Visitor) -> None:
    page = visit("/compare")
    page.get_by_label("Entry 1").press_sequentially("grouped")
    page.get_by_role("option", name="GQA").first.click()
    expect(page.get_by_label("Entry 1")).to_have_value("GQA")
    expect(page.get_by_label("Entry 3")).to_be_hidden()
    page.get_by_label("Entry 2").fill("mla")
    page.get_by_label("Entry 3").fill("multi query attention")
    page.keyboard.press("Enter")
    heads = page.get_by_role("region", name="Side by side").get_by_role("columnheader")
    expect(heads.filter(has=page.get_by_role("link"))).to_have_count(3)


def test_a_name_that_no_entry_has_is_said_and_the_nearest_named(visit: Visitor) -> None:
    box = visit("/compare?a=gqa&b=gropued+query").get_by_label("Entry 2")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(re.compile(r"no entry of this name\..*GQA"))


def test_the_filter_counts_pages_of_folders_in_folders_once(
    visit: Visitor, servers: ExitStack, tmp_path: Path
) -> None:
    for name in ("bread/rye", "bread/sour-dough/loaf", "soups/lentil"):
        file = tmp_path / "docs" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {file.stem.title()}\n\nIt takes time.\n")
    build_index(read_knowledge_base(tmp_path / "docs"), tmp_path / "index")
    assistant = servers.enter_context(Assistant(Index(tmp_path / "index")))
    page = visit("/browse", site=servers.enter_context(Server(create_app(assistant))))
    page.locator("#filter").fill("loaf")
    expect(page.locator("main").get_by_role("status")).to_contain_text("1 of 3")
    assert shown(page) == ["Loaf"]
    expect(page.locator(".counted li:visible .count")).to_have_text(["1", "1"])
    page.locator("#filter").fill("time")
    expect(page.locator("main").get_by_role("status")).to_contain_text("3 of 3")
    expect(page.locator(".counted li:visible .count")).to_have_text(["2", "1", "1"])
