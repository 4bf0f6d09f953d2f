from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.errors import (
    ArgumentTypeError,
    EntrywiseError,
    IndexDamaged,
    IndexMissing,
    QuestionError,
)
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


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where reports of faults are kept."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "entrywise" / "faults"


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (ZeroDivisionError("1 /\n0"), r"an unforeseen fault (ZeroDivisionError: 1 /\n0)"),
        (RecursionError(), "an unforeseen fault (RecursionError)"),
        (KeyError("\x1b[31m"), r"an unforeseen fault (KeyError: '\x1b[31m')"),
        (ArgumentTypeError("the question is None"), "an unforeseen fault (ArgumentTypeError: the"),
        (TimeoutError("a socket"), "an unforeseen fault (TimeoutError: a socket)"),
    ],
)
def test_an_unforeseen_fault_is_one_line_that_names_its_report(
    fault: Exception, named: str, faults: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("ask", raising(fault), ["what is my salary?"]) == 70

    (report,) = faults.iterdir()
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"ask: {named}")
    assert f"; the details are in {report}; please report it" in err
    assert "Traceback (most recent call last)" in report.read_text("utf-8")


def test_with_debug_the_traceback_comes_before_the_line(
    faults: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("ask", raising(ZeroDivisionError()), ["why?", "--debug"]) == 70
    first, *_, last = capsys.readouterr().err.splitlines()
    assert first == "Traceback (most recent call last):"
    assert last.startswith("ask: an unforeseen fault (ZeroDivisionError)")

    run_command("ask", raising(ZeroDivisionError()), ["--", "--debug"])
    assert "Traceback" not in capsys.readouterr().err


def test_memory_that_runs_out_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("ask", raising(MemoryError())) == 70
    assert capsys.readouterr().err == (
        "ask: the memory ran out; end other programs, or ask for less\n"
    )


def test_what_argparse_says_stays_its_own() -> None:
    with pytest.raises(SystemExit) as caught:
        run_command("ask", raising(SystemExit(2)))
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "a.json: cannot be written (No space left on device); free space"),
        (errno.EROFS, "a.json: cannot be written (Read-only file system); its file system"),
        (errno.EACCES, "a.json: cannot be read (Permission denied); make it readable"),
        (errno.ENOENT, "a.json: cannot be read (No such file or directory); check the path"),
        (errno.ENAMETOOLONG, "a.json: cannot be read (File name too long); shorten the name"),
    ],
)
def test_an_error_of_the_system_names_its_file_and_the_remedy(
    number: int, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("ask", raising(OSError(number, os.strerror(number), "a.json"))) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"ask: {remedy}")


def test_an_error_is_one_line_whatever_it_names(capsys: pytest.CaptureFixture[str]) -> None:
    run_command("ask", raising(EntrywiseError("a\nb\x1b[2J\u202e\ud800")))
    assert capsys.readouterr().err == "ask: a\\nb\\x1b[2J\\u202e\\ud800\n"


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


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line(unbuffered: str) -> None:
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
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONUNBUFFERED": unbuffered,
            },
        )
    assert (done.returncode, done.stderr) == (
        2,
        "ask: stdout: cannot be written (No space left on device); free space on its disk\n",
    )


def test_where_nobody_can_be_told_the_status_is_all_the_same() -> None:
    program = """
import sys
from entrywise.rag.commands.terminal import run_command
sys.exit(run_command("ask", lambda: 1 // 0))
"""
    # What was not written is still held when Python ends.
    buffered = {"PYTHONUNBUFFERED": "", "PYTHONPATH": os.pathsep.join(sys.path)}
    environment = {**os.environ, **buffered}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-c", program], stderr=full, env=environment)
    assert done.returncode == 70


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
