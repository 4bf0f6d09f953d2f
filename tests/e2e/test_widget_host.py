"""The widget and the page around it: its scripts, its focus, the ways of placing it."""

from __future__ import annotations

import re

from paths import ROOT
from playwright.sync_api import expect

from e2e.browser import Visitor
from e2e.host import Host
from e2e.server import Server
from e2e.widget import Embed, Widget

DOCUMENT = ROOT / "docs" / "widget.md"

LISTEN = """() => {
  window.heard = []
  for (const name of ['open', 'close', 'ask', 'answer', 'error']) {
    document.addEventListener(`entrywise:${name}`, ({target, detail}) => {
      heard.push([name, target.localName, detail.question ?? detail.answer?.status ?? null])
    })
  }
}"""


def test_the_focus_goes_back_to_what_opened_the_panel(embed: Embed) -> None:
    widget = embed()
    widget.page.locator("main a").focus()
    widget.element.evaluate("element => element.open()")
    expect(widget.question).to_be_focused()
    widget.element.get_by_role("button", name="Close").click()
    expect(widget.page.locator("main a")).to_be_focused()


def test_the_page_hears_what_happens_and_can_ask(embed: Embed) -> None:
    widget = embed()
    widget.page.evaluate(LISTEN)
    answer = widget.element.evaluate("element => element.ask('what is GQA?')")
    assert answer["citations"][0]["entry"] == "gqa"
    expect(widget.answered(1).locator("q").first).to_be_visible()
    widget.element.evaluate("element => element.close()")
    assert widget.page.evaluate("window.heard") == [
        ["open", "entrywise-chat", None],
        ["ask", "entrywise-chat", "what is GQA?"],
        ["answer", "entrywise-chat", "answered"],
        ["close", "entrywise-chat", None],
    ]


def test_what_is_typed_is_no_shortcut_of_the_page(embed: Embed) -> None:
    widget = embed()
    widget.page.evaluate(
        "document.addEventListener('keydown', ({key}) => (window.keys ??= []).push(key))"
    )
    widget.open()
    widget.page.keyboard.type("s/")
    expect(widget.question).to_have_value("s/")
    assert widget.page.evaluate("window.keys") is None


def test_a_new_question_stops_the_one_before(visit: Visitor, host: Host, allowing: Server) -> None:
    widget = Widget(visit(host.embed(allowing), site=host, asks=(allowing,)))
    first, second = widget.element.evaluate(
        "element => Promise.all([element.ask('what is GQA?'), element.ask('what is MLA?')])"
    )
    assert first is None
    assert second["subjects"]["known"] == ["mla"]
    expect(widget.turns.first.locator(".failure p")).to_have_text("Stopped.")


def test_a_panel_that_is_open_at_first_leaves_the_focus_where_it_is(embed: Embed) -> None:
    widget = embed(open="")
    expect(widget.panel).to_be_visible()
    assert widget.page.evaluate("document.activeElement.localName") == "body"
    widget.launcher.click()
    expect(widget.panel).to_be_hidden()


def test_a_page_with_an_element_of_its_own_gets_no_other(
    visit: Visitor, host: Host, allowing: Server
) -> None:
    script = f'<script src="{allowing.url}/widget.js"></script>'
    element = f'<entrywise-chat server="{allowing.url}/" data-title="Own"></entrywise-chat>'
    path = host.put(script + script + element, allowing)
    widget = Widget(visit(path, site=host, asks=(allowing,)))
    expect(widget.element).to_have_count(1)
    expect(widget.launcher).to_have_text("Own")
    widget.element.evaluate("element => (element.dataset.title = 'Renamed')")
    expect(widget.launcher).to_have_text("Renamed")
    widget.open()
    expect(widget.ask("what is GQA?").locator("q").first).to_be_visible()


def test_the_example_of_the_documents_works_as_it_stands(
    visit: Visitor, host: Host, allowing: Server
) -> None:
    example = re.findall(r"```html\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[0]
    path = host.put(example.replace("https://ask.example.org", allowing.url), allowing)
    widget = Widget(visit(path, site=host, asks=(allowing,)))
    widget.open()
    expect(widget.ask("what is GQA?").locator("q").first).to_contain_text("Grouped Query")
