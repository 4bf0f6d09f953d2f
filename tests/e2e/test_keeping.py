"""What people take away from a conversation, and what the browser and the server keep of it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
from entrywise.web.copies.copies import Copies, copies
from entrywise.web.served.links import Links, conversation_path
from entrywise.web.texts.catalogue import texts_of

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def chat(visit: Visitor) -> Chat:
    """A conversation of two turns, in a browser that lets its clipboard be read."""
    chat = Chat(visit("/", permissions=CLIPBOARD))
    chat.ask("what is GQA?")
    chat.ask("and MLA?")
    return chat


def clipboard(page: Page, kind: str = "text/plain") -> str:
    script = """async kind => {
      const [item] = await navigator.clipboard.read();
      return (await item.getType(kind)).text();
    }"""
    return str(page.evaluate(script, kind)).replace("\r\n", "\n")


def copied(
    chat: Chat, index: Index, question: str = "what is GQA?", history: Sequence[str] = ()
) -> Copies:
    """What the server gives to be copied of an answer."""
    links = Links(str(chat.page.evaluate("location.origin")))
    answer = Assistant(index).ask(question, history=history)
    details = index.manifest.identity.details
    return copies(answer, len(history) + 1, links, texts_of("en"), details=details)


def test_an_answer_is_copied_in_each_form_and_nothing_moves(
    chat: Chat, glossary_index: Index
) -> None:
    expected = copied(chat, glossary_index)
    copy, below = chat.button("copy", turn=1), chat.turn(1).locator(".sources")
    where = "one => [one.offsetLeft, one.offsetTop, one.offsetWidth]"
    before = copy.evaluate(where), below.evaluate(where)
    copy.click()
    expect(chat.page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert (copy.evaluate(where), below.evaluate(where)) == before
    assert clipboard(chat.page) == expected.text
    # Browsers take the markup apart and put it together again.
    assert 'href="' + expected.quotes[0].address.replace("&", "&amp;") in clipboard(
        chat.page, "text/html"
    )
    chat.button("copy-markdown", turn=1).click()
    expect(chat.page.get_by_role("status").filter(has_text="Markdown")).to_have_count(1)
    assert clipboard(chat.page) == expected.markdown
    expect(chat.button("copy-table", turn=1)).to_be_hidden()


def test_one_quote_and_a_table_are_copied_where_no_clipboard_is_given(
    visit: Visitor, glossary_index: Index
) -> None:
    page = visit("/?q=difference+between+GQA+and+MLA", permissions=CLIPBOARD)
    page.evaluate("delete window.ClipboardItem")  # As over plain HTTP.
    page.locator("#t1 a.mark").first.click()
    page.locator("#card").get_by_role("button", name="Copy quote").click()
    expect(page.get_by_role("status").filter(has_text="Quote copied")).to_have_count(1)
    answer = Assistant(glossary_index).ask("difference between GQA and MLA")
    expected = copies(answer, 1, Links(str(page.evaluate("location.origin"))), texts_of("en"))
    quote = expected.quotes[0]
    assert clipboard(page) == f"“{quote.text}”\n{quote.place}: {quote.address}"
    page.keyboard.press("Escape")
    Chat(page).button("copy-table", turn=1).click()
    expect(page.get_by_role("status").filter(has_text="Table copied")).to_have_count(1)
    assert expected.table
    assert clipboard(page) == expected.table.csv.replace("\r\n", "\n")


def test_a_quote_is_copied_in_the_quotation_marks_of_its_language(
    visit: Visitor, servers: ExitStack, tmp_path: Path
) -> None:
    text = "Urlaub wird beim Team beantragt und von der Leitung genehmigt."
    identity = tmp_path / "entrywise.toml"
    identity.write_text('language = "de"\n', "utf-8")
    (tmp_path / "urlaub.md").write_text(f"# Urlaub\n\n{text}\n", "utf-8")
    build_index(read_knowledge_base(tmp_path), tmp_path / "index")
    assistant = servers.enter_context(Assistant(Index(tmp_path / "index"), threshold=0.0))
    site = servers.enter_context(Server(create_app(assistant)))
    page = visit("/?q=Wo+wird+Urlaub+beantragt%3F", site=site, permissions=CLIPBOARD)
    page.locator("#t1 a.mark").first.click()
    page.get_by_role("button", name="Zitat kopieren").click()
    expect(page.get_by_role("status").filter(has_text="kopiert")).to_have_count(1)
    assert clipboard(page).startswith(f"„{text}“\n")


def test_a_shared_link_gives_someone_else_the_same_conversation(chat: Chat, visit: Visitor) -> None:
    chat.button("share", turn=2).click()
    expect(chat.page.get_by_role("status").filter(has_text="opied")).to_have_count(1)
    link = urlsplit(clipboard(chat.page))
    elsewhere = Chat(visit(f"{link.path}?{link.query}#{link.fragment}"))
    for number in (1, 2):
        assert quotes(elsewhere.answered(number)) == quotes(chat.turn(number))
    expect(elsewhere.turn(2)).to_be_in_viewport()


def test_the_address_of_the_page_is_that_of_the_conversation(chat: Chat) -> None:
    before = quotes(chat.turn(2))
    chat.page.reload()
    assert quotes(chat.answered(2)) == before


def exported(chat: Chat, action: str) -> str:
    with chat.page.expect_download() as download:
        chat.button(action).click()
    return Path(download.value.path()).read_text("utf-8")


def test_a_conversation_is_exported_as_the_answers_of_the_api(
    chat: Chat, glossary_index: Index
) -> None:
    def untimed(answer: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in answer.items() if name != "timings_ms"}

    assistant = Assistant(glossary_index)
    expected = [
        assistant.ask("what is GQA?"),
        assistant.ask("and MLA?", history=["what is GQA?"]),
    ]
    answers = json.loads(exported(chat, "export-json"))
    shapes = [json.loads(json.dumps(answer.to_dict())) for answer in expected]
    assert [untimed(answer) for answer in answers] == [untimed(shape) for shape in shapes]


def test_a_conversation_is_exported_as_markdown(chat: Chat, glossary_index: Index) -> None:
    text = exported(chat, "export-markdown")
    assert copied(chat, glossary_index).markdown.strip() in text
    second = copied(chat, glossary_index, "and MLA?", ["what is GQA?"])
    assert second.markdown.strip() in text


def test_a_new_conversation_starts_empty_and_the_old_one_is_found_again(chat: Chat) -> None:
    before = quotes(chat.turn(2))
    chat.button("new").click()
    expect(chat.page.locator("article.turn")).to_have_count(0)
    expect(chat.question).to_be_focused()
    earlier = chat.page.locator("#earlier")
    earlier.get_by_role("link", name="what is GQA?").click()
    assert quotes(chat.answered(2)) == before


def test_the_browser_forgets_when_it_is_told_to(chat: Chat) -> None:
    chat.button("new").click()
    chat.button("forget").click()
    expect(chat.button("undo")).to_be_focused()
    assert "GQA" not in str(chat.page.evaluate("JSON.stringify({...localStorage})"))
    chat.page.reload()
    expect(chat.page.locator("#earlier")).to_be_hidden()


def votes() -> list[tuple[str, str, str, str]]:
    """The votes that the server keeps, as rows of its file."""
    with closing(sqlite3.connect(os.environ["ENTRYWISE_FEEDBACK"])) as connection:
        query = "SELECT question, vote, comment, entries FROM votes WHERE comment <> ''"
        return connection.execute(query).fetchall()


def test_a_vote_with_a_comment_is_kept_by_the_server(chat: Chat) -> None:
    feedback = chat.turn(2).locator(".feedback")
    against = feedback.get_by_role("button", name="Not helpful")
    against.click()
    expect(against).to_have_attribute("aria-pressed", "true")
    feedback.get_by_role("textbox").fill("<b>More</b> on its cost, please.")
    feedback.get_by_role("button", name="Send").click()
    expect(feedback.get_by_role("status")).to_contain_text("Thank you")
    assert ("and MLA?", "down", "<b>More</b> on its cost, please.", '["mla"]') in votes()


def test_on_a_phone_the_box_for_a_comment_comes_in_sight(visit: Visitor) -> None:
    page = visit("/?q=what+is+GQA%3F", viewport={"width": 390, "height": 844})
    turn = Chat(page).answered(1)
    turn.get_by_role("button", name="Not helpful").click()
    send = turn.locator(".feedback form button")
    expect(send).to_be_in_viewport(ratio=1)
    box, composer = send.bounding_box(), page.locator(".composer .ask").bounding_box()
    assert box
    assert composer
    assert box["y"] + box["height"] <= composer["y"]


def test_the_button_that_copied_last_says_so_alone(chat: Chat) -> None:
    for action in ("copy", "copy-markdown", "share"):
        chat.button(action, turn=1).click()
        done = chat.page.locator("[data-done]")
        expect(done).to_have_count(1)
        expect(done).to_have_attribute("data-action", action)


def test_a_refusal_alone_is_not_exported(visit: Visitor) -> None:
    chat = Chat(visit("/?q=best+pizza+in+Rome"))
    chat.answered(1)
    expect(chat.button("export-json")).to_be_hidden()
    chat.ask("what is GQA?")
    expect(chat.button("export-json")).to_be_visible()


def test_a_vote_that_is_changed_or_given_again_keeps_its_comment(chat: Chat) -> None:
    feedback = chat.turn(1).locator(".feedback")
    helps, against = (feedback.locator(f'[data-vote="{vote}"]') for vote in ("up", "down"))
    against.click()
    feedback.get_by_role("textbox").fill("Too short.")
    feedback.get_by_role("button", name="Send").click()
    expect(feedback.get_by_role("status")).to_contain_text("comment was sent")
    against.click()
    helps.click()
    expect(helps).to_have_attribute("aria-pressed", "true")
    expect(against).to_have_attribute("aria-pressed", "false")
    assert ("what is GQA?", "up", "Too short.", '["gqa"]') in votes()


def test_a_vote_that_the_server_does_not_keep_is_not_shown_as_given(
    chat: Chat, visit: Visitor
) -> None:
    visit.expect_fault("503")
    body = json.dumps({"detail": "the vote cannot be kept now"})
    chat.page.route("**/api/feedback", lambda route: route.fulfill(status=503, body=body))
    feedback = chat.turn(1).locator(".feedback")
    helps = feedback.get_by_role("button", name="Helpful", exact=True)
    helps.click()
    expect(feedback.get_by_role("status")).to_contain_text("Not saved: the vote cannot be kept now")
    expect(helps).to_have_attribute("aria-pressed", "false")
    expect(feedback.get_by_role("textbox")).to_be_hidden()
    chat.page.unroute("**/api/feedback")
    helps.click()
    expect(helps).to_have_attribute("aria-pressed", "true")


def test_a_long_conversation_is_opened_again_as_it_was(visit: Visitor) -> None:
    asked = ["what is LoRA?", *["what does it save?"] * 11]
    path = conversation_path([*asked, "and MLA?"])
    chat = Chat(visit(path))
    chat.answered(len(asked) + 1)
    assert chat.page.url.endswith(path)
    chat.send("what does it save?")
    turn = chat.answered(len(asked) + 2)
    expect(turn.locator(".sources .entry a").first).to_have_attribute("href", "/entry/mla")
    # The address follows the answer: a busy machine shows the one before for a moment.
    expect(chat.page).to_have_url(conversation_path([*asked, "and MLA?", "what does it save?"]))
    before = quotes(turn)
    chat.page.reload()
    assert quotes(chat.answered(len(asked) + 2)) == before


def test_a_link_within_the_page_does_not_split_the_conversation(chat: Chat) -> None:
    chat.page.locator(".skip").focus()
    chat.page.keyboard.press("Enter")
    chat.ask("what is LoRA?")
    chat.button("new").click()
    expect(chat.page.locator("#earlier li")).to_have_count(1)


def test_what_is_not_a_conversation_does_not_hide_those_that_are(chat: Chat) -> None:
    chat.page.evaluate(
        """() => {
          const key = "entrywise.conversations";
          const bad = [null, 7, { title: "a" }, { title: "b", path: 1 }];
          localStorage.setItem(key, JSON.stringify([...bad, ...JSON.parse(localStorage[key])]));
        }"""
    )
    chat.button("new").click()
    expect(chat.page.locator("#earlier li")).to_have_count(1)
