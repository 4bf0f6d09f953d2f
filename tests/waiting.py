"""Waiting for what another thread or process does."""

from __future__ import annotations

import time
from collections.abc import Callable

_PATIENCE = 60.0
"""Seconds: how long a failure takes; no success waits for it."""


def until(happens: Callable[[], bool], every: float = 0.02) -> None:
    """Wait until something happens, looking again and again."""
    end = time.monotonic() + _PATIENCE
    while not happens():
        assert time.monotonic() < end
        time.sleep(every)
