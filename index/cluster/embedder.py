"""Embeds the texts of a build on a Ray cluster.

>>> build_index(knowledge_base, folder, embedder=on_ray("auto"))        # doctest: +SKIP

Actors and their results are all it takes: Ray Data, which streams tables, would bring Arrow and
pandas for two kinds of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from entrywise.index.cluster.connection import check_address, connected
from entrywise.index.cluster.schedule import Batch, in_order
from entrywise.index.cluster.workers import Workers
from entrywise.index.encoders.base import EncodedPassage, Encoder, EncoderConfig, Passage, Vector
from entrywise.index.encoders.registry import ENCODER_FILES

_TOGETHER = 32
"""Texts in a batch. Passages take most of a second, which is what a lost worker costs, and
milliseconds to be brought there."""

_AHEAD = 4
"""Batches in memory for each worker: it has one, and may be ahead of a slow one by some."""


def on_ray(address: str) -> Callable[[Encoder, Path], AbstractContextManager[RayEmbedder]]:
    """What opens an embedder on a Ray cluster.

    Args:
        address: `local` starts Ray on this machine and ends it; `auto` is the cluster that this
            machine belongs to, HOST:PORT that of this head. Of a program that is connected to a
            cluster already, that one is taken.

    Raises:
        ClusterError: Ray is not installed, this is no address, or nothing answers there.
    """
    check_address(address)

    @contextmanager
    def opened(encoder: Encoder, folder: Path) -> Iterator[RayEmbedder]:
        paths = [folder / name for name in ENCODER_FILES]
        files = {path.name: path.read_bytes() for path in paths if path.exists()}
        with connected(address) as ray, closing(Workers(ray, files)) as workers:
            yield RayEmbedder(encoder.config, workers)

    return opened


class RayEmbedder:
    """Embeds texts by the workers of a cluster, in the given order."""

    def __init__(self, config: EncoderConfig, workers: Workers) -> None:
        """It embeds as the encoder of this configuration, which the workers have."""
        self.config = config
        self._workers = workers

    def passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        """Embed passages."""
        return self._embedded("passages", passages)

    def queries(self, texts: Iterable[str]) -> Iterator[Vector]:
        """Embed questions."""
        # What a build keeps to its end must not hold Ray's memory, where batches lie.
        return map(np.array, self._embedded("queries", texts))

    def _embedded(self, method: str, texts: Iterable[Any]) -> Iterator[Any]:
        rest = iter(texts)
        batches = iter(lambda: Batch(method, [*islice(rest, _TOGETHER)]), Batch(method, []))
        for made in in_order(batches, self._workers, _AHEAD * self._workers.count):
            yield from made
