from __future__ import annotations

import argparse
import io
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from paths import ROOT

from entrywise.rag.assistant import Assistant
from entrywise.rag.commands.conversation import converse
from entrywise.rag.log.last_conversation import KeptConversation

PROMPT = "ask> "
Talk = Callable[..., tuple[str, str]]


class Keyboard(io.StringIO):
    """Standard input where a line "^C" is the key Ctrl-C."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        # `io.StringIO` leaves its parameters unnamed in the type stubs.
        line = super().readline(size)
        if line == "^C\n":
            raise KeyboardInterrupt
        return line


@pytest.fixture
def talk(
    small_assistant: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Talk:
    """Have a conversation of these lines: what stdout and stderr got."""

    def talked(*lines: str) -> tuple[str, str]:
        options = argparse.Namespace(format="text", color=False, explain=False, top=10, brief=False)
        monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in lines)))
        conversation = KeptConversation(tmp_path / "entrywise" / "conversation.json", "")
        conversation.go_on()
        assert converse(small_assistant, options, conversation) == 0
        out, err = capsys.readouterr()
        return out, err

    return talked


def test_a_follow_up_uses_the_conversation(talk: Talk) -> None:
    out, err = talk("what is GQA?", "/explain", "and MLA?")

    assert "GQA lies between multi-head attention and MQA." in out
    assert "Keys and values are kept as one small latent vector" in out
    assert err.startswith("Entrywise: 6 entries. Ask a question; /help for more.\n")
    assert "read as: what is MLA?\n" in err


def test_a_new_conversation_has_no_past(talk: Talk) -> None:
    _, explained = talk("/explain", "what is GQA?", "/new", "and MLA?")
    assert "read as: and MLA?\n" in explained


def test_explanations_are_switched_on_and_off(talk: Talk) -> None:
    _, err = talk("/explain", "what is GQA?", "/explain", "what is MLA?")

    told = err.replace(PROMPT, "")
    assert "  explanations on\nread as: what is GQA?" in told
    assert "status: answered\n[1] gqa, " in told
    assert told.endswith("\n  explanations off\n\n")


def test_an_unknown_command_helps(talk: Talk) -> None:
    for command in ("/help", "/what"):
        out, err = talk(command)
        assert "/new" in err
        assert "Ctrl-D ends too" in err
        assert out == ""
        assert err.count(PROMPT) == 2


def test_quit_ends_and_empty_lines_do_nothing(talk: Talk) -> None:
    out, err = talk("", "   ", "/quit", "what is GQA?")
    assert out == ""
    assert err.count(PROMPT) == 3


def test_an_interrupt_drops_the_line_only(talk: Talk) -> None:
    out, _ = talk("^C", "what is GQA?")
    assert "GQA lies between" in out


def test_a_question_that_is_too_long_does_not_end_it(talk: Talk) -> None:
    out, err = talk("x" * 10_001, "what is GQA?")

    assert "  the question has 10,001 characters" in err
    assert "GQA lies between" in out


def test_without_line_editing_there_is_no_history(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "readline", None)

    assert "GQA lies between" in talk("what is GQA?")[0]
    assert [path.name for path in (tmp_path / "entrywise").iterdir()] == ["conversation.json"]


def test_a_history_that_cannot_be_kept_is_no_error(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "entrywise").touch()
    out, err = talk("what is GQA?", "and MLA?")
    assert "GQA lies between" in out
    assert "one small latent vector" in out
    assert "conversation" not in err


def test_suggestions_are_numbered_and_a_number_asks_one(talk: Talk) -> None:
    out, _ = talk("what is GQA?", "1")
    assert "Ask next\n  1  Difference between GQA and MLA\n" in out
    assert "What it is" in out


def test_a_number_that_is_no_choice_is_said_so(talk: Talk) -> None:
    out, _ = talk("what is GQA?", "9", "1")
    assert "9 is no choice: there is one suggestion.\n" in out
    assert "What it is" in out.partition("no choice")[2]


def test_the_last_conversation_is_gone_on_with(talk: Talk) -> None:
    talk("what is GQA?", "how does it work?")
    out, err = talk("/explain", "and MLA?")

    assert "Going on after: how does it work?\n" in err
    assert "read as: How does MLA work?\n" in err
    assert "one small latent vector" in out
    talk("/new")
    assert "Going on" not in talk("what is LoRA?")[1]


class Screen:
    """`ask` in a terminal of its own, typed at and read."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.terminal, inside = pty.openpty()
        # The child makes the terminal its own, so that Ctrl-C reaches it as a signal.
        own = "import os, runpy; os.login_tty(0); runpy.run_module('entrywise.rag.commands.ask', "
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{own}run_name='__main__')"],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=environment,
        )
        os.close(inside)

    def type(self, keys: str, until: str = PROMPT) -> str:
        """Press keys; what is shown until the next prompt."""
        os.write(self.terminal, keys.encode())
        shown = ""
        while not shown.endswith(until):
            assert self.shows(seconds=20), f"no {until!r} after {shown!r}"
            shown += os.read(self.terminal, 4096).decode(errors="replace")
        return shown

    def interrupt(self) -> None:
        """Press Ctrl-C, again where Python missed it: it does just before it waits for keys."""
        for _ in range(20):
            os.write(self.terminal, b"\x03")
            if self.shows(seconds=1):
                break

    def shows(self, seconds: float) -> bool:
        return bool(select.select([self.terminal], [], [], seconds)[0])


@pytest.fixture
def screen(small_root: Path, tmp_path: Path) -> Iterator[Screen]:
    own = {
        "PYTHONPATH": str(ROOT / "src"),
        "ENTRYWISE_INDEX": str(small_root),
        "ENTRYWISE_THRESHOLD": "0.02",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "TERM": "xterm",
        "NO_COLOR": "1",
    }
    screen = Screen(os.environ | own)
    yield screen
    screen.process.kill()
    screen.process.wait()
    os.close(screen.terminal)


def test_a_conversation_in_a_terminal(screen: Screen, tmp_path: Path) -> None:
    assert "6 entries" in screen.type("")
    assert "GQA lies between" in screen.type("what is GQA?\n")
    assert "one small latent vector" in screen.type("and MLA?\n")
    assert "/explain" in screen.type("/help\n")
    assert "explanations on" in screen.type("/explain\n")
    screen.type("/new\n")
    assert "read as: and LoRA?" in screen.type("and LoRA?\n")
    # Ctrl-C drops the line, and the conversation goes on; Ctrl-D ends it.
    screen.type("half a question", until="question")
    screen.interrupt()
    screen.type("")
    os.write(screen.terminal, b"\x04")

    assert screen.process.wait(20) == 0
    kept = (tmp_path / "state" / "entrywise" / "history").read_text("utf-8").splitlines()
    lines = ["what is GQA?", "and MLA?", "/help", "/explain", "/new", "and LoRA?"]
    assert [line for line in kept if line in lines] == lines
