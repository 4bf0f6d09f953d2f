"""Writes vectors to be searched: all at once, or as they come."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors
from entrywise.index.vectors import cells, codes
from entrywise.index.vectors.accuracy import EXACT, Accuracy

WHOLE_UP_TO = 10_000
"""Up to here vectors are kept whole unless told otherwise, 15 MB; above it in 8 bits."""
FLAT_UP_TO = 1_000_000
"""Up to here a search looks at all of them: their number times 384 bytes, read once. Beyond, it
does where cells save nothing."""
_AT_ONCE, _WAITING = 16_384, 1_024
"""Vectors that are added together: 25 MB, and of those that wait for it 1.5."""


def write(path: Path, vectors: Vectors, *, compact: bool = False) -> Accuracy:
    """Write vectors, float32 (n, dim) of unit length, and tell how a search finds them.

    Args:
        vectors: they may be mapped from a file, and are read in blocks.
        compact: keep 8 bits of each number, if all fit, also where there are few. A search reads a
            quarter and takes 0.4 ms among 16,310 instead of 0.95 (with 16 bits 0.65); cosines move
            by 0.0004 on average, those of a vector with itself by 0.006 at most.
    """
    import faiss

    count, dim = vectors.shape
    if count > FLAT_UP_TO and (found := cells.in_cells(vectors)):
        index, accuracy = found
        _save(index, path)
        return accuracy
    flat: Any = faiss.IndexFlatIP(dim)
    if (compact or count > WHOLE_UP_TO) and codes.fit(vectors):
        flat = codes.new_index(dim)
    small = codes.holds_codes(flat)
    for first in range(0, count, _AT_ONCE):
        block = np.ascontiguousarray(vectors[first : first + _AT_ONCE])
        flat.add(codes.coded(block) if small else block)
    _save(flat, path)
    return EXACT


class VectorWriter:
    """Writes vectors as they come, so that no more than the index is in memory.

    >>> with VectorWriter(path, count=2, dim=384) as writer:            # doctest: +SKIP
    ...     writer.add(vectors)
    """

    def __init__(self, path: Path, count: int, dim: int, *, known_codes: int = 0) -> None:
        """For `count` vectors in all: many are looked at before they are written.

        Args:
            known_codes: how many vectors an index holds whose codes are taken over; where there are
                many they stay codes, as long as all fit, and what was found of cells stays so.
        """
        import faiss

        self.accuracy = EXACT
        """How a search finds them, once they are written."""
        self._path = path
        self._spooled = path.with_suffix(".raw") if count > WHOLE_UP_TO else None
        is_decided = count <= FLAT_UP_TO or known_codes > FLAT_UP_TO
        self._in_codes = known_codes > 0 and count > WHOLE_UP_TO and is_decided
        self._index: Any = codes.new_index(dim) if self._in_codes else faiss.IndexFlatIP(dim)
        self._waiting: list[Vectors] = []
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        if fault[0] is None:
            self._finish()

    def add(self, vectors: Vectors) -> None:
        """Add the next ones, float32 (n, dim), unit length.

        Raises:
            OSError: it cannot be written.
        """
        self._waiting.append(vectors)
        self._count += len(vectors)
        if self._count >= _WAITING:
            self._flush()

    def add_codes(self, rows: NDArray[np.uint8]) -> None:
        """Add the next ones as an index that holds codes keeps them, uint8 (n, dim)."""
        self._flush()
        if self._in_codes:
            self._index.add_sa_codes(rows)
        else:
            self.add(codes.of_kept(rows))

    def _flush(self) -> None:
        if not self._waiting:
            return
        block = np.concatenate([np.empty((0, self._index.d), np.float32), *self._waiting])
        self._waiting.clear()
        self._count = 0
        if self._in_codes and not codes.fit(block):
            self._in_codes = False
            self._write(codes.of_kept(codes.kept(self._index)))
        self._write(block)

    def _write(self, block: Vectors) -> None:
        if self._in_codes:
            self._index.add(codes.coded(block))
        elif self._spooled:
            with self._spooled.open("ab") as file:
                file.write(block.tobytes())
        else:
            self._index.add(block)

    def _finish(self) -> None:
        self._flush()
        if self._in_codes or not self._spooled:
            _save(self._index, self._path)
            return
        vectors = np.memmap(self._spooled, np.float32, "r").reshape(-1, self._index.d)
        self.accuracy = write(self._path, vectors)
        self._spooled.unlink()


def _save(index: Any, path: Path) -> None:
    """Write a FAISS index.

    Raises:
        OSError: it cannot be written; FAISS tells a full disk by a bare RuntimeError.
    """
    import faiss

    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise OSError(errno.ENOSPC, f"{path.name} cannot be written") from error
