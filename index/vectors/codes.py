"""8-bit codes of vectors for search: whole numbers from -127 to 127, which FAISS keeps as bytes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.base import Vectors

_LARGEST = 127


def codes_of(vectors: Vectors) -> NDArray[np.int8]:
    """What a compact index keeps of vectors, float32 (n, dim): int8 (n, dim)."""
    return coded(vectors).astype(np.int8)


def of_codes(codes: NDArray[np.int8]) -> Vectors:
    """The vectors that `codes_of` made codes of, as a compact index gives them."""
    vectors: Vectors = codes.astype(np.float32) / np.float32(scale(codes.shape[-1]))
    return vectors


def fit(vectors: Vectors) -> bool:
    """Whether all numbers of vectors, float32 (n, dim), have a code: a model may have one dimension
    that is larger than all others."""
    largest = np.abs(vectors).max(initial=0.0) * scale(vectors.shape[-1])
    return bool(np.rint(largest) <= _LARGEST)


def coded(vectors: Vectors) -> Vectors:
    """The codes of vectors as numbers that FAISS takes, float32 (n, dim)."""
    scaled: Vectors = np.rint(vectors * np.float32(scale(vectors.shape[-1])))
    return scaled.clip(-_LARGEST, _LARGEST)


def scale(dim: int) -> float:
    """What numbers of unit vectors are multiplied by: those up to six standard deviations fit."""
    return _LARGEST / 6 * math.sqrt(dim)


def new_index(dim: int) -> Any:
    """An empty FAISS index that holds what `coded` makes."""
    import faiss

    kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
    return faiss.IndexScalarQuantizer(dim, kind, faiss.METRIC_INNER_PRODUCT)


def kept(index: Any) -> NDArray[np.uint8]:
    """What such an index keeps, uint8 (n, dim), as it is in its memory: each number and 128."""
    import faiss

    if not index.ntotal:
        return np.empty((0, index.d), np.uint8)
    rows: NDArray[np.uint8] = faiss.rev_swig_ptr(index.codes.data(), index.ntotal * index.d)
    return rows.reshape(-1, index.d)


def of_kept(rows: NDArray[np.uint8]) -> Vectors:
    """The vectors of what an index keeps, float32 (n, dim)."""
    vectors: Vectors = (rows.astype(np.float32) - 128) / np.float32(scale(rows.shape[1]))
    return vectors


def holds_codes(index: Any) -> bool:
    """Whether a FAISS index holds what `coded` makes."""
    import faiss

    kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
    return isinstance(index, faiss.IndexScalarQuantizer) and index.sq.qtype == kind
