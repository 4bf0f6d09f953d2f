"""The kind of encoder for sentence-transformers: makes the encoder of any model of
sentence-transformers, and opens those that run in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from entrywise.index.encoders.base import Encoder
from entrywise.index.encoders.sentence_transformers.encoder import SentenceTransformerEncoder
from entrywise.index.encoders.sentence_transformers.export import Export, export
from entrywise.index.encoders.sentence_transformers.model import load, model_sha256


class SentenceTransformers:
    """Models of sentence-transformers, by name or folder."""

    def open(self, folder: Path) -> Encoder:
        """Open an encoder that runs in sentence-transformers.

        Raises:
            IndexDamaged: the folder names none.
        """
        return SentenceTransformerEncoder(folder)

    def make(self, model: str, folder: Path) -> None:
        """Export a model into a folder; what cannot be exported is named there, to be run as it is.

        What that costs, and where another similarity is used than its makers', is said on stderr.

        Raises:
            EntrywiseError: there is no such model, or sentence-transformers is not installed.
            OSError: the folder cannot be written.
        """
        for remark in remarks(model, export(model, folder)):
            print(f"entrywise: {remark}", file=sys.stderr)

    def sha256(self, model: str) -> str:
        """What the hash of the encoder of a model is, without exporting it.

        Raises:
            EntrywiseError: there is no such model, or sentence-transformers is not installed.
        """
        return model_sha256(load(model))


def remarks(model: str, made: Export) -> Iterator[str]:
    """What somebody who chose a model should know of what became of it, a line each."""
    if not made.bits:
        yield (
            f"the model {model!r} cannot be exported ({made.reason}), so it is asked through "
            "sentence-transformers: wherever this index is used, that takes the model, "
            "pip install 'entrywise[models]', some seconds to start and the memory of PyTorch"
        )
    if made.about.ranks_otherwise:
        yield (
            f"the model {model!r} was made for comparing by {made.about.similarity} vectors of any "
            "length; here they are compared by cosine, which may rank otherwise"
        )
