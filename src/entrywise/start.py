"""The commands `ask` and `entrywise`, as processes of their own.

Most of the first tenth of a second goes into imports. An interrupt ends the process then as it does
later: with the exit code 130, and without a traceback. So nothing is imported before that is so.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

_INTERRUPTED = 130


def ask() -> NoReturn:
    """Run the command `ask`."""
    _end_when_interrupted()
    from entrywise.rag.commands.ask import run

    _raise_when_interrupted()
    run()


def entrywise() -> NoReturn:
    """Run the command `entrywise`."""
    _end_when_interrupted()
    from entrywise.__main__ import main

    _raise_when_interrupted()
    sys.exit(main())


def _end_when_interrupted() -> None:
    # What a shell starts in the background ignores interrupts, and goes on doing so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))


def _raise_when_interrupted() -> None:
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
