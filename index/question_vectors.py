"""Vectors of a knowledge base's sample questions, kept beside it: an index is built in seconds.

They are used only for the very questions and by the very encoder that they were made of: the file
has a hash of both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from entrywise.data.errors import EntrywiseError, KnowledgeBaseError
from entrywise.data.system_errors import unwritable
from entrywise.index.encoders.base import Vector
from entrywise.index.index import Index
from entrywise.index.vectors.codes import codes_of, of_codes

_SHA256 = "sha256"


def known_questions(index: Index) -> dict[str, Vector]:
    """{sample question of an index: its vector}, those with an answer first."""
    tables = zip(
        (index.sample_texts("answered"), index.sample_texts("unanswered")),
        (index.question_vectors, index.unanswered_vectors),
        strict=True,
    )
    return {text: table.vector(row) for some, table in tables for row, text in enumerate(some)}


def write_question_vectors(index: Index, path: Path) -> None:
    """Keep the vectors of an index's sample questions, in 8 bits a number as it has them.

    Raises:
        EntrywiseError: there are none, or the file cannot be written.
    """
    from safetensors.numpy import save

    vectors = known_questions(index)
    if not vectors:
        raise EntrywiseError("the index has no sample questions; build it with --ways or --asked")
    codes = codes_of(np.array(list(vectors.values()), np.float32))
    told = {_SHA256: _sha256(list(vectors), index.manifest.weights_sha256)}
    try:
        path.write_bytes(save({"codes": codes}, told))
    except OSError as error:
        raise EntrywiseError(unwritable(path, error, otherwise="name another file")) from error


def read_question_vectors(
    path: Path, asked: Sequence[Sequence[str]], encoder_sha256: str
) -> dict[str, Vector]:
    """{question: its vector}; nothing where the file is of other questions or another encoder.

    Raises:
        KnowledgeBaseError: the file cannot be read.
    """
    from safetensors import SafetensorError, safe_open

    texts = list(dict.fromkeys(chain(*asked)))
    try:
        with safe_open(path, "numpy") as file:
            if (file.metadata() or {}).get(_SHA256) != _sha256(texts, encoder_sha256):
                return {}
            vectors = of_codes(file.get_tensor("codes"))
    except (OSError, SafetensorError) as error:
        raise KnowledgeBaseError(
            f"{path}: cannot be read ({str(error).partition(chr(10))[0]}); make it again with "
            "`entrywise index questions`, or do without it"
        ) from error
    return dict(zip(texts, vectors, strict=True))


def _sha256(texts: Sequence[str], encoder_sha256: str) -> str:
    told = "\0".join([encoder_sha256, *texts])
    return hashlib.sha256(told.encode()).hexdigest()
