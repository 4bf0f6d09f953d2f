"""What both commands have in common: exit codes, one-line errors, widths, colours.

0 done        1 abstained, or `check` found errors    2 usage
3 no index    4 the LLM failed and was required       70 an unforeseen fault
130 interrupted    141 the reader of stdout went away

No exception leaves a command: what was foreseen is said in one line with its remedy, what was not
in one line that names the file with its traceback. `--debug` prints tracebacks on stderr.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TextIO

from entrywise.data.errors import BackendError, CallError, EntrywiseError, IndexUnusable

DONE = 0
ABSTAINED = 1
USAGE = 2
NO_INDEX = 3
LLM_FAILED = 4
FAULT = 70
INTERRUPTED = 130
READER_GONE = 141
_STATUS = {IndexUnusable: NO_INDEX, BackendError: LLM_FAILED}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DEBUG = "--debug"
_LONGEST_REASON = 200


def run_command(
    program: str, command: Callable[[], int], arguments: Sequence[str] | None = None
) -> int:
    """Run a command; its errors become one line on stderr and an exit code.

    Args:
        arguments: those of the command; by default the process's. With `--debug` among them,
            tracebacks are printed before that line.
    """
    _prepare()
    told = sys.argv[1:] if arguments is None else arguments
    try:
        status = command()
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        say("")
        return INTERRUPTED
    except BrokenPipeError:
        _give_up(sys.stdout)
        return READER_GONE
    # The boundary: beyond it there is nobody to tell.
    except Exception as error:
        if _is_debugged(told):
            _print_traceback(error)
        text, status = fault_of(error, [program, *told])
        say(f"{program}: {text}")
        return status


def _prepare() -> None:
    """Set up the process: one question needs no thread pools. OpenBLAS alone spends 0.09 s of CPU
    time on starting one, so they are switched off before anything imports numpy."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    for name in ("stdin", "stdout", "stderr"):
        # None where the caller closed it; what stands in lives as long as the process.
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w"))  # noqa: SIM115 (stays open)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def fault_of(error: Exception, command: Sequence[str]) -> tuple[str, int]:
    """What is said of an error, in one line, and the exit code; a report of it is kept where nobody
    foresaw it.

    Args:
        command: the program and its arguments.
    """
    text, status = _told(error, command)
    return escaped_line(text), status


def _told(error: Exception, command: Sequence[str]) -> tuple[str, int]:
    # A caller's mistake is ours: people do not call, they type.
    if isinstance(error, EntrywiseError) and not isinstance(error, CallError):
        found = (status for kind, status in _STATUS.items() if isinstance(error, kind))
        return str(error), next(found, USAGE)
    if isinstance(error, OSError):
        from entrywise.data.system_errors import unreadable, unwritable

        # Before anything is asked of stdout, which may still hold what it could not write.
        if error.filename is None and _cannot_print(error):
            _give_up(sys.stdout)
            return unwritable("stdout", error), USAGE
        if error.filename is not None:
            place = error.filename if error.filename2 is None else error.filename2
            writes = error.errno in (*_FULL, errno.EROFS)
            return (unwritable if writes else unreadable)(str(place), error), USAGE
    return _unforeseen(error, command), FAULT


def _unforeseen(error: Exception, command: Sequence[str]) -> str:
    from entrywise.rag.log.fault_report import keep_report

    if isinstance(error, MemoryError):
        return "the memory ran out; end other programs, or ask for less"
    path = keep_report(error, command)
    reason = escaped_line(str(error))[:_LONGEST_REASON]
    fault = f"an unforeseen fault ({type(error).__name__}{': ' if reason else ''}{reason})"
    details = f"the details are in {path}" if path else f"{_DEBUG} shows the details"
    return f"{fault}; {details}; please report it where you got Entrywise from"


def add_debug(parser: argparse.ArgumentParser) -> None:
    """Add the option that `run_command` looks for."""
    parser.add_argument(_DEBUG, action="store_true", help="print the traceback of an error")


def _is_debugged(arguments: Sequence[str]) -> bool:
    """Whether `--debug` is an option among arguments; as argparse takes it, shortened too."""
    options = list(arguments)
    if "--" in options:
        options = options[: options.index("--")]
    return any(len(one) > 2 and _DEBUG.startswith(one) for one in options)


def _print_traceback(error: Exception) -> None:
    import traceback

    say("".join(traceback.format_exception(error)).rstrip())


def say(text: str) -> None:
    """Print a line on stderr; nothing where stderr cannot be written, as nobody is left to hear."""
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _give_up(sys.stderr)


def escaped_line(text: str) -> str:
    """A text on one line, without what could steer a terminal.

    >>> escaped_line("a\\nb")
    'a\\\\nb'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _cannot_print(error: OSError) -> bool:
    """Whether an error came of printing: stdout still holds what it could not write, unless it
    holds nothing at all."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return True
    return bool(getattr(sys.stdout, "write_through", False)) and error.errno in _FULL


def leave(status: int) -> NoReturn:
    """End a process whose command has returned, without taking apart what it holds.

    The system takes back memory and files at once; Python, ONNX Runtime and FAISS need 0.05 s for
    it, a sixth of the processor time of a question. What had to be closed is closed.
    """
    for stream in (sys.stdout, sys.stderr):
        # What could not be written was said, or nobody is left to hear it.
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _give_up(stream: TextIO) -> None:
    """Drop what is still buffered: it would raise again when Python closes the stream at exit, and
    be the exit code then."""
    # What stands in for a stream may be no file.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def positive(text: str) -> int:
    """The value of an option that counts something."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def width() -> int:
    """The width of the terminal in columns; 80 when stdout is none."""
    return shutil.get_terminal_size((80, 24)).columns


def in_color(setting: str) -> bool:
    """Whether stdout takes colours: a terminal, and neither NO_COLOR nor the setting forbid it."""
    allowed = setting == "auto" and not os.environ.get("NO_COLOR")
    return allowed and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
