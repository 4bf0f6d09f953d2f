"""What both commands have in common: exit codes, one-line errors, widths, colours.

0 done        1 abstained, or `check` found errors    2 usage
3 no index    130 interrupted                         141 the reader of stdout went away
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Callable

from entrywise.data.errors import EntrywiseError, IndexUnusable

DONE = 0
ABSTAINED = 1
USAGE = 2
NO_INDEX = 3
INTERRUPTED = 130
READER_GONE = 141


def run_command(program: str, command: Callable[[], int]) -> int:
    """Run a command; its errors become one line on stderr and an exit code.

    One question needs no thread pools: OpenBLAS alone spends 0.09 s of CPU time on starting one,
    so they are switched off before anything imports numpy.
    """
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = command()
        sys.stdout.flush()
        return status
    except EntrywiseError as error:
        print(f"{program}: {error}", file=sys.stderr)
        return NO_INDEX if isinstance(error, IndexUnusable) else USAGE
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # What is still buffered would raise again when Python closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE


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
