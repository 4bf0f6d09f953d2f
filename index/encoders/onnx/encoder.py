"""An exported encoder: ONNX Runtime and `tokenizers`, without torch.

The graph takes `input_ids` and `attention_mask`, int64 (batch, pieces), and gives `vectors`,
float32 (batch, dim) of unit length, and `tokens`, float32 (batch, pieces, dim).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged
from entrywise.index.encoders.base import (
    CONFIG,
    EncodedPassage,
    EncodedQuery,
    EncoderConfig,
    Passage,
    Vector,
    Vectors,
)
from entrywise.index.graphs.runtime import feed, open_session
from entrywise.index.memo import memo

if TYPE_CHECKING:
    from tokenizers import Encoding

GRAPH, WEIGHTS, TOKENIZER = "encoder.onnx", "encoder.weights", "tokenizer.json"

_REMEMBERED = 128
"""Vectors of questions: 0.3 MB, of the longest questions 1.5."""

_OVERLAP = 32
"""Word pieces that two windows of a long passage share: about two sentences."""

_HEADING_SHARE = 0.25
"""How much the mean of a heading's tokens counts beside that of a sentence's, which seldom says
what it is about. With 0, 0.25 and 0.5 answers show the labelled sentences of comparisons in 0.845,
0.863 and 0.871 of the dev questions, 0.907, 0.947 and 0.947 of those of the tests, and the texts
that answer in 0.633, 0.633 and 0.533 of the questions on uv's docs, of wide page titles."""

_IN_FLIGHT = 256
"""Passages that are embedded together: they fill the processors, and are all that is in memory."""

_Pieces = tuple[int, ...]
_Files = tuple[tuple[int, ...], ...]

_open: WeakValueDictionary[_Files, OnnxEncoder] = WeakValueDictionary()
"""Those that somebody holds."""


def open_onnx(folder: Path) -> OnnxEncoder:
    """The encoder of a folder. Generations of an index share its files: who has one of them open
    gets the same again, which takes neither the tenth of a second nor the memory of a second one.

    Raises:
        IndexDamaged: one of its files is missing, no model or no tokenizer.
    """
    try:
        files = tuple(_same(folder / name) for name in (CONFIG, GRAPH, WEIGHTS, TOKENIZER))
    except OSError:
        return OnnxEncoder(folder)
    encoder = _open.get(files)
    if encoder is None:
        _open[files] = encoder = OnnxEncoder(folder)
    return encoder


def _same(path: Path) -> tuple[int, ...]:
    """What tells that a file is the same one, by whichever name: a second name changes its ctime.

    Raises:
        OSError: it is missing, or cannot be looked at.
    """
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


class OnnxEncoder:
    """Embeds questions and passages by a graph. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the encoder of a folder.

        Raises:
            IndexDamaged: one of its files is missing, no model or no tokenizer.
        """
        from tokenizers import Tokenizer

        self.config = EncoderConfig.read(folder)
        try:
            self._session = open_session(folder / GRAPH)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        # ONNX Runtime and tokenizers raise bare Exceptions for files they cannot read.
        except Exception as error:
            reason = str(error).strip().partition("\n")[0]
            raise IndexDamaged(
                f"the encoder in {str(folder)!r} cannot be opened ({reason}); build the index again"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.config.max_pieces, stride=self._overlap)
        # A page that is opened again, an agent that searches and then asks: the same question. By
        # its pieces, so that long texts take no more room, and upper case makes no other one.
        self._vector_of = memo(self._embedded, _REMEMBERED)

    @property
    def _overlap(self) -> int:
        return min(_OVERLAP, self.config.max_pieces // 4)

    def encode_query(self, text: str) -> EncodedQuery:
        """Embed one question; what is longer than the model reads at once is cut off."""
        prompt = self.config.query_prompt
        encoding = self._tokenizer.encode(prompt + text)
        vector = self._vector_of(tuple(encoding.ids))
        return EncodedQuery(vector, _rare_words(encoding, len(prompt)))

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        """Embed passages, one to a run of the graph: 8-bit products take their scale from all that
        is multiplied together, so what runs together would change each other's vectors."""
        from concurrent.futures import ThreadPoolExecutor

        rest = iter(passages)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            while some := list(islice(rest, _IN_FLIGHT)):
                yield from pool.map(self._encode_passage, some)

    def count_pieces(self, text: str) -> int:
        """How many word pieces a text of any length has."""
        first = self._tokenizer.encode(text, add_special_tokens=False)
        shared = self._overlap * len(first.overflowing)
        return len(first) + sum(map(len, first.overflowing)) - shared

    def vocabulary(self) -> dict[str, int]:
        """The words that the tokenizer holds as one piece, with their rank: BERT's vocabularies
        list the frequent words of their language first."""
        pieces = self._tokenizer.get_vocab()
        return {piece: rank for piece, rank in pieces.items() if piece.isalpha() and len(piece) > 1}

    def _embedded(self, pieces: _Pieces) -> Vector:
        """The vector of some pieces, which may be read only: it is given out again."""
        (vectors,) = self._run(pieces, ["vectors"])
        vector: Vector = vectors[0]
        vector.setflags(write=False)
        return vector

    def _encode_passage(self, passage: Passage) -> EncodedPassage:
        prompt = self.config.passage_prompt
        first = self._tokenizer.encode(prompt + passage.text)
        windows = [first, *first.overflowing]
        runs = [self._run(window.ids, ["vectors", "tokens"]) for window in windows]
        vectors = np.concatenate([run[0] for run in runs])
        vector = vectors[0]
        if len(windows) > 1:
            vector = _unit(np.array([len(window) for window in windows], np.float32) @ vectors)
        if not passage.sentences:
            return EncodedPassage(vector, np.empty((0, len(vector)), np.float32))
        if not self.config.one_pass:
            alone = (passage.text[start:end] for start, end in passage.sentences)
            found = [self._encode_passage(Passage(text)).vector for text in alone]
            return EncodedPassage(vector, np.array(found))
        tokens = np.concatenate([run[1][0] for run in runs])
        starts, ends = _places(windows, len(prompt))
        subject: Vector = np.multiply(
            _mean(tokens[(starts >= 0) & (ends <= passage.heading)]), np.float32(_HEADING_SHARE)
        )
        means = (
            _mean(tokens[(starts >= start) & (ends <= end)]) for start, end in passage.sentences
        )
        # A text may have no token that counts.
        sentences = [_unit(np.add(mean, subject)) if mean.any() else vector for mean in means]
        return EncodedPassage(vector, np.array(sentences))

    def _run(self, pieces: Sequence[int], outputs: list[str]) -> Any:
        return self._session.run(outputs, dict(feed(pieces)))


def _places(
    windows: Sequence[Encoding], prompt: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each token starts and ends in the passage, int64 (tokens,); those that stand for no
    text start before it."""
    offsets = np.array([offset for window in windows for offset in window.offsets]) - prompt
    starts, ends = offsets.T
    return np.where(ends > starts, starts, -1), ends


def _mean(tokens: Vectors) -> Vector:
    """The mean of some token vectors, float32 (dim,); zero where there are none."""
    mean: Vector = tokens.mean(axis=0) if len(tokens) else np.zeros(tokens.shape[1], np.float32)
    return mean


def _unit(vector: Vector) -> Vector:
    length = np.float32(max(float(np.linalg.norm(vector)), 1e-12))
    unit: Vector = np.divide(vector, length)
    return unit


def _rare_words(encoding: Encoding, prompt: int) -> tuple[tuple[int, int], ...]:
    """Spans of the words, after the prompt, that were cut into more than one piece."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
        if word is not None and start >= prompt:
            spans.setdefault(word, []).append((start - prompt, end - prompt))
    return tuple((pieces[0][0], pieces[-1][1]) for pieces in spans.values() if len(pieces) > 1)
