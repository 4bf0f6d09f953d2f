"""The protocol of an encoder: it embeds questions and passages; its folder says all about it.

>>> encoder = open_encoder(folder)                                      # doctest: +SKIP
>>> encoder.encode_query("what is GQA?").vector.shape                   # doctest: +SKIP
(384,)

Questions and passages are embedded by two methods, so that models with a prompt for each fit. A
passage goes through the model once: the vectors of its sentences come from the same token vectors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import IndexDamaged

Vector = NDArray[np.float32]
"""float32 (dim,), unit length."""
Vectors = NDArray[np.float32]
"""float32 (n, dim), each row of unit length."""

CONFIG = "encoder.json"
"""The file of a folder that says which encoder it holds."""


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """The facts about an encoder that `encoder.json` in its folder holds."""

    kind: str
    """The kind of encoder that opens it, e.g. `onnx`."""
    model: str
    """What the model is called."""
    sha256: str
    """SHA-256 of all that shapes its vectors: two encoders with the same one embed alike."""
    dimension: int
    """Length of a vector."""
    max_pieces: int
    """Word pieces that are read at once: a longer question is cut off, a longer passage is read in
    windows that overlap."""
    query_prompt: str = ""
    """What the model wants before a question."""
    passage_prompt: str = ""
    """What it wants before a passage."""
    one_pass: bool = True
    """Whether the mean of a sentence's token vectors is its vector: so it is where the model pools
    by the mean. Where not, sentences are embedded by themselves."""

    def write(self, folder: Path) -> None:
        """Write it into the encoder's folder."""
        path = folder / CONFIG
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> EncoderConfig:
        """What a folder says.

        Raises:
            IndexDamaged: there is no such file, or it says something else.
        """
        try:
            return cls(**json.loads((folder / CONFIG).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexDamaged(
                f"the encoder in {str(folder)!r} cannot be opened ({error}); build the index again"
            ) from error


class EncodedQuery(NamedTuple):
    """A question's vector and how the tokenizer cut it.

    `rare` are the character spans of the words that the encoder's vocabulary does not hold as one
    piece: names, typos, jargon.
    """

    vector: Vector
    rare: tuple[tuple[int, int], ...]


class Passage(NamedTuple):
    """A text to be embedded.

    `sentences` are those in it whose vectors are wanted, as (start, end) in characters, end
    exclusive; the first `heading` characters say what all of them are about.
    """

    text: str
    sentences: tuple[tuple[int, int], ...] = ()
    heading: int = 0


class EncodedPassage(NamedTuple):
    """The vector of a passage, and those of its sentences in their order."""

    vector: Vector
    sentences: Vectors


class Encoder(Protocol):
    """Embeds questions and passages. Safe to share between threads."""

    @property
    def config(self) -> EncoderConfig:
        """What its folder says of it."""
        ...

    def encode_query(self, text: str) -> EncodedQuery:
        """Embed one question."""
        ...

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        """Embed passages on all processors, in the given order. A passage has the same vectors
        whatever is embedded beside it."""
        ...

    def count_pieces(self, text: str) -> int:
        """How many word pieces a text of any length has."""
        ...

    def vocabulary(self) -> dict[str, int]:
        """{word that is one piece, in lower case: its rank by frequency, from 0}, as far as the
        encoder knows."""
        ...


class EncoderKind(Protocol):
    """A kind of encoder: a module or an object with these two functions. An entry point of the
    group `entrywise.encoders` names it."""

    def open(self, folder: Path) -> Encoder:
        """Open the encoder of a folder.

        Raises:
            IndexDamaged: the folder does not hold what it should.
            EntrywiseError: what it takes is not installed.
        """
        ...

    def make(self, model: str, folder: Path) -> None:
        """Put an encoder into a folder, `encoder.json` included.

        Args:
            model: as it stands after `KIND:` in `--model KIND:MODEL`.

        Raises:
            EntrywiseError: there is no such model.
        """
        ...
