"""What is missing: told by a reader, and seen by a maintainer."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat
from e2e.server import Server
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.logger import QuestionLogger
from entrywise.rag.log.questions import QuestionLog
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app


def test_a_reader_tells_what_is_missing_and_a_maintainer_takes_a_draft(
    visit: Visitor, servers: ExitStack, glossary_index: Index, tmp_path: Path, checker: None
) -> None:
    log = tmp_path / "log"
    assistant = Assistant(glossary_index, observers=[QuestionLogger(QuestionLog(log))])
    settings = replace(load_settings(), log=str(log), maintainer_keys="mender")
    site = servers.enter_context(Server(create_app(assistant, settings=settings)))
    page = visit("/", site=site, viewport={"width": 390, "height": 700})
    turn = Chat(page).ask("how does RLOO align a model?")
    tell = turn.get_by_text("Tell the maintainers")
    tell.focus()
    page.keyboard.press("Enter")
    # It is in sight, and the composer not over it.
    hoped = turn.get_by_label("What did you hope to find?")
    expect(hoped).to_be_focused()
    hoped.click(timeout=2000, trial=True)
    hoped.fill("How it <b>differs</b> from PPO.")
    assert violations(page) == []
    turn.get_by_role("button", name="Send").press("Enter")
    expect(turn.locator(".told")).to_be_focused()
    expect(turn.locator(".wish")).to_have_count(0)
    expect(page.locator("#said")).to_be_empty()

    # As a reader answers when the browser asks.
    key = {"username": "", "password": "mender"}
    gaps = visit("/gaps", site=site, http_credentials=key, permissions=["clipboard-read"])
    gap = gaps.get_by_role("region", name="RLOO")
    expect(gap).to_contain_text("How it <b>differs</b> from PPO.")
    gap.get_by_text("Draft an entry").click()
    assert violations(gaps) == []
    gap.get_by_role("button", name="Copy the draft").click()
    expect(gaps.locator("#said")).to_have_text("Copied")
    assert str(gaps.evaluate("navigator.clipboard.readText()")).startswith("# RLOO\n")
