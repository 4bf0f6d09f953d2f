"""Cross-encoders of sentence-transformers: how they are loaded, what they are, how they score."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.data.errors import EntrywiseError, RerankerMissing
from entrywise.index.graphs.libraries import loading, max_pieces, opened, quiet
from entrywise.rag.find.rerankers.base import Scores

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_EXPORTS = 1
"""Raise it when exports score otherwise."""


def load(model: str) -> CrossEncoder:
    """A cross-encoder by name or folder.

    Raises:
        RerankerMissing: there is no such model on this machine, nor on a hub that can be reached,
            it gives more than one score, or sentence-transformers is not installed.
    """
    try:
        with loading(model, ", or leave the setting `reranker` out"):
            from sentence_transformers import CrossEncoder

            loaded: CrossEncoder = opened(CrossEncoder, model)
    except EntrywiseError as error:
        raise RerankerMissing(str(error)) from error
    if _is_untrained(model):
        raise RerankerMissing(
            f"{model!r} is no cross-encoder: nothing in it was trained to score a passage; "
            "set `reranker` to one, such as those named cross-encoder/… and …reranker…"
        )
    if loaded.num_labels != 1:
        raise RerankerMissing(
            f"{model!r} gives {loaded.num_labels} scores of a passage, and a reranker gives one; "
            "set `reranker` to another cross-encoder"
        )
    return loaded


def _is_untrained(model: str) -> bool:
    """Whether it is a model that has no head for scores: one of random weights is then put on it.

    sentence-transformers only warns of that.
    """
    from sentence_transformers.util import load_file_path

    path = load_file_path(model, "config.json")
    told = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    named: list[str] = told.get("architectures") or []
    scoring = ("ForSequenceClassification", "ForCausalLM", "ForConditionalGeneration")
    return bool(named) and not any(name.endswith(scoring) for name in named)


def raw_scores(model: CrossEncoder, question: str, passages: Sequence[str]) -> Scores:
    """What a model says of each passage, float64 (passages,), of any size."""
    from torch.nn import Identity

    with quiet():
        found: Any = model.predict(
            [(question, passage) for passage in passages],
            activation_fn=Identity(),
            show_progress_bar=False,
        )
    scores: Scores = np.asarray(found, dtype=np.float64).reshape(-1)
    return scores


def model_sha256(model: CrossEncoder) -> str:
    """SHA-256 of all that shapes a model's scores: weights, tokenizer and what it reads at once.
    Where it lies and what it is called are no part of it."""
    digest = hashlib.sha256(f"{_EXPORTS} {max_pieces(model)} {model.prompts}".encode())
    tokenizer: Any = model.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is not None:
        digest.update(backend.to_str().encode())
    for name, weights in sorted(model.state_dict().items()):
        digest.update(f"{name} {tuple(weights.shape)}".encode())
        digest.update(weights.detach().contiguous().numpy().tobytes())
    return digest.hexdigest()
