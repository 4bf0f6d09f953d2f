from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from entrywise.rag.log.last_conversation import MOST, KeptConversation
from entrywise.rag.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "entrywise" / "conversation.json"


def test_what_was_asked_goes_on(file: Path) -> None:
    first = KeptConversation(file, "")
    first.add("what is GQA?")
    first.add("and MLA?")

    second = KeptConversation(file, "")
    assert second.questions == []
    assert second.go_on() == ""
    assert second.questions == ["what is GQA?", "and MLA?"]


def test_a_new_conversation_takes_the_place_of_the_last(file: Path) -> None:
    KeptConversation(file, "").add("what is GQA?")
    KeptConversation(file, "").add("what is LoRA?")

    last = KeptConversation(file, "")
    last.go_on()
    assert last.questions == ["what is LoRA?"]


def test_a_conversation_that_is_forgotten_is_not_kept(file: Path) -> None:
    conversation = KeptConversation(file, "")
    conversation.add("what is GQA?")
    conversation.clear()

    assert json.loads(file.read_text("utf-8")) == {"index": "", "questions": []}


def test_at_most_twenty_questions_are_kept(file: Path) -> None:
    conversation = KeptConversation(file, "")
    for number in range(30):
        conversation.add(f"what is {number}?")

    kept = json.loads(file.read_text("utf-8"))["questions"]
    assert (len(kept), kept[0], kept[-1]) == (MOST, "what is 10?", "what is 29?")


def test_the_file_is_the_users_alone_and_nothing_is_beside_it(file: Path) -> None:
    previous = os.umask(0)
    try:
        KeptConversation(file, "").add("what is GQA?")
    finally:
        os.umask(previous)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_it_goes_on_with_the_index_that_was_asked(file: Path, tmp_path: Path) -> None:
    KeptConversation(file, str(tmp_path)).add("what is GQA?")

    anywhere, named = KeptConversation(file, ""), KeptConversation(file, "")
    assert anywhere.go_on() == ""
    assert anywhere.index == str(tmp_path)
    told = "the last conversation was with another knowledge base"
    assert named.go_on(anywhere=False) == told
    assert (named.index, named.questions) == ("", [])


def test_an_index_is_known_from_any_folder(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    KeptConversation(file, ".").add("what is GQA?")

    same = KeptConversation(file, str(tmp_path))
    assert same.go_on(anywhere=False) == ""
    assert same.questions == ["what is GQA?"]


def test_an_index_that_is_gone_begins_anew(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    KeptConversation(file, str(folder)).add("what is GQA?")

    conversation = KeptConversation(file, "")
    assert conversation.go_on() == f"the last conversation was with {folder}, which is gone"
    assert conversation.questions == []


def test_of_an_address_no_password_is_kept_or_said(file: Path) -> None:
    address = "postgresql://me:secret@db.example/notes"
    KeptConversation(file, address).add("what is GQA?")
    assert "secret" not in file.read_text("utf-8")

    named = KeptConversation(file, address)
    assert named.go_on(anywhere=False) == ""
    assert (named.index, named.questions) == (address, ["what is GQA?"])

    unnamed = KeptConversation(file, "")
    shown = "postgresql://(set)@db.example/notes"
    assert unnamed.go_on() == f"the last conversation was with {shown}, to be named with --index"
    assert (unnamed.index, unnamed.questions) == ("", [])


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"index": 1, "questions": []}',
        b'{"index": "", "questions": "what is GQA?"}',
        b'{"index": "", "questions": [1]}',
        b'{"questions": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_begins_anew_and_costs_a_line(file: Path, damaged: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damaged)

    conversation = KeptConversation(file, "")
    told = conversation.go_on()
    assert told.startswith("the last conversation cannot be read (")
    assert "\n" not in told
    assert conversation.questions == []
    conversation.add("what is GQA?")
    assert KeptConversation(file, "").go_on() == ""


def test_without_a_file_there_is_nothing_to_go_on_with(file: Path) -> None:
    conversation = KeptConversation(file, "")
    assert conversation.go_on() == ""
    assert conversation.questions == []


def test_what_cannot_be_written_is_asked_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "entrywise").write_text("no folder")
    conversation = KeptConversation(tmp_path / "entrywise" / "conversation.json", "")

    conversation.add("what is GQA?")
    assert conversation.questions == ["what is GQA?"]


def test_who_wants_nothing_kept_has_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    forgetful = KeptConversation.of(Settings(history="none"))
    forgetful.add("what is GQA?")

    assert forgetful.folder is None
    assert list(tmp_path.iterdir()) == []
    assert KeptConversation.of(Settings()).folder == tmp_path / "entrywise"


def test_a_user_without_a_home_has_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    # What it is for a number without an account and without HOME.
    homeless = Path("~/.local/state/entrywise")
    monkeypatch.setattr("platformdirs.user_state_path", lambda *names, **options: homeless)
    assert KeptConversation.of(Settings()).folder is None
