"""Embeds texts by counting their runs of three letters in as many places as `--model hashed:64`
says: no model, no weights, and what shares letters is near."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders.base import (
    EncodedPassage,
    EncodedQuery,
    EncoderConfig,
    Passage,
    Vector,
)


class HashedEncoder:
    def __init__(self, config: EncoderConfig) -> None:
        self.config = config

    def encode_query(self, text: str) -> EncodedQuery:
        return EncodedQuery(self._vector(text), ())

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        for passage in passages:
            texts = (passage.text[start:end] for start, end in passage.sentences)
            rows = np.array([*map(self._vector, texts)], np.float32)
            yield EncodedPassage(
                self._vector(passage.text), rows.reshape(-1, self.config.dimension)
            )

    def count_pieces(self, text: str) -> int:
        return len(text)

    def vocabulary(self) -> dict[str, int]:
        return {}

    def _vector(self, text: str) -> Vector:
        vector = np.zeros(self.config.dimension, np.float32)
        padded = f"  {text.lower()}  ".encode()
        for start in range(len(padded) - 2):
            vector[zlib.crc32(padded[start : start + 3]) % len(vector)] += 1
        return vector / np.linalg.norm(vector)


def make(model: str, folder: Path) -> None:
    if not model.isdecimal() or not int(model):
        raise EntrywiseError(f"hashed:{model} counts in no places; give a number, as hashed:64")
    name = f"hashed:{model}"
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    EncoderConfig("hashed", name, sha256, int(model), max_pieces=10**6, one_pass=False).write(
        folder
    )


def open(folder: Path) -> HashedEncoder:
    return HashedEncoder(EncoderConfig.read(folder))
