"""Draws the map of a knowledge base, from what an index that is being built says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.index.encoders.base import Vectors
from entrywise.index.layout import Layout
from entrywise.index.map.labels import is_leftward, label, named_from
from entrywise.index.map.links import Ordinals, links_among, links_of, most_linked
from entrywise.index.map.map import DIGEST, DOT, Dots, Map, ViewName
from entrywise.index.map.views import Positions, by_links, by_meaning

MOST_DOTS = 1_000
"""More cannot be told apart, and twice as many take five times as long to lay out."""


def write_map(
    layout: Layout,
    entries: Sequence[Entry],
    old: Map | None = None,
    before: Ordinals | None = None,
) -> None:
    """Draw entries whose chunks and sentences are written, with their vectors, and write the map.

    Args:
        old: the map of the index that is replaced, where its encoder is the same: a view of which
            nothing changed keeps its places.
        before: where each entry is in that index, -1 where it is other.

    Raises:
        OSError: it cannot be written.
    """
    links = links_of(entries)
    drawn = most_linked(len(entries), links, MOST_DOTS)
    dots = np.zeros(len(drawn), DOT)
    dots["entry"] = drawn
    dots["text"] = _texts(layout, drawn)
    made = Map(dots, links_among(drawn, links, len(entries)))
    _place_by_links(made, old)
    _place_by_meaning(made, old, layout)
    is_same = before is not None and old and np.array_equal(before[drawn], old.dots["entry"])
    letters = [len(label(entries[ordinal].short_name)) for ordinal in drawn.tolist()]
    for view in get_args(ViewName):
        points = made.points(view)
        if old and is_same and np.array_equal(points, old.points(view)):
            dots[view]["zoom"] = old.dots[view]["zoom"]
        else:
            dots[view]["zoom"] = named_from(points, letters, is_leftward(points))
    made.write(layout.map, layout.map_links)


def _place_by_links(made: Map, old: Map | None) -> None:
    dots = made.dots
    if old and len(old.dots) == len(dots) and np.array_equal(old.links, made.links):
        dots["links"] = old.dots["links"]
    else:
        _put(dots, "links", by_links(len(dots), made.links))


def _place_by_meaning(made: Map, old: Map | None, layout: Layout) -> None:
    """In the order of the knowledge base: another link changes that of the dots, but no meaning."""
    dots = made.dots
    order = np.argsort(dots["entry"])
    before = old.dots[np.argsort(old.dots["entry"])] if old else None
    if before is not None and np.array_equal(before["text"], dots["text"][order]):
        dots["meaning"][order] = before["meaning"]
    else:
        positions = by_meaning(_means(layout, dots["entry"][order]))
        _put(dots, "meaning", positions[np.argsort(order)])


def _texts(layout: Layout, drawn: Ordinals) -> NDArray[np.uint8]:
    """A digest of what was embedded of each entry, uint8 (n, DIGEST)."""
    digests = np.load(layout.chunk_digests, allow_pickle=False)
    told = [
        hashlib.blake2b(digests[first:last].tobytes(), digest_size=DIGEST).digest()
        for first, last in _rows(np.load(layout.chunks, mmap_mode="r"), drawn)
    ]
    return np.frombuffer(b"".join(told), np.uint8).reshape(-1, DIGEST)


def _means(layout: Layout, drawn: Ordinals) -> Vectors:
    """The mean of the sentence vectors of each entry, float32 (n, dim) of unit length; zero for an
    entry without text."""
    codes = np.load(layout.sentence_vectors, mmap_mode="r")
    means = np.zeros((len(drawn), codes.shape[1]), np.float32)
    stretches = _rows(np.load(layout.sentences, mmap_mode="r"), drawn)
    for mean, (first, last) in zip(means, stretches, strict=True):
        mean += _unit(codes[first:last].astype(np.float32)).sum(axis=0)
    return _unit(means)


def _rows(spans: NDArray[np.int32], drawn: Ordinals) -> list[tuple[int, int]]:
    """From where to where the spans of each entry are; exclusive."""
    owners = spans[:, 0]
    ends = (np.searchsorted(owners, drawn, side).tolist() for side in ("left", "right"))
    return list(zip(*ends, strict=True))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _put(dots: Dots, view: ViewName, positions: Positions) -> None:
    dots[view]["x"], dots[view]["y"] = positions.T
