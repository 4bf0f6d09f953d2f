"""`entrywise serve --workers`: several processes that answer at one address, as one server would.

parent ─ binds the address, makes a folder for what they share ─▶ workers, each with the index open
   │                                                              limits: an SQLite file there
   └─ starts another one for each that dies, ends all with it     metrics: added up over all of them

On Linux workers are forks of one process that has imported what they need (`preload.py`).
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from multiprocessing.util import get_temp_dir
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn import _subprocess
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from entrywise.rag.settings import PREFIX, Settings
from entrywise.web.app import create_app, settled
from entrywise.web.gate.connections import GRACE
from entrywise.web.gate.limiter import Limiter

_METRICS = "PROMETHEUS_MULTIPROC_DIR"
_RELOADS = "_ENTRYWISE_RELOADS"
_LISTENING = "_ENTRYWISE_LISTENING"
"""The folder of the socket at which the process listens that workers are forked from."""
_LONGEST = 75
"""The most characters of the path of the folder for temporary files: that of a socket has at most
107 characters, 32 of which are its name and that of its own folder."""

# Seconds in which a worker has to show that it lives. One that imports, or whose processor is
# shared, needs some; one that hangs is killed, and another one takes its place.
_SIGN_OF_LIFE = 30

# Seconds that a worker has beyond its own grace until it is killed.
_LAST = 2.0


def serve_with_workers(
    settings: Settings, workers: int, how: Mapping[str, Any], *, reload: bool
) -> int:
    """Serve with several processes until this one is ended.

    Args:
        settings: of them, `index`, `rate_limit` and `rate_limit_store` are handed on; the workers
            read the others by themselves.
        how: uvicorn's settings.
        reload: each of them takes up a new generation of the index by itself.

    Returns:
        0, or 3 where a worker could not be started; it has said why.

    Raises:
        SettingsError: the limits cannot be kept.
    """
    with (
        TemporaryDirectory(prefix="entrywise-") as folder,
        _environment(_handed_on(settings, Path(folder), reload)),
        _forking(),
    ):
        config = uvicorn.Config(
            f"{__name__}:create_worker",
            factory=True,
            workers=workers,
            timeout_worker_healthcheck=_SIGN_OF_LIFE,
            **how,
        )
        with config.bind_socket() as listening:
            supervisor = _Supervisor(config, [listening])
            supervisor.run()
    failed = any(worker.exitcode == STARTUP_FAILURE for worker in supervisor.processes)
    return STARTUP_FAILURE if failed else 0


def create_worker() -> FastAPI:
    """The application of one worker, which ends with its parent, however that ends."""
    if parent := parent_process():
        Thread(target=_end_with, args=(parent,), daemon=True).start()
    return settled(create_app(reload=os.environ[_RELOADS] == str(True)))


class _Supervisor(Multiprocess):
    """Starts workers and ends them, for sure."""

    def join_all(self) -> None:
        """Wait until all have ended; kill who takes longer than it may."""
        until = time.monotonic() + GRACE + _LAST
        for worker in self.processes:
            worker.process.join(max(0.0, until - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _handed_on(settings: Settings, folder: Path, reload: bool) -> dict[str, str]:
    """What the workers find in their environment."""
    store = settings.rate_limit_store
    if settings.rate_limit and not store:
        store = str(folder / "counts.sqlite")
    # What is wrong with it is said here, once.
    Limiter(settings.rate_limit, store).close()
    metrics = folder / "metrics"
    metrics.mkdir()
    return {
        f"{PREFIX}INDEX": settings.index,
        f"{PREFIX}RATE_LIMIT_STORE": store,
        # It has to be there before the library is imported.
        _METRICS: str(metrics),
        _RELOADS: str(reload),
    }


@contextmanager
def _forking() -> Iterator[None]:
    """Start workers as forks of a process that has imported what all of them need, and does nothing
    else: a worker then has 57 MB of its own instead of 98, and is there in half the time. Each is
    started from nothing where forks may fail, which is anywhere but on Linux, and where the path
    of the socket that this process listens at would be too long."""
    if sys.platform != "linux" or len(gettempdir()) > _LONGEST:
        yield
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["entrywise.web.preload"])
    # uvicorn has no setting for how it starts processes, and this name is typed as the one way
    # that it knows; both have what it uses.
    before = _subprocess.spawn
    _subprocess.spawn = context  # type: ignore[assignment]
    try:
        with _environment({_LISTENING: get_temp_dir()}):
            yield
    finally:
        _subprocess.spawn = before


@contextmanager
def _environment(named: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in named}
    os.environ.update(named)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _end_with(parent: BaseProcess) -> None:
    """End this process when its parent was killed, and tidy up for it."""
    parent.join()
    shutil.rmtree(Path(os.environ[_METRICS]).parent, ignore_errors=True)
    if forks := os.environ.get(_LISTENING):
        shutil.rmtree(forks, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)
