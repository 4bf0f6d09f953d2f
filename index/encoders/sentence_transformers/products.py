"""Where the products of a transformer's linear layers are in an encoder's weights, for adapters."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.index.encoders.onnx.adapter import PRODUCTS, Product
from entrywise.index.encoders.onnx.encoder import GRAPH, WEIGHTS

if TYPE_CHECKING:
    from onnx import ModelProto
    from sentence_transformers import SentenceTransformer

_QUANTIZED = ("DynamicQuantizeMatMul", "MatMulIntegerToFloat", "QAttention")
_ALIKE = 0.9
"""The correlation of a layer's weights with those of its product: of others it is about 0."""


def write_products(model: SentenceTransformer, folder: Path) -> None:
    """Write where in an encoder's weights the transformer's linear layers are, for adapters.

    Layers are told by their weights: what is multiplied says not what it was called.
    """
    import onnx
    import torch

    transformer = model.transformers_model
    if transformer is None:
        return
    layers = {
        name: module.weight.detach().float().numpy().T
        for name, module in transformer.named_modules()
        if isinstance(module, torch.nn.Linear)
    }
    graph = onnx.load(str(folder / GRAPH), load_external_data=False)
    weights = np.memmap(folder / WEIGHTS, np.uint8, "r")
    found = [_product(layers, *each, weights) for each in _quantized(graph)]
    rows = [asdict(product) for product in found if product]
    (folder / PRODUCTS).write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _quantized(graph: ModelProto) -> list[tuple[list[int], int, int, int]]:
    """(shape, offsets of its codes, its scale and its smoothing) of each product in 8 bits."""
    offsets = {
        tensor.name: int(next(e.value for e in tensor.external_data if e.key == "offset"))
        for tensor in graph.graph.initializer
        if tensor.external_data
    }
    shapes = {tensor.name: list(tensor.dims) for tensor in graph.graph.initializer}
    found = []
    for node in graph.graph.node:
        names = [name for name in node.input if name.endswith("_quantized") and name in offsets]
        if node.op_type in _QUANTIZED and names:
            base = names[0].removesuffix("_quantized")
            scale, smoothing = f"{base}_scale", f"{base}.smoothing"
            if scale in offsets and smoothing in offsets:
                places = offsets[names[0]], offsets[scale], offsets[smoothing]
                found.append((shapes[names[0]], *places))
    return found


def _product(
    layers: dict[str, Any], shape: list[int], codes: int, scale: int, smoothing: int, weights: Any
) -> Product | None:
    """The product, with the layers whose weights it holds side by side."""
    inputs, outputs = shape
    held = weights[codes : codes + inputs * outputs].view(np.int8).reshape(shape)
    columns = weights[scale : scale + 4 * outputs].view(np.float32)
    rows = weights[smoothing : smoothing + 4 * inputs].view(np.float32)
    values = held * columns * rows[:, np.newaxis]
    names: list[str] = []
    start = 0
    while start < outputs:
        match = next(
            (
                (name, weight.shape[1])
                for name, weight in layers.items()
                if weight.shape[0] == inputs
                and start + weight.shape[1] <= outputs
                and _alike(weight, values[:, start : start + weight.shape[1]])
            ),
            None,
        )
        if match is None:
            return None
        names.append(match[0])
        start += match[1]
    return Product(tuple(names), inputs, outputs, codes, scale, smoothing)


def _alike(one: Any, other: Any) -> bool:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1]) > _ALIKE
