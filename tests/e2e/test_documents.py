"""Documents are shown rendered: in an answer, on a card, on their page, in the widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from museum import museum_knowledge_base
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.host import Host
from e2e.pages import THEMES, Theme
from e2e.server import Server
from e2e.widget import Embed
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app

TOUR = "how do I book a guided tour of the museum?"
ZORBITAL = "what is a zorbital"


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Server]:
    """The documents on a museum, served; pages of the host may ask."""
    folder = tmp_path_factory.mktemp("museum")
    build_index(museum_knowledge_base(), folder)
    settings = replace(load_settings(), cors_origins=host.url)
    assistant = Assistant(Index(folder), threshold=0.0)
    with assistant, Server(create_app(assistant, settings=settings)) as server:
        yield server


def test_an_answer_has_lists_and_code_and_its_card_marks_a_quote_in_its_section(
    visit: Visitor, museum: Server, handbook: Server
) -> None:
    chat = Chat(visit("/", site=museum))
    turn = chat.ask(TOUR)
    expect(turn.locator(".part .document ol > li").first).to_contain_text("Choose a day")
    expect(turn.locator(".part .document pre").first).to_have_text("$ tour --book <day>")
    turn.locator("a.mark").first.click()
    expect(chat.page.locator(".card")).to_contain_text("Booking a guided tour")
    # Nothing stands around it.
    expect(chat.page.locator(".card .document.entire")).to_be_in_viewport()
    path = "/?q=where+do+we+gather+if+the+building+is+on+fire"
    page = visit(path, site=handbook)
    Chat(page).answered(1).locator("a.mark").first.click()
    expect(page.locator(".card .quoted").first).to_be_in_viewport()


def test_a_link_to_another_page_has_a_preview_of_it(visit: Visitor, museum: Server) -> None:
    page = visit("/entry/visit", site=museum)
    preview = page.locator("#preview")
    link = page.locator('.document a[href^="/entry/rooms"]').first
    link.hover()
    expect(preview).to_be_visible()
    expect(preview.locator(".name")).to_have_text("Rooms")
    page.mouse.move(0, 0)
    expect(preview).to_be_hidden()
    # One to the page itself has none.
    link.evaluate("one => one.setAttribute('href', location.pathname + '#section-tickets')")
    page.locator('.document a[href$="#section-tickets"]').hover()
    page.wait_for_timeout(400)
    expect(preview).to_be_hidden()


@pytest.mark.parametrize(
    ("question", "answering", "beside", "larger"),
    [
        ("kid has a fever, can I stay home and still get paid", "p.quoted", "p:first-child", 1.2),
        ("hotel budget london", "tr.quoted td", "tr:first-child td", 1),
    ],
    ids=["prose", "a row"],
)
def test_prose_that_answers_by_itself_is_larger_where_it_stands(
    visit: Visitor, handbook: Server, question: str, answering: str, beside: str, larger: float
) -> None:
    page = visit(f"/?q={question}", site=handbook)
    expect(page.locator("#t1-source-1.answers")).to_have_count(1)
    quote = page.locator(".part .document").first
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    sizes = [quote.locator(one).first.evaluate(size) for one in (answering, beside)]
    assert sizes[0] == pytest.approx(larger * sizes[1])


def copied(page: Page) -> str:
    """What the button of the first code copies."""
    page.locator(".document .code").first.get_by_role("button", name="Copy").click()
    expect(page.locator("#said")).to_have_text("Copied")
    said: str = page.evaluate("navigator.clipboard.readText()")
    return said


@pytest.mark.parametrize("path", ["/entry/visit", f"/?q={TOUR}"])
def test_code_is_copied_as_it_is_typed(visit: Visitor, museum: Server, path: str) -> None:
    page = visit(path, site=museum)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert copied(page) == "tour --book <day>"


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("x = 1\n$ y\n", "x = 1\n$ y\n"),
        ("$ ship load\nLoaded 2.\n\n$ ship sail", "ship load\nship sail"),
        ("$ ship load \\\n    --all\nLoaded 9.", "ship load \\\n    --all"),
        (">>> for a in b:\n...     a\n...\n3", "for a in b:\n    a\n"),
        ("PS C:\\docks> ship load\nPS> ship sail", "ship load\nship sail"),
        ("$PATH is set", "$PATH is set"),
    ],
    ids=["no prompt", "output", "goes on", "python", "powershell", "a variable"],
)
def test_of_a_transcript_the_commands_are_copied(
    visit: Visitor, museum: Server, shown: str, typed: str
) -> None:
    page = visit("/entry/visit", site=museum)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator(".document .code pre").first
    block.evaluate("(pre, text) => { pre.textContent = text; }", shown)
    assert copied(page) == typed


def test_the_button_that_copies_stands_in_the_corner_of_its_block(
    visit: Visitor, museum: Server
) -> None:
    page = visit(f"/?q={TOUR}", site=museum)
    block = page.locator(".part .document .code").first
    frame = block.bounding_box()
    button = block.get_by_role("button", name="Copy").bounding_box()
    assert frame
    assert button
    assert frame["x"] + frame["width"] - (button["x"] + button["width"]) < 10


def test_a_quote_is_marked_on_the_page_of_its_document(visit: Visitor, museum: Server) -> None:
    chat = Chat(visit("/", site=museum))
    turn = chat.ask(TOUR)
    turn.locator("a.mark").first.click()
    chat.page.locator(".card").get_by_role("link", name="Open the page").click()
    expect(chat.page.locator("#quote")).to_be_in_viewport()
    chat.page.locator(".contents").get_by_role("link", name="The kiosk").click()
    expect(chat.page.get_by_role("heading", name="The kiosk")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1440, 390])
def test_what_a_page_contains_stays_in_sight_beside_it(
    visit: Visitor, museum: Server, width: int
) -> None:
    page = visit("/entry/visit", site=museum, viewport={"width": width, "height": 500})
    contents, reading = page.locator(".contents"), page.locator(".reading")
    is_beside = width == 1440
    frame, text = contents.bounding_box(), reading.bounding_box()
    assert frame
    assert text
    assert (frame["x"] > text["x"] + text["width"]) is is_beside
    first = contents.get_by_role("link").first
    expect(first).to_be_visible() if is_beside else expect(first).to_be_hidden()
    read = contents.locator("[aria-current]")
    expect(read).to_have_count(int(is_beside))
    page.get_by_role("heading", name="The kiosk").evaluate("one => one.scrollIntoView()")
    expect(contents).to_be_in_viewport() if is_beside else expect(contents).not_to_be_in_viewport()
    expect(read).to_have_text(["The kiosk"] if is_beside else [])


@pytest.mark.parametrize("width", [1440, 390])
def test_without_a_script_what_a_page_contains_is_in_sight_beside_it(
    visit: Visitor, museum: Server, width: int
) -> None:
    options = {"viewport": {"width": width, "height": 500}, "java_script_enabled": False}
    contents = visit("/entry/visit", site=museum, **options).locator(".contents")
    kiosk = contents.get_by_role("link", name="The kiosk")
    if width == 390:
        expect(kiosk).to_be_hidden()
        contents.locator("summary").click()
    expect(kiosk).to_be_visible()


def test_where_a_link_led_is_read_though_the_page_ends_there(
    visit: Visitor, museum: Server
) -> None:
    page = visit("/entry/visit", site=museum, viewport={"width": 1440, "height": 900})
    links, read = page.locator(".contents a"), page.locator(".contents [aria-current]")
    before = links.nth(-2).inner_text()
    links.nth(-2).click()
    page.wait_for_function(
        "() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1"
    )
    expect(read).to_have_text(before)
    at = page.evaluate("scrollY")
    page.mouse.wheel(0, -100)
    page.wait_for_function("at => scrollY < at", arg=at)
    page.mouse.wheel(0, 500)
    expect(read).to_have_text(links.last.inner_text())


@pytest.mark.parametrize(("columns", "scrolls"), [(2, False), (3, True)])
def test_two_columns_of_sentences_fit_on_a_phone(
    visit: Visitor, museum: Server, columns: int, scrolls: bool
) -> None:
    page = visit("/entry/visit", site=museum, viewport={"width": 390, "height": 844})
    row = "<td class='long'>The museum is open on weekdays, and longer on Fridays.</td>" * columns
    table = f"<div class='scroll'><table><tr>{row}</tr></table></div>"
    document = page.locator(".document").first
    document.evaluate("(one, table) => one.insertAdjacentHTML('beforeend', table)", table)
    wide = document.locator(".scroll").last.evaluate("one => one.scrollWidth > one.clientWidth")
    assert wide is scrolls


def test_a_table_fades_where_it_goes_on_until_its_end_is_reached(visit: Visitor) -> None:
    page = visit("/compare?a=gqa&b=mla&c=mqa", viewport={"width": 390, "height": 800})
    table = page.locator(".scroll").first
    fades = (
        "([one, fades]) => (getComputedStyle(one).getPropertyValue('--faded') !== '0px') === fades"
    )
    page.wait_for_function(fades, arg=[table.element_handle(), True])
    table.evaluate("one => one.scrollTo(10_000, 0)")
    page.wait_for_function(fades, arg=[table.element_handle(), False])
    page.set_viewport_size({"width": 1440, "height": 800})
    page.wait_for_function(fades, arg=[table.element_handle(), False])


def test_a_link_in_a_text_makes_no_line_higher_for_a_finger(visit: Visitor, museum: Server) -> None:
    page = visit("/entry/visit", site=museum, has_touch=True)
    link = page.locator(".document :is(p, li) a").first
    expect(link).to_have_css("display", "inline")
    summary = page.locator(".contents summary")
    assert summary.evaluate("one => one.clientHeight") >= 44
    expect(summary).to_have_css("align-content", "center")


def test_bold_words_have_letters_of_their_own(visit: Visitor, museum: Server) -> None:
    page = visit("/entry/visit", site=museum)
    assert page.locator(".document strong").count()
    taken = "() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight).sort()"
    page.wait_for_load_state("networkidle")
    assert page.evaluate(taken) == ["400", "600"]
    page.goto("/browse")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(taken) == ["400"]


@pytest.mark.parametrize(
    "path", ["/entry/hostile", f"/?q={ZORBITAL}", "/compare?a=hostile&b=visit"]
)
def test_what_a_document_holds_runs_nothing(visit: Visitor, museum: Server, path: str) -> None:
    page = visit(path, site=museum)
    expect(page.locator(".document :is(img, script, svg, iframe, style)")).to_have_count(0)
    expect(page.locator(".document").first).to_be_attached()


def test_the_widget_tells_the_headings_to_ask_for_from_their_pages(
    embed: Embed, museum: Server
) -> None:
    widget = embed(museum)
    widget.open()
    starters = widget.element.locator(".lead button")
    expect(starters.first).to_have_text("Booking a guided tour Visiting the museum")
    expect(starters.first.locator("small")).to_have_text("Visiting the museum")
    starters.first.click()
    heading = widget.answered(1).get_by_role("heading", level=3)
    expect(heading).to_have_text("Visiting the museum: Booking a guided tour")
    offered = widget.ask("when is the museum open?").locator(".suggestions button")
    expect(offered.last).to_have_text("The kiosk Visiting the museum")


def test_the_widget_shows_code_in_its_own_lines(embed: Embed, museum: Server) -> None:
    widget = embed(museum, context={"permissions": ["clipboard-read", "clipboard-write"]})
    widget.open()
    turn = widget.ask(TOUR)
    code = turn.locator(".code").first
    expect(code.locator("pre")).to_have_text("$ tour --book <day>")
    code.get_by_role("button", name="Copy").click()
    expect(code.get_by_role("status")).to_have_text("Copied")
    assert widget.page.evaluate("navigator.clipboard.readText()") == "tour --book <day>"
    expect(turn.locator(".document")).not_to_contain_text("```")
    expect(turn.get_by_role("link", name="Booking a guided tour").first).to_be_visible()


def test_the_widget_shows_a_table_of_a_document_as_one(embed: Embed, museum: Server) -> None:
    widget = embed(museum, context={"permissions": ["clipboard-read", "clipboard-write"]})
    widget.open()
    turn = widget.ask("what does a ticket cost for a child?")
    table = turn.get_by_role("table")
    assert table.get_by_role("row").all_inner_texts() == [
        "Visitor\tPrice",
        "Adult\t12 EUR",
        "Child\t4 EUR\u00a01",
    ]
    assert table.get_by_role("columnheader").all_inner_texts() == ["Visitor", "Price"]
    expect(turn.locator(".code")).to_have_count(0)
    turn.get_by_role("button", name="Copy").first.click()
    expect(turn.get_by_text("Copied")).to_be_attached()
    copied = widget.page.evaluate("navigator.clipboard.readText()")
    assert "Adult: Price: 12 EUR\nChild: Price: 4 EUR [1]" in copied


@pytest.mark.parametrize("is_touch", [False, True])
def test_in_the_widget_the_button_of_a_line_of_code_stands_within_its_block(
    embed: Embed, museum: Server, is_touch: bool
) -> None:
    widget = embed(museum, context={"has_touch": is_touch, "is_mobile": is_touch})
    widget.open()
    code = widget.ask(TOUR).locator(".code").first
    block, button = (code.locator(one).bounding_box() for one in ("pre", "button"))
    assert block
    assert button
    assert block["y"] <= button["y"]
    assert button["y"] + button["height"] <= block["y"] + block["height"]


def test_in_the_widget_lists_hang_from_their_signs_and_headings_are_parted_as_on_pages(
    embed: Embed, museum: Server
) -> None:
    widget = embed(museum)
    widget.open()
    turn = widget.ask(TOUR)
    item = turn.locator(".document .item").first
    expect(item).to_contain_text("1. Choose a day")
    assert item.evaluate("one => parseFloat(getComputedStyle(one).textIndent)") < 0
    expect(turn.get_by_role("heading", level=4).first).to_have_text(
        "Visiting the museum\u00a0› Tickets\u00a0› Booking a guided tour"
    )
    expect(turn.locator(".document .mark").first).to_be_visible()


@pytest.mark.usefixtures("checker")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/entry/visit", f"/?q={TOUR}", "/compare?a=rooms/index&b=visit"])
def test_a_page_breaks_no_rule(
    visit: Visitor, museum: Server, path: str, width: int, theme: Theme
) -> None:
    size = {"width": width, "height": 844}
    page = visit(path, site=museum, viewport=size, color_scheme=theme)
    assert violations(page) == []


def test_a_command_of_the_api_is_copied_as_it_stands(visit: Visitor, museum: Server) -> None:
    page = visit("/docs", site=museum, permissions=["clipboard-read", "clipboard-write"])
    block = page.locator(".code").first
    block.get_by_role("button", name="Copy").click()
    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == block.locator("pre").inner_text()


def test_a_page_is_copied_as_markdown(visit: Visitor, museum: Server) -> None:
    page = visit("/entry/visit", site=museum, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator("#said")).to_have_text("Copied as Markdown")
    copied_page = page.evaluate("navigator.clipboard.readText()")
    assert copied_page == page.request.get("/entry/visit.md").text()
