"""Gives batches to workers, any of which may be lost, and what they make of them in order.

A batch whose worker is lost goes to another one. One that is lost with three of them in a row is
most likely what ends them, so the build ends, too.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from entrywise.data.errors import ClusterError
from entrywise.index.encoders.base import Passage

_LOST_WITH = 3
"""Workers: that one is lost beside another thing that fails is not rare, that three are is."""

_SHOWN = 40
"""Characters of a text in a message."""

Result = TypeVar("Result")
Made = TypeVar("Made", covariant=True)


class Batch(NamedTuple):
    """Texts that a worker embeds at once."""

    method: str
    """The method of the worker that is called with the texts; it gives a value for each."""
    texts: Sequence[Passage] | Sequence[str]


class Pool(Protocol[Made]):
    """Workers, which start, embed one batch at a time, and may be lost."""

    def has_idle(self) -> bool:
        """Whether a worker has nothing to do."""
        ...

    def submit(self, number: int, batch: Batch) -> None:
        """Give a batch to a worker that has nothing to do."""
        ...

    def wait(self) -> Iterable[tuple[int, Made | None]]:
        """Wait until something happens; give the batches that ended, by number, with what was made
        of them: None where their worker was lost. A worker may have started instead."""
        ...


def in_order(batches: Iterable[Batch], pool: Pool[Result], ahead: int) -> Iterator[Result]:
    """What a pool makes of batches, in their order.

    Args:
        ahead: how many batches may be in memory at a time: those that are with a worker, that come
            after them, or that are done before an earlier one is.

    Raises:
        ClusterError: a batch was lost again and again.
    """
    coming = enumerate(batches)
    waiting: deque[tuple[int, Batch]] = deque()
    running: dict[int, Batch] = {}
    done: dict[int, Result] = {}
    lost: Counter[int] = Counter()
    following = 0
    while True:
        waiting.extend(islice(coming, ahead - len(waiting) - len(running) - len(done)))
        if not waiting and not running:
            return
        while waiting and pool.has_idle():
            number, batch = waiting.popleft()
            running[number] = batch
            pool.submit(number, batch)
        for number, result in pool.wait():
            batch = running.pop(number)
            if result is not None:
                done[number] = result
                continue
            lost[number] += 1
            if lost[number] == _LOST_WITH:
                raise ClusterError(_told(batch))
            waiting.appendleft((number, batch))
        while following in done:
            yield done.pop(following)
            following += 1


def _told(batch: Batch) -> str:
    first = batch.texts[0]
    text = first.text if isinstance(first, Passage) else first
    return (
        f"{_LOST_WITH} workers were lost with the same {len(batch.texts)} texts, of which the "
        f"first begins {text[:_SHOWN]!r}; look whether the memory of their machines suffices, or "
        "build without Ray to see what ends them"
    )
