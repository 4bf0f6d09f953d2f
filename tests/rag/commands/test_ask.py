from __future__ import annotations

import io
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import ASK, Run

from entrywise.index.generations.lease import current
from entrywise.index.layout import Layout
from entrywise.rag.commands.ask import main
from entrywise.rag.log.questions import QuestionLog

LINE = b'{"id": 1, "question": "what is GQA?"}\n'


def test_the_answer_is_on_stdout_and_nothing_else_is(ask: Run) -> None:
    code, out, err = ask("what", "is", "GQA?")

    assert (code, err) == (0, "")
    assert out.startswith("GQA lies between multi-head attention and MQA.")
    assert "\x1b" not in out


def test_an_abstention_exits_with_1(ask: Run) -> None:
    code, out, err = ask("what is Foobarizer?")

    assert (code, err) == (1, "")
    assert out.startswith("The knowledge base says nothing about “Foobarizer”.\n")


def test_half_an_answer_exits_with_0(ask: Run) -> None:
    code, out, _ = ask("GQA vs Foobarizer", "--json")
    assert (code, json.loads(out)["status"]) == (0, "partial")


def test_json_is_one_line(ask: Run) -> None:
    for option in (["--json"], ["--format", "json"], ["--format", "text", "--json"]):
        code, out, _ = ask("what is GQA?", "-k", "2", *option)

        assert (code, out.count("\n")) == (0, 1)
        answer = json.loads(out)
        assert (answer["question"], len(answer["retrieved"])) == ("what is GQA?", 2)


def test_in_brief_only_the_passage_that_answers_is_given(ask: Run) -> None:
    _, out, _ = ask("what is GQA?", "--brief")
    assert out.count("[1]") == 2
    assert "[2]" not in out
    _, out, _ = ask("what is GQA?", "--brief", "--json")
    assert len(json.loads(out)["citations"]) == 1


def test_markdown(ask: Run) -> None:
    code, out, _ = ask("what is GQA?", "--format", "markdown")
    assert (code, out.splitlines()[0]) == (0, "# what is GQA?")


def test_why_is_said_on_stderr(ask: Run) -> None:
    plain = ask("what is GQA?")[1]
    code, out, err = ask("what is GQA?", "--explain")

    assert (code, out) == (0, plain)
    assert err.startswith("read as: what is GQA?\nintent: definition\n")


def test_settings_are_the_defaults_of_options(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRYWISE_FORMAT", "json")
    monkeypatch.setenv("ENTRYWISE_TOP", "3")

    assert len(json.loads(ask("what is GQA?")[1])["retrieved"]) == 3
    assert ask("what is GQA?", "--format", "text")[1].startswith("GQA lies")


@pytest.mark.parametrize("arguments", [["-"], []])
def test_the_question_may_come_from_stdin(ask: Run, arguments: list[str]) -> None:
    code, out, _ = ask("--json", *arguments, stdin="what is\nGQA\x00 é?\n".encode())
    assert (code, json.loads(out)["question"]) == (0, "what is GQA é?")


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        ([""], b"", "the question is empty"),
        ([" ", "\t"], b"", "the question is empty"),
        (["\udcff"], b"", "the question is empty"),
        ([], b"", "the question is empty"),
        (["-"], b" \n\x00", "the question is empty"),
        (["-"], b"what is \xff?", "stdin is not UTF-8 (byte 8); convert it"),
        (["x" * 100_000], b"", "the question has 100,000 characters, at most 10,000 are read"),
        (["-"], b"x" * 100_000, "the question has 100,000 characters"),
        (["--batch", "no/such.jsonl"], b"", "no/such.jsonl: cannot be read (No such"),
        (["--batch", ""], b"", "'': cannot be read (Is a directory)"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_exit_2(
    ask: Run, arguments: list[str], stdin: bytes, message: str
) -> None:
    code, out, err = ask(*arguments, stdin=stdin)

    assert (code, out) == (2, "")
    assert err.startswith(f"ask: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "html", "x"],
        ["-k", "0", "x"],
        ["-k", "many", "x"],
        ["--batch", "-", "x"],
        ["--unknown", "x"],
    ],
)
def test_wrong_options_are_exit_2(ask: Run, arguments: list[str]) -> None:
    code, out, err = ask(*arguments)

    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("ask: ")
    assert line.endswith("; see `ask --help`")


def test_a_wrong_setting_is_exit_2(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRYWISE_TPO", "5")
    code, out, err = ask("what is GQA?")

    assert (code, out) == (2, "")
    assert err == "ask: ENTRYWISE_TPO: 'tpo' is no setting; did you mean 'top'?\n"


def test_version_and_help(ask: Run) -> None:
    assert ask("--version")[:2] == (0, "entrywise 0.1.0\n")
    code, out, _ = ask("--help")
    assert code == 0
    for promised in ("--batch", "--json", "--format", "--top", "--index", "--explain"):
        assert promised in out


def test_without_an_index_the_exit_code_is_3(ask: Run, tmp_path: Path) -> None:
    code, out, err = ask("what is GQA?", "--index", str(tmp_path / "none"))

    assert (code, out) == (3, "")
    assert "no index in" in err
    assert "entrywise index build" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("damage", ["entries", "catalog", "encoder", "words", "manifest"])
def test_a_damaged_index_is_exit_3(ask: Run, small_root: Path, tmp_path: Path, damage: str) -> None:
    root = tmp_path / "index"
    shutil.copytree(small_root, root)
    path: Path = getattr(Layout(current(root)), damage)
    path.write_bytes(path.read_bytes()[:-9])

    code, out, err = ask("what is GQA?", "--index", str(root))

    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "damaged" in err
    assert "build it again" in err


def test_a_cache_that_cannot_be_written_is_exit_3(
    ask: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.delenv("ENTRYWISE_INDEX")
    monkeypatch.setenv("ENTRYWISE_CACHE", str(tmp_path / "file" / "cache"))

    code, out, err = ask("what is GQA?")

    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "ENTRYWISE_CACHE" in err


@pytest.mark.parametrize(("option", "colors"), [([], True), (["--no-color"], False)])
def test_only_a_terminal_gets_colours(
    ask: Run, look: Callable[[], io.StringIO], option: list[str], colors: bool
) -> None:
    shown = look()
    ask("what is GQA?", *option)
    assert ("\x1b[" in shown.getvalue()) is colors


def test_no_color_is_honoured(
    ask: Run, look: Callable[[], io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = look()
    monkeypatch.setenv("NO_COLOR", "1")
    ask("what is GQA?")
    assert "\x1b" not in shown.getvalue()


def test_a_batch_is_answered_line_by_line(ask: Run, tmp_path: Path) -> None:
    lines = [b'{"id": "a", "question": "what is Foobarizer?"}\n', b"nonsense\n", b"\n", LINE]
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"".join(lines))

    from_file = ask("--batch", str(path), "-k", "2")
    from_stdin = ask("--batch", "-", "-k", "2", stdin=b"".join(lines))

    for code, out, err in (from_file, from_stdin):
        first, second = map(json.loads, out.splitlines())
        assert (first["id"], first["status"]) == ("a", "abstained")
        assert (second["id"], second["status"], len(second["retrieved"])) == (1, "answered", 2)
        assert err.startswith("ask: line 2: not JSON")
        assert code == 2
    assert ask("--batch", "-", stdin=LINE)[0] == 0


def test_questions_are_logged_where_the_setting_says_and_answers_are_the_same(
    ask: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = ask("what is GQA?")
    log = tmp_path / "questions.sqlite"
    monkeypatch.setenv("ENTRYWISE_LOG", str(log))

    assert ask("what is GQA?") == plain
    assert ask("--batch", "-", stdin=LINE)[0] == 0
    assert [row.question for row in QuestionLog(log).read()] == ["what is GQA?"] * 2


def test_a_log_that_cannot_be_written_costs_no_answer(
    ask: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_LOG", str(tmp_path))
    code, out, err = ask("--batch", "-", stdin=LINE * 3)

    assert (code, out.count("\n"), err.count("\n")) == (0, 3, 1)
    assert err.startswith("entrywise: questions are answered, but not logged: ")


class Keyboard(io.StringIO):
    """Standard input with somebody at it."""

    def isatty(self) -> bool:
        return True


def test_without_a_question_somebody_at_the_keyboard_has_a_conversation(
    small_root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", Keyboard("/help\nwhat is GQA?\nand MLA?\n"))
    monkeypatch.setenv("ENTRYWISE_LOG", str(tmp_path / "log"))

    assert main(["--index", str(small_root)]) == 0
    assert capsys.readouterr().err.startswith("Entrywise: 6 entries.")
    logged = QuestionLog(tmp_path / "log").read()
    assert [row.completed for row in logged] == ["what is GQA?", "what is MLA?"]


def test_an_interrupt_ends_a_batch_with_130(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*ASK, "--batch", "-"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(LINE)
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"id": 1, ')

        process.send_signal(signal.SIGINT)

        assert process.wait(20) == 130
        assert process.stderr.read() == b"\n"


INTERRUPTED_WHILE_IMPORTING = """
import os, signal, sys
from entrywise import start

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
start.{command}()
"""


@pytest.mark.parametrize("command", ["ask", "entrywise"])
@pytest.mark.parametrize("module", ["argparse", "entrywise.rag.settings", "entrywise.data.errors"])
def test_an_interrupt_of_the_imports_ends_with_130(command: str, module: str) -> None:
    source = INTERRUPTED_WHILE_IMPORTING.format(command=command, module=module)
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, timeout=30)
    assert (done.returncode, done.stderr) == (130, b"")


def test_a_pipe_that_closes_early_is_silent(environment: dict[str, str]) -> None:
    command = f"{' '.join(ASK)} --batch - | head -c 1"
    done = subprocess.run(
        ["bash", "-c", command], env=environment, input=LINE * 100, capture_output=True, timeout=30
    )
    assert (done.stdout, done.stderr) == (b"{", b"")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for the state of programs."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.mark.usefixtures("state")
def test_the_last_conversation_goes_on(ask: Run) -> None:
    ask("what is GQA?")
    _, out, err = ask("-c", "and MLA?", "--json")
    assert (json.loads(out)["read_as"], err) == ("what is MLA?", "")
    _, out, _ = ask("--continue", "compare them", "--json")
    assert json.loads(out)["read_as"] == "Difference between GQA and MLA"
    _, out, _ = ask("-c", "-", "--json", stdin=b"the first")
    assert json.loads(out)["read_as"] == "What is GQA?"


@pytest.mark.usefixtures("state")
def test_without_c_a_conversation_begins(ask: Run) -> None:
    ask("what is GQA?")
    _, out, _ = ask("and MLA?", "--json")
    assert json.loads(out)["read_as"] == "and MLA?"
    _, out, _ = ask("-c", "why?", "--json")
    assert json.loads(out)["read_as"] == "Why MLA?"


@pytest.mark.usefixtures("state")
def test_with_nothing_before_it_c_is_a_plain_question(ask: Run) -> None:
    code, out, err = ask("-c", "and MLA?", "--json")
    assert (code, json.loads(out)["read_as"], err) == (0, "and MLA?", "")


def test_a_damaged_conversation_costs_a_line(ask: Run, state: Path) -> None:
    (state / "entrywise").mkdir(parents=True)
    (state / "entrywise" / "conversation.json").write_text("{")

    code, out, err = ask("-c", "what is GQA?")
    assert (code, err.count("\n")) == (0, 1)
    assert err.startswith("ask: the last conversation cannot be read (")
    assert out.startswith("GQA lies between")


@pytest.mark.usefixtures("state")
def test_a_conversation_goes_on_with_its_index(
    ask: Run, harbour_root: Path, small_root: Path
) -> None:
    ask("--index", str(harbour_root), "what does a lost key cost?")
    _, out, err = ask("-c", "tell me more", "--json")
    assert {one["entry"] for one in json.loads(out)["citations"]} == {"ships/store"}
    assert err == ""
    _, out, err = ask("-c", "--index", str(small_root), "and MLA?", "--json")
    assert json.loads(out)["read_as"] == "and MLA?"
    assert err == (
        "ask: the last conversation was with another knowledge base; a new conversation begins\n"
    )


def test_who_wants_nothing_kept_is_asked_nothing_of_before(
    ask: Run, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_HISTORY", "none")
    ask("what is GQA?")
    _, out, err = ask("-c", "and MLA?", "--json")
    assert (json.loads(out)["read_as"], err) == ("and MLA?", "")
    assert not state.exists()


def test_a_state_that_cannot_be_written_costs_no_answer(ask: Run, state: Path) -> None:
    state.touch()
    assert ask("what is GQA?")[::2] == (0, "")
    code, out, err = ask("-c", "what is MLA?")
    assert (code, out != "") == (0, True)
    assert err.count("\n") <= 1


def test_a_batch_is_no_conversation(ask: Run, state: Path) -> None:
    code, _, err = ask("-c", "--batch", "-", stdin=LINE)
    assert code == 2
    assert "leave out -c" in err
    ask("--batch", "-", stdin=LINE)
    assert not state.exists()
