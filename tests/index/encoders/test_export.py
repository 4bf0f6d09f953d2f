from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.glossary.files import SHIPPED
from entrywise.index.encoders import export
from entrywise.index.encoders.sentence_transformer import PassageEncoder
from entrywise.index.index import Index
from entrywise.index.passages.chunks import passage
from entrywise.index.vectors.faiss import Vectors

Start = Callable[..., "subprocess.Popen[str]"]

EXPORT_AND_ENCODE_WITHOUT_NETWORK = """
import os, socket, sys
from pathlib import Path

def refuse(*arguments, **options):
    sys.stderr.write(f"network: {arguments}")
    os._exit(9)

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from entrywise.index.encoders.query import QueryEncoder
from entrywise.index.encoders.export import export
from entrywise.index.layout import Layout
from entrywise.index.encoders.sentence_transformer import PassageEncoder
layout = Layout(Path(sys.argv[1]))
passages = PassageEncoder()
export(passages, ["what is GQA?"], layout)
(vectors,) = passages.encode_passages(["what is GQA"])
queries = QueryEncoder(layout.encoder, layout.tokenizer)
print(queries.encode_query("what is GQA").vector @ vectors[0])
"""


@pytest.fixture(scope="module")
def adapted() -> PassageEncoder:
    """The encoder of the glossary."""
    return PassageEncoder(adapter=SHIPPED.adapter)


def torch_vectors(passages: PassageEncoder, texts: list[str]) -> Vectors:
    return np.concatenate(list(passages.encode_passages(texts)))


def onnx_vectors(index: Index, texts: list[str]) -> Vectors:
    return np.array([index.encoder.encode_query(text).vector for text in texts])


def questions(index: Index, step: int) -> list[str]:
    """Every so many-th way of asking of the glossary, 150 of them."""
    return list(chain.from_iterable(entry.questions for entry in index.entries))[::step][:150]


def sentences(index: Index, step: int) -> list[str]:
    """Every so many-th sentence of the glossary, as it is embedded, 150 of them."""
    rows = index.sentences[::step][:150].tolist()
    return [passage(index.entries[e], section, start, end) for e, section, start, end in rows]


@pytest.mark.slow
def test_both_encoders_give_the_same_vectors(
    glossary_index: Index, adapted: PassageEncoder
) -> None:
    texts = [*questions(glossary_index, 7), *sentences(glossary_index, 13)]
    assert len(texts) == 300
    cosines = np.sum(torch_vectors(adapted, texts) * onnx_vectors(glossary_index, texts), axis=1)
    assert cosines.min() >= 0.994
    assert np.median(cosines) >= 0.998


@pytest.mark.slow
def test_both_encoders_find_the_same_passages(
    glossary_index: Index, adapted: PassageEncoder
) -> None:
    asked = questions(glossary_index, 11)
    assert len(asked) == 150

    def nearest(vectors: Vectors) -> list[set[int]]:
        return [set(glossary_index.chunk_vectors.search(v, 5)[0].tolist()) for v in vectors]

    pairs = zip(
        nearest(torch_vectors(adapted, asked)),
        nearest(onnx_vectors(glossary_index, asked)),
        strict=True,
    )
    assert np.mean([len(one & other) / 5 for one, other in pairs]) >= 0.95


def test_the_tokenizer_is_exported_as_it_is(small_root: Path) -> None:
    exported = json.loads((small_root / "tokenizer.json").read_text(encoding="utf-8"))
    own = json.loads((PassageEncoder().path / "tokenizer.json").read_text(encoding="utf-8"))
    assert exported == own


def test_an_encoder_that_cannot_be_written_is_an_os_error(
    small_root: Path,
    tmp_path: Path,
    full_disk: Callable[[int], AbstractContextManager[None]],
) -> None:
    with full_disk(1_000_000), pytest.raises(OSError, match=r"out\.onnx: .*[Ff]ailed"):
        export._optimize(small_root / "encoder.onnx", tmp_path / "out.onnx")


@pytest.mark.slow
def test_no_hub_is_asked(tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    process = start(EXPORT_AND_ENCODE_WITHOUT_NETWORK, tmp_path)
    printed, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (0, "")
    assert float(printed) > 0.99
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "encoder.onnx",
        "encoder.weights",
        "passages.onnx",
        "tokenizer.json",
    ]
