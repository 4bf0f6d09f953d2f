"""The workers of a Ray cluster: one actor for each of its processors, with an encoder of its own.

An actor opens the encoder from the bytes of its files, which Ray brings once to each machine: what
is a path here need not be one there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from entrywise import __version__
from entrywise.data.errors import ClusterError
from entrywise.index.cluster.schedule import Batch
from entrywise.index.encoders.base import EncodedPassage, Passage, Vector
from entrywise.index.encoders.registry import open_encoder

_LIBRARIES = ("numpy", "onnxruntime", "tokenizers")

_FAILED_STARTS = 3
"""Workers that are lost before they embed, one after another: something is wrong with all."""

_PATIENCE = 600.0
"""Seconds without any worker: a cluster that grows on demand takes minutes for a machine."""


def versions() -> dict[str, str]:
    """What decides which vectors a text has, besides the encoder."""
    return {"entrywise": __version__, **{name: version(name) for name in _LIBRARIES}}


class Worker:
    """Embeds texts on one processor."""

    def open(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Open an encoder; give the versions of what it runs by.

        Args:
            files: {name: content} of its folder.
        """
        with TemporaryDirectory(ignore_cleanup_errors=True) as name:
            for file, content in files.items():
                (Path(name) / file).write_bytes(content)
            self._encoder = open_encoder(Path(name))
        return versions()

    def passages(self, passages: Sequence[Passage]) -> list[EncodedPassage]:
        """Embed passages, one after the other: several at once are for several processors."""
        return [one for each in passages for one in self._encoder.encode_passages([each])]

    def queries(self, texts: Sequence[str]) -> list[Vector]:
        """Embed questions."""
        return [self._encoder.encode_query(text).vector for text in texts]


class Workers:
    """As many workers as a cluster has processors. Those that are lost are replaced."""

    def __init__(self, ray: ModuleType, files: Mapping[str, bytes]) -> None:
        """Nothing is started before there is something to embed.

        Args:
            ray: connected to the cluster.
            files: {name: content} of the encoder's folder.
        """
        self._ray = ray
        self._files = ray.put(dict(files))
        self._actor = ray.remote(num_cpus=1, max_restarts=0)(Worker)
        # A cluster that grows on demand may have none yet.
        self.count = max(int(ray.cluster_resources().get("CPU", 0)), 1)
        self._starting: dict[Any, Any] = {}
        self._running: dict[Any, tuple[int, Any]] = {}
        self._idle: list[Any] = []
        self._failed_starts = 0

    def has_idle(self) -> bool:
        """Whether a worker has nothing to do."""
        return bool(self._idle)

    def submit(self, number: int, batch: Batch) -> None:
        """Give a batch to a worker that has nothing to do."""
        actor = self._idle.pop()
        self._running[getattr(actor, batch.method).remote(batch.texts)] = number, actor

    def wait(self) -> Iterable[tuple[int, list[Any] | None]]:
        """Wait until a worker has started or a batch has ended, and give the latter; None for a
        batch whose worker was lost.

        Raises:
            ClusterError: workers cannot start, or are of another version.
            Exception: what the encoder raised.
        """
        while len(self._starting) + len(self._running) + len(self._idle) < self.count:
            actor = self._actor.remote()
            self._starting[actor.open.remote(self._files)] = actor
        patience = None if self._running else _PATIENCE
        events = [*self._starting, *self._running]
        ended, _ = self._ray.wait(events, num_returns=1, timeout=patience)
        if not ended:
            raise ClusterError(
                f"no processor of the Ray cluster was free for {_PATIENCE:.0f} s; end what else "
                "runs there, or add machines to it"
            )
        return [event for reference in ended for event in self._event(reference)]

    def close(self) -> None:
        """End all workers."""
        actors = [*self._starting.values(), *self._idle]
        for actor in (*actors, *(actor for _, actor in self._running.values())):
            self._ray.kill(actor)

    def _event(self, reference: Any) -> list[tuple[int, list[Any] | None]]:
        if reference in self._starting:
            self._started(reference, self._starting.pop(reference))
            return []
        number, actor = self._running.pop(reference)
        made, _ = self._made(reference, actor)
        return [(number, made)]

    def _started(self, reference: Any, actor: Any) -> None:
        theirs, lost = self._made(reference, actor)
        if theirs is None:
            self._failed_starts += 1
            if self._failed_starts == _FAILED_STARTS:
                raise ClusterError(
                    f"{_FAILED_STARTS} workers of the Ray cluster could not start ({lost}); on all "
                    f"of its machines: pip install 'entrywise[ray]=={__version__}'"
                )
            return
        self._failed_starts = 0
        if theirs != (ours := versions()):
            name = next(name for name in ours if theirs.get(name) != ours[name])
            raise ClusterError(
                f"the Ray cluster has {name} {theirs.get(name)}, and this machine {ours[name]}: "
                "other vectors could come of it; install the same there"
            )

    def _made(self, reference: Any, actor: Any) -> tuple[Any, str]:
        """What a worker made, which then is idle; or None, and how it was lost.

        Raises:
            Exception: what the encoder raised.
        """
        errors = self._ray.exceptions
        try:
            made = self._ray.get(reference)
        except errors.RayTaskError as error:
            raise error.cause from error
        # Of its process, its machine, the network, or of what it had made.
        except errors.RayError as error:
            self._ray.kill(actor)
            return None, _last_error(error)
        self._idle.append(actor)
        return made, ""


def _last_error(error: Exception) -> str:
    """The line of a message of Ray, which has a traceback or advice, that says what is wrong."""
    first, *rest = str(error).splitlines() or [type(error).__name__]
    return next((line for line in reversed(rest) if "Error: " in line[:60]), first)
