"""Whether an encoder embeds as the model that it was made of."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.data.source import shipped
from entrywise.index.encoders.base import Passage, Vectors
from entrywise.index.encoders.onnx.encoder import OnnxEncoder
from entrywise.index.encoders.sentence_transformers.model import ModelFacts
from entrywise.index.graphs.libraries import quiet

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_COMPARED = 32
_LONG = 1000
"""Words of one question, more than most models read: where one stops matters."""


def parity(folder: Path, expected: Vectors) -> tuple[float, float]:
    """The least and the median cosine of an encoder's vectors with those of its model; of questions
    or of passages, whichever is lower."""
    encoder = OnnxEncoder(folder)
    asked, told = texts_compared(encoder.config.max_pieces)
    questions = [encoder.encode_query(text).vector for text in asked]
    passages = [one.vector for one in encoder.encode_passages(map(Passage, told))]
    cosines = np.sum(np.array([*questions, *passages]) * expected, axis=1)
    halves = cosines[: len(asked)], cosines[len(asked) :]
    return float(cosines.min()), float(min(np.median(half) for half in halves))


def texts_compared(max_pieces: int) -> tuple[list[str], list[str]]:
    """What is compared, questions and passages. Passages fit into the model: an encoder reads
    longer ones in windows, and the model not at all."""
    entries = shipped().entries
    words = [entry.sections[-1].text.split() for entry in entries[:: len(entries) // _COMPARED]]
    told = [" ".join(some[: max(max_pieces // 4, 1)]) for some in words]
    return [*told, " ".join(list(chain(*words))[:_LONG])], told


def embedded(model: SentenceTransformer, about: ModelFacts) -> Vectors:
    """What a model makes of the texts compared, float32 (texts, dim): first the questions."""
    asked, told = texts_compared(about.max_pieces)
    with quiet():
        options: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}
        both = [model.encode_query(asked, **options), model.encode_document(told, **options)]
    vectors: Vectors = np.concatenate(both).astype(np.float32)
    return vectors
