from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders.base import EncoderConfig
from entrywise.index.encoders.onnx.adapter import PRODUCTS, Product, merge, read_products, write

# Two layers of three outputs side by side, over four inputs, of which the second was smoothed.
CODES = np.array([[127, 0, 5, 1, 2, 3], [0, 127, 5, 4, 5, 6], [3, 3, 127, 7, 8, 9], [0] * 6])
SCALE = np.array([0.1, 0.2, 0.3, 1.0, 1.0, 1.0], np.float32)
SMOOTHING = np.array([1.0, 0.5, 1.0, 1.0], np.float32)
PRODUCT = Product(("query", "key"), 4, 6, codes=0, scale=24, smoothing=48)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An encoder of one product."""
    folder = tmp_path / "encoder"
    folder.mkdir()
    weights = CODES.astype(np.int8).tobytes() + SCALE.tobytes() + SMOOTHING.tobytes()
    (folder / "encoder.weights").write_bytes(weights)
    EncoderConfig("onnx", "tiny", "abc", dimension=6, max_pieces=8).write(folder)
    (folder / PRODUCTS).write_text(json.dumps([asdict(PRODUCT)]))
    return folder


def weights(folder: Path) -> NDArray[np.float32]:
    """What the product multiplies its inputs with, as they come, float32 (inputs, outputs)."""
    content = (folder / "encoder.weights").read_bytes()
    codes = np.frombuffer(content, np.int8, 24).reshape(4, 6)
    scale = np.frombuffer(content, np.float32, 6, 24)
    return codes * scale * SMOOTHING[:, np.newaxis]


def adapter_of(folder: Path, **layers: tuple[NDArray[np.float32], NDArray[np.float32]]) -> Path:
    path = folder.parent / "mine.safetensors"
    write(layers, path)
    return path


def test_an_adapted_layer_computes_w_plus_b_a(folder: Path) -> None:
    a, b = np.ones((1, 4), np.float32), np.array([[1.0], [2.0], [-3.0]], np.float32)
    before = weights(folder)
    merge(folder, read_products(folder), adapter_of(folder, key=(a, b)))

    after = weights(folder)
    np.testing.assert_array_equal(after[:, :3], before[:, :3])
    # Rounded to 127 steps of the largest weight of an output.
    expected = before[:, 3:] + (b @ a).T
    largest = np.abs(expected / SMOOTHING[:, np.newaxis]).max(axis=0)
    assert (np.abs(after[:, 3:] - expected) <= largest / 127).all()
    assert not np.allclose(after[:, 3:], before[:, 3:], atol=0.5)


def test_an_encoder_has_another_name_and_hash_with_its_adapter(folder: Path) -> None:
    ones = np.ones((1, 4), np.float32), np.ones((3, 1), np.float32)
    merge(folder, [PRODUCT], adapter_of(folder, query=ones))
    config = EncoderConfig.read(folder)
    assert config.model == "tiny with mine.safetensors"
    assert len(config.sha256) == 64


@pytest.mark.parametrize("shape", [(2, 9), (1, 3)])
def test_an_adapter_of_another_size_is_refused(folder: Path, shape: tuple[int, int]) -> None:
    path = adapter_of(folder, query=(np.ones(shape), np.ones((3, shape[0]))))
    before = weights(folder)
    with pytest.raises(EntrywiseError, match="is no adapter of this model"):
        merge(folder, [PRODUCT], path)
    np.testing.assert_array_equal(weights(folder), before)


def test_an_adapter_of_a_layer_that_is_not_there_is_refused(folder: Path) -> None:
    path = adapter_of(folder, value=(np.ones((1, 4)), np.ones((3, 1))))
    with pytest.raises(EntrywiseError, match="the model has no layer 'value'"):
        merge(folder, [PRODUCT], path)


@pytest.mark.parametrize("content", [b"", b"not a tensor in sight"])
def test_a_file_that_is_no_adapter_is_refused(folder: Path, content: bytes) -> None:
    path = folder.parent / "adapter.safetensors"
    path.write_bytes(content)
    with pytest.raises(EntrywiseError, match="make it again with: entrywise index adapt"):
        merge(folder, [PRODUCT], path)


def test_a_missing_adapter_and_a_folder_that_is_not_there_are_named(folder: Path) -> None:
    with pytest.raises(
        EntrywiseError,
        match=r"none: cannot be read \(No such file or directory.*\); check the path",
    ):
        merge(folder, [PRODUCT], folder / "none")
    with pytest.raises(
        EntrywiseError, match=r"\(No such file or directory\); make the folder .*/no, or name"
    ):
        write({"0": (np.ones((1, 1)), np.ones((1, 1)))}, folder / "no" / "folder")


def test_an_encoder_that_nothing_was_written_of_has_no_products(tmp_path: Path) -> None:
    assert read_products(tmp_path) == []
