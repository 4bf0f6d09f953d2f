"""What a build embeds, by which encoder; and the encoders that it leaves in the index.

Passages are embedded by the model, questions by the query encoder, as they are when they are asked.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.data.source import shipped
from entrywise.index.encoders.export import export
from entrywise.index.encoders.passage_graph import PassageGraph
from entrywise.index.encoders.sentence_transformer import BATCH_SIZE, PassageEncoder
from entrywise.index.encoders.shipped import DEFAULT_MODEL
from entrywise.index.index import Index, open_query_encoder
from entrywise.index.layout import Layout
from entrywise.index.sample_questions import label

Embedded = dict[str, NDArray[np.float32]]
"""{text: its vector, float32 (dim,), unit length}."""

_SMOOTHED = 64
"""One in so many questions of the shipped glossary is looked at: 255."""
_COMPARED = 4
"""The longest passages are embedded twice, to see whether an update may do without PyTorch."""
_LONG = "word " * 300
"""More than most models read: where one stops matters to the passages of an update."""


def open_passage_encoder(model: str = DEFAULT_MODEL, adapter: Path | None = None) -> PassageEncoder:
    """The encoder of passages.

    Raises:
        EntrywiseError: there is no such model or adapter on this machine.
    """
    return PassageEncoder(model, adapter)


def embed_passages(
    texts: list[str], encoder: PassageEncoder, old: Index | None, progress: Callable[[int], None]
) -> Embedded:
    """Embed passages; an update does without PyTorch where the index that it replaces can.

    Texts of like length share a batch: less padding, twice as fast.
    """
    if not texts:
        return {}
    embedding: PassageEncoder | PassageGraph = encoder
    if old and old.layout.passage_graph.exists():
        embedding = PassageGraph(old.layout.passage_graph, encoder)
    ordered = sorted(texts, key=len)
    vectors: Embedded = {}
    for batch in embedding.encode_passages(ordered):
        vectors |= zip(ordered[len(vectors) :], batch, strict=False)
        progress(len(vectors))
    return vectors


def embed_questions(texts: list[str], layout: Layout, progress: Callable[[int], None]) -> Embedded:
    """Embed asked questions by the query encoder of an index: each in 1.4 ms."""
    if not texts:
        return {}
    encoder = open_query_encoder(layout)
    vectors: Embedded = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for text, encoded in zip(texts, pool.map(encoder.encode_query, texts), strict=True):
            vectors[text] = encoded.vector
            if len(vectors) % BATCH_SIZE == 0 or len(vectors) == len(texts):
                progress(len(vectors))
    return vectors


def write_encoders(
    layout: Layout, encoder: PassageEncoder, old: Index | None, passages: Embedded
) -> None:
    """Export the encoders, or take them over from an index with the same weights.

    Args:
        passages: what the model embedded. The graph for updates is kept if it does the same.
    """
    if old is None:
        # Questions of the shipped glossary serve every knowledge base: what is large in a model
        # depends little on the text, and a small knowledge base has too few of its own.
        questions, _ = label(shipped())
        export(encoder, questions[::_SMOOTHED], layout)
        if not _agrees(layout, encoder, [*sorted(passages, key=len)[-_COMPARED:], _LONG]):
            layout.passage_graph.unlink()
        return
    exported = (layout.encoder, layout.encoder_weights, layout.passage_graph, layout.tokenizer)
    for path in exported:
        if (old.root / path.name).exists():
            shutil.copyfile(old.root / path.name, path)


def _agrees(layout: Layout, encoder: PassageEncoder, texts: list[str]) -> bool:
    """Whether the graph for updates embeds texts as the model does; one that cannot be opened does
    not."""
    with suppress(IndexDamaged):
        graph = PassageGraph(layout.passage_graph, encoder)
        vectors = np.concatenate(list(encoder.encode_passages(texts)))
        return graph.agrees(dict(zip(texts, vectors, strict=True)))
    return False
