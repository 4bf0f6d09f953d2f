"""The tenant of the door: makes the encoder of any model of sentence-transformers, and opens those
that run in it."""

from __future__ import annotations

from pathlib import Path

from entrywise.index.encoders.base import Encoder
from entrywise.index.encoders.sentence_transformers.encoder import SentenceTransformerEncoder
from entrywise.index.encoders.sentence_transformers.export import export


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

        Raises:
            EntrywiseError: there is no such model, or sentence-transformers is not installed.
            OSError: the folder cannot be written.
        """
        export(model, folder)
