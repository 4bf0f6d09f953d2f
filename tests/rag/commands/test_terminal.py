from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.errors import EntrywiseError, IndexDamaged, IndexMissing, QuestionError
from entrywise.rag.commands.terminal import in_color, run_command, width


def raising(error: BaseException) -> Callable[[], int]:
    def command() -> int:
        raise error

    return command


def test_the_commands_status_is_the_exit_code() -> None:
    assert run_command("ask", lambda: 1) == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (EntrywiseError("a file is wrong"), 2),
        (QuestionError("it is empty"), 2),
        (IndexMissing("there is none"), 3),
        (IndexDamaged("it is broken"), 3),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    error: EntrywiseError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("ask", raising(error)) == code
    assert capsys.readouterr() == ("", f"ask: {error}\n")


def test_an_interrupt_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("ask", raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr() == ("", "\n")


def test_a_mistake_of_our_own_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        run_command("ask", raising(ZeroDivisionError()))


def test_a_reader_that_went_away_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8") as stdout:  # noqa: PTH123 (a descriptor, no path)
        monkeypatch.setattr("sys.stdout", stdout)

        assert run_command("ask", lambda: print("an answer") or 0) == 141
        assert capsys.readouterr().err == ""


def test_what_the_terminal_cannot_show_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(shown, encoding="ascii"))

    run_command("ask", lambda: print("8 × 8 \ud800") or 0)

    assert shown.getvalue() == b"8 ? 8 ?\n"


def test_one_question_starts_no_thread_pool_but_a_users_wish_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)

    run_command("ask", lambda: 0)

    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    assert os.environ["OMP_NUM_THREADS"] == "4"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")


def test_the_width_is_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    assert width() == 33


@pytest.mark.parametrize(
    ("variables", "setting", "colors"),
    [
        ({}, "auto", True),
        ({}, "never", False),
        ({"NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": ""}, "auto", True),
        ({"TERM": "dumb"}, "auto", False),
    ],
)
def test_a_terminal_takes_colours_unless_they_are_forbidden(
    look: Callable[[], io.StringIO],
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    setting: str,
    colors: bool,
) -> None:
    look()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert in_color(setting) is colors


def test_a_pipe_takes_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert not in_color("auto")


def test_a_full_disk_is_one_line() -> None:
    program = """
import sys
from entrywise.rag.commands.terminal import run_command
sys.exit(run_command("ask", lambda: print("an answer") or 0))
"""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", program],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("ask: cannot write the answer (No space left on device)")


def test_closed_streams_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert run_command("ask", lambda: print("unheard") or 0) == 0
    assert sys.stdin.read() == ""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


@pytest.mark.parametrize("status", [0, 3])
def test_a_process_that_leaves_has_said_all_and_gives_its_status(status: int) -> None:
    program = (
        "import atexit, sys; from entrywise.rag.commands.terminal import leave; "
        "atexit.register(print, 'taken apart'); "
        f"sys.stdout.write('x' * 100_000); sys.stderr.write('y'); leave({status})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (status, "x" * 100_000, "y")


def test_a_full_disk_hides_no_status() -> None:
    program = (
        "import sys; from entrywise.rag.commands.terminal import leave; "
        "sys.stdout = open('/dev/full', 'w'); sys.stdout.write('x'); leave(130)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (130, "")
