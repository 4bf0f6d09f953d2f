"""A cross-encoder as a graph: ONNX Runtime and `tokenizers`, without torch.

The graph takes `input_ids`, `attention_mask` and, where the model tells the two texts apart by it,
`token_type_ids`, int64 (1, pieces), and gives `scores`, float32 (1, 1), of any size.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.index.graphs.runtime import Feed, open_session
from entrywise.rag.find.rerankers.base import Scores
from entrywise.rag.find.rerankers.cross_encoder.folder import (
    GRAPH,
    TOKENIZER,
    Exported,
    unreadable,
)

if TYPE_CHECKING:
    from tokenizers import Encoding


class GraphReranker:
    """Scores passages by a graph. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open what was exported into a folder.

        Raises:
            RerankerMissing: one of its files is missing, no graph or no tokenizer.
        """
        from tokenizers import Tokenizer

        about = Exported.read(folder)
        try:
            self._session = open_session(folder / GRAPH)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        # ONNX Runtime and tokenizers raise bare Exceptions for files they cannot read.
        except Exception as error:
            raise unreadable(folder, error) from error
        self.sha256 = about.sha256
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(about.max_pieces)

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """How well each passage answers the question, float64 (passages,), in [0, 1]."""
        raw = self.raw(question, passages)
        scores: Scores = 1 / (1 + np.exp(-raw.clip(-500, 500)))
        return scores

    def raw(self, question: str, passages: Sequence[str]) -> Scores:
        """What the model says of each, float64 (passages,), of any size.

        One pair to a run of the graph: 8-bit products take their scale from all that is multiplied
        together, so what runs together would change each other's scores.
        """
        told = self._tokenizer.encode_batch([(question, passage) for passage in passages])
        return np.array(list(self._pool.map(self._score, told)), dtype=np.float64)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count(), "reranker")

    def _score(self, pair: Encoding) -> float:
        found: Any = self._session.run(["scores"], dict(pair_feed(pair, self._inputs)))
        return float(found[0].ravel()[0])


def pair_feed(pair: Encoding, inputs: Sequence[str]) -> Feed:
    """What a graph with these inputs is run on for a question and a passage."""
    given = {
        "input_ids": pair.ids,
        "attention_mask": pair.attention_mask,
        "token_type_ids": pair.type_ids,
    }
    return {name: np.array([given[name]], dtype=np.int64) for name in inputs}
