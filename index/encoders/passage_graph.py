"""The passage encoder of an update: the model's own weights in ONNX Runtime, without PyTorch.

Importing sentence-transformers takes 4.6 s of processor time, which is most of what changing one
entry would cost. A build keeps the graph of its encoder, and an update opens it with the weights of
the same model, of which the index has the hash. Its vectors are those of sentence-transformers to
2e-7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.index.encoders.adapter import added
from entrywise.index.encoders.onnx_runtime import report_nothing
from entrywise.index.encoders.query import MAX_PIECES
from entrywise.index.encoders.sentence_transformer import PassageEncoder
from entrywise.index.vectors.faiss import Vectors

WEIGHTS = "model.safetensors"
PREFIX = "transformer."
"""What a weight is called in the graph, before its name in the model."""

_SAME = 0.9999
"""The cosine above which two vectors are the same but for rounding."""


class PassageGraph:
    """Embeds passages as a `PassageEncoder` does."""

    def __init__(self, graph: Path, passages: PassageEncoder) -> None:
        """Open the graph that a build kept, with the weights of the same encoder.

        Raises:
            IndexDamaged: it is no graph, or one of another model.
            EntrywiseError: the encoder's adapter cannot be read.
        """
        report_nothing()
        import onnx
        import onnxruntime
        from safetensors import safe_open
        from tokenizers import Tokenizer

        changes = added(passages.adapter) if passages.adapter else {}
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            initializers = onnx.load(str(graph), load_external_data=False).graph.initializer
            names = [tensor.name for tensor in initializers if tensor.external_data]
            with safe_open(passages.path / WEIGHTS, "numpy") as weights:
                values = [
                    weights.get_tensor(name) + changes.get(name, np.float32(0))
                    for name in (name.removeprefix(PREFIX) for name in names)
                ]
            given = list(map(onnxruntime.OrtValue.ortvalue_from_numpy, values))
            options.add_external_initializers(names, given)
            self._session = onnxruntime.InferenceSession(
                graph.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        # The libraries raise bare Exceptions for files they cannot read.
        except Exception as error:
            reason = str(error).strip().partition("\n")[0]
            raise IndexDamaged(
                f"{str(graph)!r} cannot be opened ({reason}); build the index in a new folder"
            ) from error
        self._tokenizer = Tokenizer.from_file(str(passages.path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)

    def encode_passages(self, texts: Sequence[str]) -> Iterator[Vectors]:
        """Embed texts one by one: float32 (1, dim), unit length, in the given order."""
        for text in texts:
            ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
            feed: dict[str, Any] = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            vectors: Any
            (vectors,) = self._session.run(None, feed)
            yield vectors

    def agrees(self, embedded: Mapping[str, NDArray[np.float32]]) -> bool:
        """Whether it embeds texts as its model did: one may do more than the graph, or read more or
        less than 256 pieces.

        Args:
            embedded: {text: its vector, float32 (dim,), unit length}.
        """
        own = zip(self.encode_passages(list(embedded)), embedded.values(), strict=True)
        return all(float(vectors[0] @ expected) > _SAME for vectors, expected in own)
