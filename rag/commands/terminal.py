"""What both commands have in common: exit codes, one-line errors, widths, colours.

0 done        1 abstained, or `check` found errors    2 usage
3 no index    4 the LLM failed and was required       130 interrupted
141 the reader of stdout went away
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from entrywise.data.errors import BackendError, EntrywiseError, IndexUnusable

DONE = 0
ABSTAINED = 1
USAGE = 2
NO_INDEX = 3
LLM_FAILED = 4
INTERRUPTED = 130
READER_GONE = 141
_STATUS = {IndexUnusable: NO_INDEX, BackendError: LLM_FAILED}


def run_command(program: str, command: Callable[[], int]) -> int:
    """Run a command; its errors become one line on stderr and an exit code.

    One question needs no thread pools: OpenBLAS alone spends 0.09 s of CPU time on starting one,
    so they are switched off before anything imports numpy.
    """
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    for name in ("stdin", "stdout", "stderr"):
        # None where the caller closed it; what stands in lives as long as the process.
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w"))  # noqa: SIM115 (stays open)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = command()
        sys.stdout.flush()
        return status
    except EntrywiseError as error:
        print(f"{program}: {error}", file=sys.stderr)
        return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), USAGE)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_stdout()
        return READER_GONE
    except OSError as error:
        _give_up_stdout()
        print(f"{program}: cannot write the answer ({error.strerror}); make room", file=sys.stderr)
        return USAGE


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


def _give_up_stdout() -> None:
    """Drop what is still buffered: it would raise again when Python closes stdout at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
