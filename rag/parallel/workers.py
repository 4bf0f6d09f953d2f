"""Work in order on all cores: by this process while little waits, by one process a core when much
does. What one gives comes when it is there and all before it have come; nothing is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, suppress
from queue import Empty, Queue
from typing import Any, Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Item], Result]

# A process is ready after about 0.25 s: on two cores 128 questions take as long with processes as
# without, 64 take 0.1 s longer, 300 take three quarters.
_MANY = 128
# Items for each process that are on their way or wait to be taken: enough that none ever idles.
_WINDOW = 8
_READ_AHEAD = 1_000


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    items: Iterable[Item],
    work: Work[Item, Result],
    opening: Callable[[], Work[Item, Result]] | None = None,
    processes: int | None = None,
) -> Generator[Future[Result], None, None]:
    """The outcome of the work on each item, in order, done.

    Args:
        items: read in a thread of its own, at most 1,000 ahead.
        work: what this process does.
        opening: opens the same in another process, and can be pickled; without it this process
            does all.
        processes: how many others; by default one for each core, and none where there is one.
    """
    count = cores() if processes is None else processes
    workers: _Workers[Item, Result] | None = None
    with closing(_ReadAhead(items)) as ahead, ExitStack() as stack:
        if opening is None or count < 2:
            yield from (_done(work, item) for item in ahead)
            return
        for item in ahead:
            if workers is None and ahead.waiting >= _MANY:
                workers = stack.enter_context(_Workers(opening, work, count))
            if workers is None:
                yield _done(work, item)
                continue
            workers.take(item)
            while workers.has_enough or (workers.has_some and not ahead.waiting):
                yield workers.next_done()
        while workers and workers.has_some:
            yield workers.next_done()


class _Workers(Generic[Item, Result]):
    """Processes, and the items that they work on."""

    def __init__(
        self, opening: Callable[[], Work[Item, Result]], work: Work[Item, Result], count: int
    ) -> None:
        self._work = work
        self._most = count * _WINDOW
        self._taken: deque[tuple[Item, Future[Result] | None]] = deque()
        self._pool = ProcessPoolExecutor(
            count,
            # Threads of ONNX Runtime do not survive a fork.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(opening,),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        """Stop the processes, whatever they have not begun."""
        self._pool.shutdown(cancel_futures=True)

    @property
    def has_some(self) -> bool:
        """Whether items are on their way."""
        return bool(self._taken)

    @property
    def has_enough(self) -> bool:
        """Whether so many are that no process will idle."""
        return len(self._taken) >= self._most

    def take(self, item: Item) -> None:
        """Have an item worked on."""
        try:
            self._taken.append((item, self._pool.submit(_do, item)))
        except BrokenProcessPool:
            self._taken.append((item, None))

    def next_done(self) -> Future[Result]:
        """Wait for the item that comes next. What a killed process leaves is done by this one."""
        item, future = self._taken.popleft()
        if future is None or isinstance(future.exception(), BrokenProcessPool):
            return _done(self._work, item)
        return future


class _ReadAhead(Generic[Item]):
    """Items that are read by a thread, before somebody wants them."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._queue: Queue[Future[Item] | None] = Queue(_READ_AHEAD)
        self._closed = False
        threading.Thread(target=self._read, args=(items,), daemon=True).start()

    @property
    def waiting(self) -> int:
        """How many wait to be taken."""
        return self._queue.qsize()

    def close(self) -> None:
        """Read nothing more."""
        self._closed = True
        with suppress(Empty):
            # Room for what the thread may be waiting to put there.
            self._queue.get_nowait()

    def __iter__(self) -> Iterator[Item]:
        while (read := self._queue.get()) is not None:
            yield read.result()

    def _read(self, items: Iterable[Item]) -> None:
        reading = iter(items)
        while not self._closed:
            read: Future[Item] = Future()
            try:
                read.set_result(next(reading))
            except StopIteration:
                break
            except Exception as error:
                # Raised again by who takes it; nothing can be read behind it.
                read.set_exception(error)
                self._queue.put(read)
                break
            self._queue.put(read)
        if not self._closed:
            self._queue.put(None)


def _done(work: Work[Item, Result], item: Item) -> Future[Result]:
    done: Future[Result] = Future()
    try:
        done.set_result(work(item))
    # Whatever it is, it is the outcome: who asks for the result gets it raised.
    except Exception as error:
        done.set_exception(error)
    return done


# What a process does, opened when it starts.
_working: Work[Any, Any] | None = None


def _start(opening: Callable[[], Work[Any, Any]]) -> None:
    """Open the work of a new process, which ends with the one that started it."""
    global _working
    # Ctrl-C reaches all processes of a terminal: the one that started this one sees to it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _working = opening()


def _end_with_parent() -> None:
    """End when the process that started this one is killed: it could not say so."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        sys.stderr.flush()
        os._exit(1)


def _do(item: Any) -> Any:
    assert _working is not None
    return _working(item)
