"""The query encoder: ONNX Runtime and `tokenizers`, without torch.

It holds the same weights as the model that embedded the passages, in 8 bits (see `export.py`).
Queries and passages are embedded by two different methods of two different objects, so that
asymmetric models fit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.index.encoders.onnx_runtime import report_nothing
from entrywise.index.memo import memo

# What all-MiniLM-L6-v2 was trained to read. Its tokenizer.json says 128, and pads to it.
MAX_PIECES = 256

_REMEMBERED = 128
"""Vectors of questions: 0.3 MB, of the longest questions 1.5."""


class EncodedQuery(NamedTuple):
    """A query's vector and how the tokenizer cut it.

    `vector` is float32 (dim,), unit length. `rare` are the character spans of the words that
    the encoder's vocabulary does not hold as one piece: names, typos, jargon.
    """

    vector: NDArray[np.float32]
    rare: tuple[tuple[int, int], ...]


class QueryEncoder:
    """Embeds questions. Safe to share between threads."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        """Open an exported encoder.

        Raises:
            IndexDamaged: one of the files is no model or no tokenizer.
        """
        report_nothing()
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph was optimized when it was exported: doing it again costs 30 ms a start.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        # ONNX Runtime and tokenizers raise bare Exceptions for files they cannot read.
        except Exception as error:
            reason = str(error).strip().partition("\n")[0]
            raise IndexDamaged(
                f"the encoder in {str(model.parent)!r} cannot be opened ({reason}); "
                "build the index again"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)
        # A page that is opened again, an agent that searches and then asks: the same question. By
        # its pieces, so that long texts take no more room, and upper case makes no other one.
        self._vector_of = memo(self._embedded, _REMEMBERED)

    def encode_query(self, text: str) -> EncodedQuery:
        """Embed one question; what is longer than 256 word pieces is cut off."""
        encoding = self._tokenizer.encode(text)
        vector = self._vector_of(tuple(encoding.ids))
        return EncodedQuery(vector, _rare_words(encoding.word_ids, encoding.offsets))

    def count_pieces(self, text: str) -> int:
        """How many word pieces a text of any length has."""
        first = self._tokenizer.encode(text, add_special_tokens=False)
        return len(first) + sum(map(len, first.overflowing))

    def _embedded(self, pieces: tuple[int, ...]) -> NDArray[np.float32]:
        """The vector of some pieces, which may be read only: it is given out again."""
        ids = np.array([pieces], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        outputs: Any = self._session.run(None, feed)
        vector: NDArray[np.float32] = outputs[0][0]
        vector.setflags(write=False)
        return vector


def _rare_words(
    word_ids: list[int | None], offsets: list[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Spans of the words that were cut into more than one piece."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for word, offset in zip(word_ids, offsets, strict=True):
        if word is not None:
            spans.setdefault(word, []).append(offset)
    return tuple((pieces[0][0], pieces[-1][1]) for pieces in spans.values() if len(pieces) > 1)
