"""A progress bar for what takes over a second."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def progress_bar(unit: str) -> Iterator[Progress]:
    """A bar on stderr, where that is a terminal; moved by a call with (done, total)."""
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", file=sys.stderr, leave=False, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
