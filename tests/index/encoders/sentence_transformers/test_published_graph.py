"""The graph that a model's folder ships is taken, if it embeds as the model does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from onnxruntime.quantization import quantize_dynamic
from random_models import Recipe, make
from sentence_transformers import SentenceTransformer

from entrywise.index.encoders.base import Passage
from entrywise.index.encoders.registry import open_encoder
from entrywise.index.encoders.sentence_transformers.export import Export, export
from entrywise.index.graphs.libraries import quiet

pytestmark = pytest.mark.slow

TEXTS = ["what is grouped-query attention", "Keys and values are shared by several heads."]
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def publish(
    model: SentenceTransformer, path: Path, *, inputs: tuple[str, ...] = INPUTS, opset: int = 17
) -> None:
    """Export the transformer alone, as its makers would."""

    class Named(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer: Any = model.transformers_model

        def forward(self, *tensors: torch.Tensor) -> Any:
            return self.transformer(**dict(zip(inputs, tensors, strict=True)))[0]

    path.parent.mkdir(exist_ok=True)
    ids = torch.ones(2, 9, dtype=torch.long)
    axes = {0: "batch_size", 1: "sequence_length"}
    names = [*inputs, "last_hidden_state"]
    with quiet():
        torch.onnx.export(
            Named(),
            (ids,) * len(inputs),
            str(path),
            dynamo=False,
            opset_version=opset,
            input_names=list(inputs),
            output_names=["last_hidden_state"],
            dynamic_axes=dict.fromkeys(names, axes),
        )


def exported(
    model: SentenceTransformer, folder: Path, *, smallest: int = 8
) -> tuple[Export, float]:
    """What became of a model, and the least cosine with it."""
    out = folder / "out"
    out.mkdir()
    made = export(str(folder / "model"), out, smallest=smallest)
    encoder = open_encoder(out)
    ours = [encoder.encode_query(TEXTS[0]).vector]
    ours += [one.vector for one in encoder.encode_passages([Passage(TEXTS[1])])]
    theirs = model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    return made, float((np.array(ours) * theirs).sum(axis=1).min())


@pytest.mark.parametrize("opset", [17, 18])
@pytest.mark.parametrize("pooling", ["mean", "cls", "max", "lasttoken"])
def test_its_pooling_is_added(pooling: str, opset: int, tmp_path: Path) -> None:
    model = make(Recipe("bert", pooling), tmp_path)
    publish(model, tmp_path / "model" / "onnx" / "model.onnx", opset=opset)
    made, cosine = exported(model, tmp_path, smallest=32)
    assert (made.bits, made.source, made.reason) == (32, "onnx/model.onnx", "")
    assert cosine > 0.9999


def test_it_gets_8_bits_as_a_traced_one_does(tmp_path: Path) -> None:
    model = make(Recipe("bert", options={"truncate_dim": 8}), tmp_path)
    publish(model, tmp_path / "model" / "onnx" / "model.onnx")
    made, cosine = exported(model, tmp_path)
    assert (made.bits, made.source, made.reason) == (8, "onnx/model.onnx", "")
    assert 0.98 < cosine < 0.999999
    rows = 600 * 32
    assert rows < (tmp_path / "out" / "encoder.weights").stat().st_size < 4 * rows


def test_one_that_has_8_bits_already_is_taken_as_it_is(tmp_path: Path) -> None:
    model = make(Recipe("bert"), tmp_path)
    folder = tmp_path / "model" / "onnx"
    publish(model, tmp_path / "whole" / "model.onnx", inputs=INPUTS[:2])
    folder.mkdir()
    with quiet():
        quantize_dynamic(tmp_path / "whole" / "model.onnx", folder / "model_quantized.onnx")
    made, cosine = exported(model, tmp_path)
    assert (made.bits, made.source) == (8, "onnx/model_quantized.onnx")
    assert cosine > 0.98


@pytest.mark.parametrize("fault", ["another model's", "damaged", "followed by Dense"])
def test_one_that_does_not_do_is_left_and_the_model_traced(fault: str, tmp_path: Path) -> None:
    model = make(Recipe("bert", dense="Tanh" if fault == "followed by Dense" else ""), tmp_path)
    path = tmp_path / "model" / "onnx" / "model.onnx"
    publish(make(Recipe("mpnet"), tmp_path / "other"), path, inputs=INPUTS[:2])
    if fault == "damaged":
        path.write_bytes(path.read_bytes()[:1000])
    made, cosine = exported(model, tmp_path)
    assert (made.bits, made.source, made.reason) == (8, "", "")
    assert cosine > 0.98
