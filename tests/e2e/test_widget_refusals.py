"""Where no answer comes, the widget says why in one line, and asks again when it is told to."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from email.utils import formatdate
from time import time

import pytest
from playwright.sync_api import expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import NOTHING
from e2e.host import Host, Refusing
from e2e.pages import THEMES, Theme
from e2e.server import Server
from e2e.widget import Embed, Widget, themed
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app

NOT_HERE = "Questions cannot be asked from this page."


def test_readers_of_a_page_that_is_not_listed_are_told_so_and_its_console_which_setting_lists_it(
    visit: Visitor, embed: Embed, host: Host, site: Server
) -> None:
    visit.expect_fault("blocked by CORS policy")
    visit.expect_fault("net::ERR_FAILED")
    visit.expect_fault(
        "Entrywise: The server takes no questions from this page: its setting cors_origins "
        f"does not list {host.url}"
    )
    widget = embed(site)
    widget.open()
    widget.send("what is GQA?")
    expect(widget.failure.locator("p")).to_have_text(NOT_HERE)
    expect(widget.turns.locator("q")).to_have_count(0)


@pytest.mark.parametrize(
    ("refusing", "line"),
    [
        (
            Refusing(429, headers={"Retry-After": "30"}),
            "Too many questions at once. Try again in 30 seconds.",
        ),
        (Refusing(429), "Too many questions at once. Try again in a moment."),
        (Refusing(422, "the question is empty"), "Not answered: the question is empty."),
        (Refusing(503), "The server failed. Try again in a moment."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_is_one_line(
    visit: Visitor, servers: ExitStack, host: Host, allowing: Server, refusing: Refusing, line: str
) -> None:
    visit.expect_fault("Failed to load resource: the server responded with a status of")
    servers.enter_context(refusing)
    widget = asking_elsewhere(visit, host, allowing, refusing)
    widget.send("what is GQA?")
    expect(widget.failure.locator("p")).to_have_text(line)
    expect(widget.status).to_have_text(line)
    assert refusing.keys == [None]


def test_a_time_to_come_again_is_told_in_minutes(
    visit: Visitor, servers: ExitStack, host: Host, allowing: Server
) -> None:
    visit.expect_fault("status of 429")
    # By the clock of the test, not of its collection.
    at = formatdate(time() + 3600, usegmt=True)
    refusing = servers.enter_context(Refusing(429, headers={"Retry-After": at}))
    widget = asking_elsewhere(visit, host, allowing, refusing)
    widget.send("what is GQA?")
    expect(widget.failure.locator("p")).to_have_text(
        "Too many questions at once. Try again in 60 minutes."
    )


def test_a_key_that_is_missing_is_a_matter_of_the_page(
    visit: Visitor, servers: ExitStack, host: Host, allowing: Server
) -> None:
    visit.expect_fault("status of 401")
    visit.expect_fault("Entrywise: The server wants a key, and this page has none.")
    refusing = servers.enter_context(Refusing(401))
    widget = asking_elsewhere(visit, host, allowing, refusing)
    widget.send("what is GQA?")
    expect(widget.failure.locator("p")).to_have_text(NOT_HERE)
    assert refusing.keys == [None]


def test_a_key_is_sent_and_one_that_is_not_taken_is_said(
    visit: Visitor, servers: ExitStack, host: Host, allowing: Server
) -> None:
    visit.expect_fault("status of 401")
    visit.expect_fault("Entrywise: The server does not take this page’s key.")
    refusing = servers.enter_context(Refusing(401))
    widget = asking_elsewhere(visit, host, allowing, refusing, key="page-1")
    widget.send("what is GQA?")
    expect(widget.failure.locator("p")).to_have_text(NOT_HERE)
    assert refusing.keys == ["Bearer page-1"]


def asking_elsewhere(
    visit: Visitor, host: Host, script: Server, server: Server, key: str = ""
) -> Widget:
    """The widget of one server, opened, which asks another."""
    data = f' data-key="{key}"' if key else ""
    embedding = (
        f'<script src="{script.url}/widget.js"></script>'
        f'<entrywise-chat server="{server.url}"{data}></entrywise-chat>'
    )
    path = host.put(embedding, script, server)
    widget = Widget(visit(path, site=host, asks=(script, server)))
    widget.open()
    return widget


def test_what_the_real_server_refuses_is_said_in_its_words(visit: Visitor, embed: Embed) -> None:
    visit.expect_fault("status of 422")
    widget = embed()
    widget.open()
    widget.send(NOTHING)
    expect(widget.failure.locator("p")).to_have_text(
        "Not answered: the question is empty; ask something."
    )


def test_a_server_that_is_away_is_asked_again(
    visit: Visitor, servers: ExitStack, embed: Embed, host: Host, glossary_index: Index
) -> None:
    visit.expect_fault("net::ERR_")
    settings = replace(load_settings(), cors_origins=host.url)
    server = servers.enter_context(Server(create_app(Assistant(glossary_index), settings=settings)))
    widget = embed(server)
    widget.page.evaluate(
        "document.addEventListener('entrywise:error', e => (window.line = e.detail.message))"
    )
    widget.open()
    server.stop()
    widget.send("what is GQA?")
    line = "The server cannot be reached. Try again in a moment."
    expect(widget.failure.locator("p")).to_have_text(line)
    assert widget.page.evaluate("window.line") == line
    server.start()
    widget.failure.get_by_role("button", name="Try again").press("Enter")
    turn = widget.answered(1)
    expect(turn.locator("q").first).to_be_visible()
    expect(turn.get_by_role("heading", level=3)).to_be_focused()
    expect(widget.failure).to_have_count(0)


def test_without_a_network_it_says_so(visit: Visitor, embed: Embed) -> None:
    visit.expect_fault("net::ERR_INTERNET_DISCONNECTED")
    widget = embed()
    widget.open()
    widget.page.context.set_offline(True)
    widget.send("what is GQA?")
    expect(widget.failure.locator("p")).to_have_text(
        "You are offline. Try again when you are connected."
    )


def test_a_failed_server_is_told_from_a_page_that_is_not_listed(
    visit: Visitor, servers: ExitStack, embed: Embed, host: Host, glossary_index: Index
) -> None:
    # A failure that nobody foresaw is answered outside of what lets other origins read it.
    visit.expect_fault("blocked by CORS policy")
    visit.expect_fault("status of 500|net::ERR_FAILED")

    class Failing(Assistant):
        def steps(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise RuntimeError("a fault")

    settings = replace(load_settings(), cors_origins=host.url)
    server = servers.enter_context(Server(create_app(Failing(glossary_index), settings=settings)))
    widget = embed(server)
    widget.open()
    widget.send("what is GQA?")
    expect(widget.failure.locator("p")).to_have_text("The server failed. Try again in a moment.")


@pytest.mark.usefixtures("checker")
@pytest.mark.parametrize("theme", THEMES)
def test_a_failure_breaks_no_rule_of_accessibility(
    visit: Visitor, embed: Embed, theme: Theme
) -> None:
    visit.expect_fault("status of 422")
    widget = embed(css=themed(theme))
    widget.open()
    widget.send(NOTHING)
    expect(widget.failure).to_be_visible()
    assert violations(widget.page) == []
