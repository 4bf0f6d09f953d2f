"""The conversations that a browser remembers: found again, renamed, pinned, deleted."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.axe import violations
from e2e.browser import Visitor
from e2e.chat import Chat

QUESTIONS = ("what is GQA?", "what is MLA?", "what is RoPE?")


def remembered(page: Page) -> list[dict[str, object]]:
    """What the browser keeps."""
    return json.loads(page.evaluate("localStorage.getItem('entrywise.conversations')"))


def remember(page: Page, *questions: str) -> None:
    """Have the browser remember a conversation of each question, the last one as the latest."""
    kept = [
        {"id": str(at), "title": one, "path": f"/?q={quote_plus(one)}#t1", "at": at * 86_400_000}
        for at, one in enumerate(questions, 1)
    ]
    page.evaluate(
        "kept => localStorage.setItem('entrywise.conversations', kept)", json.dumps(kept[::-1])
    )
    page.reload()


def titles(page: Page) -> list[str]:
    return page.locator("#earlier li a").all_inner_texts()


def button(page: Page, action: str, title: str) -> Locator:
    row = page.locator("#earlier li").filter(has_text=title)
    row.hover()
    return row.locator(f'[data-action="{action}"]')


@pytest.fixture
def page(visit: Visitor) -> Page:
    """The start page, where three conversations are remembered."""
    page = visit("/")
    remember(page, *QUESTIONS)
    return page


def test_one_is_pinned_to_the_top_and_stays_there(page: Page) -> None:
    assert titles(page) == [*QUESTIONS[::-1]]
    pin = button(page, "pin", "GQA")
    pin.click()
    assert titles(page) == ["what is GQA?", "what is RoPE?", "what is MLA?"]
    expect(page.locator("#earlier li").first.locator("button").first).to_be_focused()
    page.reload()
    assert titles(page)[0] == "what is GQA?"
    button(page, "pin", "GQA").click()
    assert titles(page) == [*QUESTIONS[::-1]]


def test_a_day_stands_at_the_end_of_its_row_until_the_buttons_come(page: Page) -> None:
    row = page.locator("#earlier li").first
    day = row.locator(".day")
    frame, said = row.bounding_box(), day.bounding_box()
    assert frame
    assert said
    assert said["x"] + said["width"] == frame["x"] + frame["width"]
    row.hover()
    expect(day).to_be_hidden()
    expect(row.locator('[data-action="delete"]')).to_have_css("opacity", "1")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(day).to_be_visible()


def test_one_is_renamed_and_keeps_its_title_as_it_goes_on(page: Page) -> None:
    button(page, "rename", "MLA").click()
    box = page.locator("#earlier li").get_by_role("textbox", name="Title")
    box.fill("Latent <b>attention</b>")
    box.press("Enter")
    link = page.locator("#earlier").get_by_role("link", name="Latent <b>attention</b>")
    expect(link).to_be_focused()
    link.click()
    page.wait_for_load_state()
    chat = Chat(page)
    chat.answered(1)
    chat.ask("and GQA?")
    # It is remembered once the answer is complete.
    page.wait_for_function(
        "() => localStorage.getItem('entrywise.conversations').includes('history=')"
    )
    (known,) = [one for one in remembered(page) if "MLA" in str(one["path"])]
    assert known["title"] == "Latent <b>attention</b>"
    assert "history=" in str(known["path"])


def test_a_title_that_is_not_to_be_changed_stays(page: Page) -> None:
    for key, title in (("Escape", "something else"), ("Enter", "  ")):
        button(page, "rename", "MLA").click()
        box = page.locator("#earlier li").get_by_role("textbox", name="Title")
        box.fill(title)
        box.press(key)
        assert titles(page) == [*QUESTIONS[::-1]]


def test_one_is_deleted_and_the_others_stay(page: Page) -> None:
    button(page, "delete", "MLA").click()
    assert titles(page) == ["what is RoPE?", "what is GQA?"]
    expect(page.locator("#earlier li a").last).to_be_focused()
    assert [one["title"] for one in remembered(page)] == ["what is RoPE?", "what is GQA?"]
    for title in ("RoPE", "GQA"):
        button(page, "delete", title).click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.reload()
    expect(page.locator("#earlier")).to_be_hidden()


def test_what_is_deleted_can_be_brought_back(page: Page) -> None:
    kept = remembered(page)
    button(page, "delete", "MLA").click()
    expect(page.locator("#earlier").get_by_role("status").last).to_have_text(
        "One conversation deleted."
    )
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    assert remembered(page) == kept
    expect(page.locator("#earlier li").filter(has_text="MLA").locator("a")).to_be_focused()
    expect(undo).to_be_hidden()
    page.get_by_role("button", name="Delete all").click()
    expect(page.get_by_text("3 conversations deleted.")).to_be_visible()
    assert titles(page) == []
    undo.press("Enter")
    assert remembered(page) == kept
    assert titles(page) == [*QUESTIONS[::-1]]


def test_those_that_are_pinned_stay_when_all_are_deleted(page: Page) -> None:
    button(page, "pin", "GQA").click()
    page.get_by_role("button", name="Delete all that are not pinned").click()
    assert titles(page) == ["what is GQA?"]
    expect(page.get_by_role("button", name="Delete all")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.reload()
    assert titles(page) == ["what is GQA?"]
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_in_a_conversation_it_can_be_brought_back_until_the_list_closes(page: Page) -> None:
    Chat(page).ask("what is DPO?")
    opener = page.get_by_role("button", name="Conversations")
    opener.click()
    page.get_by_role("button", name="Delete all").click()
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    assert titles(page) == ["what is DPO?", *QUESTIONS[::-1]]
    button(page, "delete", "MLA").click()
    expect(undo).to_be_visible()
    page.keyboard.press("Escape")
    opener.click()
    expect(undo).to_be_hidden()


def test_a_row_says_when_it_was_asked(page: Page) -> None:
    days = page.locator("#earlier .day")
    assert days.all_inner_texts() == ["4 January 1970", "3 January 1970", "2 January 1970"]
    page.clock.install(time=datetime(2031, 4, 10, 12, tzinfo=UTC))
    Chat(page).ask("what is DPO?")
    page.goto("/")
    expect(days.first).to_have_text(re.compile(r"Today, \d+:\d\d"))
    page.clock.set_fixed_time(datetime(2031, 4, 11, 12, tzinfo=UTC))
    page.reload()
    expect(days.first).to_have_text(re.compile(r"Yesterday, \d+:\d\d"))
    page.clock.set_fixed_time(datetime(2031, 4, 12, 12, tzinfo=UTC))
    page.reload()
    expect(days.first).to_have_text("10 April 2031")


def test_on_a_phone_the_list_is_opened_by_its_sign_after_any_answer(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    chat = Chat(page)
    chat.ask("best pizza in Rome")
    opener = page.get_by_role("button", name="Conversations")
    expect(opener.locator(".more")).to_be_hidden()
    chat.ask("what is GQA?")
    expect(opener.locator(".more")).to_be_hidden()


def test_among_many_one_is_found_by_any_of_its_questions(page: Page) -> None:
    expect(page.get_by_role("searchbox", name="Find a conversation")).to_be_hidden()
    remember(page, *(f"question {number}" for number in range(9)), "what is ALiBi?")
    box = page.get_by_role("searchbox", name="Find a conversation")
    box.fill("alibi WHAT")
    assert titles(page) == ["what is ALiBi?"]
    box.fill("nothing like this")
    expect(page.get_by_text("No conversation has these words.")).to_be_visible()


def test_in_a_conversation_a_button_opens_the_list(page: Page) -> None:
    chat = Chat(page)
    chat.ask("what is DPO?")
    earlier = page.locator("#earlier")
    expect(earlier).to_be_hidden()
    opener = page.get_by_role("button", name="Conversations")
    opener.click()
    expect(earlier).to_be_visible()
    assert titles(page) == ["what is DPO?", *QUESTIONS[::-1]]
    expect(earlier.locator("[aria-current]")).to_have_text("what is DPO?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(earlier).to_be_hidden()
    expect(opener).to_be_focused()
    opener.press("Enter")
    earlier.get_by_role("link", name="what is RoPE?").focus()
    page.keyboard.press("Escape")
    expect(earlier).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    earlier.get_by_role("link", name="what is RoPE?").click()
    expect(chat.answered(1).locator(".asked")).to_have_text("what is RoPE?")


def test_of_hundreds_those_that_are_pinned_and_the_latest_stay(page: Page) -> None:
    remember(page, "the first one", *(f"question {number}" for number in range(120)))
    button(page, "pin", "the first one").click()
    Chat(page).ask("what is GQA?")
    page.wait_for_function("() => localStorage.getItem('entrywise.conversations').includes('GQA')")
    kept = [str(one["title"]) for one in remembered(page)]
    assert kept[0] == "what is GQA?"
    assert "the first one" in kept
    assert "question 0" not in kept
    assert len(kept) == 101
