"""A model that cannot be exported: asked and built with sentence-transformers itself.

It costs what PyTorch costs: seconds to the first question, hundreds of megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.data.errors import EncoderMissing, EntrywiseError
from entrywise.index.encoders.base import (
    EncodedPassage,
    EncodedQuery,
    EncoderConfig,
    Passage,
    Vectors,
)
from entrywise.index.encoders.sentence_transformers.model import load, model_sha256
from entrywise.index.graphs.libraries import quiet

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TOGETHER = 32
"""Passages that go through the model together."""


class SentenceTransformerEncoder:
    """Embeds questions and passages by a model of sentence-transformers. Safe to share between
    threads, which take turns."""

    def __init__(self, folder: Path) -> None:
        """Open the encoder that a folder names; the model is loaded when it is first asked.

        Raises:
            IndexDamaged: the folder names none.
            EncoderMissing: the model's folder is gone.
        """
        self.config = EncoderConfig.read(folder)
        self._lock = Lock()
        model = Path(self.config.model)
        if model.is_absolute() and not model.is_dir():
            raise EncoderMissing(
                f"the model {self.config.model!r} is gone, and this index is asked through it; "
                "put it back, or build the index again with another --model"
            )

    @cached_property
    def _model(self) -> SentenceTransformer:
        try:
            model = load(self.config.model)
        except EntrywiseError as error:
            raise EncoderMissing(str(error)) from error
        if model_sha256(model) != self.config.sha256:
            raise EncoderMissing(
                f"the model {self.config.model!r} is another one than the index was built with; "
                "put that back, or build the index again"
            )
        return model

    def encode_query(self, text: str) -> EncodedQuery:
        """Embed one question. Which of its words are rare is not known."""
        return EncodedQuery(self._encode([text], is_query=True)[0], ())

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        """Embed passages in the given order, and their sentences by themselves."""
        rest = iter(passages)
        while some := list(islice(rest, _TOGETHER)):
            texts = [passage.text for passage in some]
            sentences = [p.text[start:end] for p in some for start, end in p.sentences]
            vectors = self._encode([*texts, *sentences], is_query=False)
            row = len(texts)
            for passage, vector in zip(some, vectors, strict=False):
                count = len(passage.sentences)
                yield EncodedPassage(vector, vectors[row : row + count])
                row += count

    def count_pieces(self, text: str) -> int:
        """How many word pieces a text of any length has."""
        tokenizer: Any = self._model.tokenizer
        if callable(tokenizer):
            found: Any = tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)
            return len(found["input_ids"])
        # Old models cut at spaces, and stop nowhere.
        return len(tokenizer.tokenize(text))

    def vocabulary(self) -> dict[str, int]:
        """Nothing: models rank their words as they like."""
        return {}

    def _encode(self, texts: list[str], *, is_query: bool) -> Vectors:
        with self._lock, quiet():
            # Loading and asking are both one at a time.
            encode = self._model.encode_query if is_query else self._model.encode_document
            vectors = encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)
