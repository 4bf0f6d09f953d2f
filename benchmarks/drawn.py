"""An encoder for indexes of many entries: questions go through the shipped one, passages get drawn
vectors, as embedding 100,000 passages takes an hour.

A passage's vector is one of 500 centres and noise. The centres are vectors of passages that were
embedded; which of them it is follows from the passage's heading, so that those of one heading lie
together. The same passage has the same vectors.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from zlib import crc32

import numpy as np

from entrywise.index.encoders.base import EncodedPassage, EncoderConfig, Passage, Vectors
from entrywise.index.encoders.onnx.encoder import OnnxEncoder
from entrywise.index.encoders.onnx.shipped import FOLDER
from entrywise.index.encoders.registry import ENCODER_FILES, open_shipped_encoder

CENTRES = 500
KEPT = "DRAWN_CENTRES"
"""The variable that names the file of the centres, float32 (500, dim)."""
_NOISE = 0.8
"""The length of what is added to a centre of length 1."""
_GLOSSARY = Path(__file__).parent.parent / "data" / "glossary" / "entries.json"


class DrawnEncoder(OnnxEncoder):
    """The shipped encoder, but for passages."""

    @cached_property
    def _centres(self) -> Vectors:
        return np.asarray(np.load(os.environ[KEPT]))

    def encode_passages(self, passages: Iterable[Passage]) -> Iterator[EncodedPassage]:
        """Draw the vectors of passages."""
        for passage in passages:
            drawing = np.random.default_rng(crc32(passage.text.encode()))
            heading = passage.text[: passage.heading].rpartition(".")[0]
            centre = self._centres[crc32(heading.encode()) % len(self._centres)]
            noise = drawing.standard_normal((1 + len(passage.sentences), len(centre)), np.float32)
            drawn = centre + noise * np.float32(_NOISE / np.sqrt(len(centre)))
            drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
            yield EncodedPassage(drawn[0], drawn[1:])


def open(folder: Path) -> DrawnEncoder:
    """The encoder of a folder."""
    return DrawnEncoder(folder)


def make(model: str, folder: Path) -> None:
    """Put the shipped encoder into a folder, under another name."""
    for name in ENCODER_FILES:
        if (FOLDER / name).exists():
            (folder / name).write_bytes((FOLDER / name).read_bytes())
    replace(EncoderConfig.read(FOLDER), kind="drawn", model=f"drawn:{model}").write(folder)


def install(folder: Path) -> dict[str, str]:
    """Make it known to processes that have this folder and that of this file on their path, and
    what this gives in their environment."""
    told = folder / "entrywise_drawn-1.0.dist-info"
    told.mkdir(parents=True, exist_ok=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: entrywise-drawn\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[entrywise.encoders]\ndrawn = drawn\n")
    centres = folder / "centres.npy"
    if not centres.exists():
        np.save(centres, _centres())
    return {KEPT: str(centres)}


def _centres() -> Vectors:
    entries = json.loads(_GLOSSARY.read_text("utf-8"))["entries"].values()
    texts = (text for one in entries for text in (one["oneliner"], one["explanation"]))
    passages = map(Passage, islice(texts, CENTRES))
    return np.array([one.vector for one in open_shipped_encoder().encode_passages(passages)])
