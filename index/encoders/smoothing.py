"""Smoothing: makes a graph's inputs easy to round to 8 bits, and leaves what it computes.

A product's input is rounded with one scale, which its largest channel sets; a few channels of a
transformer are far larger than the others. Each channel of the input is divided by a factor, and
the weights that it meets are multiplied by it (Xiao et al., "SmoothQuant", 2023,
https://arxiv.org/abs/2211.10438, equation 4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entrywise.index.encoders.onnx_runtime import report_nothing

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

# How much of the difficulty moves into the weights, from 0 to 1. These are rounded for each output
# by itself and bear it: the median cosine is 0.989 with 0.5, 0.996, 0.998, 0.9986, and 0.9984 with
# 0.9; without smoothing 0.995.
_STRENGTH = 0.8

# The products that are quantized: the weights are the second input of each.
_PRODUCTS = ("MatMul", "Attention")
_SMALLEST = 1e-5

_Channels = NDArray[np.float32]
"""float32 (channels,), positive."""


def smooth(graph: Path, tokenizer: Path, texts: Sequence[str]) -> None:
    """Smooth the inputs of all products of a text encoder, in place.

    Args:
        graph: ONNX in float32, with the inputs `input_ids` and `attention_mask`.
        texts: what to encode for seeing how large the channels become. With 128, 255 or 1,020
            questions of the glossary the median cosine is 0.9988, the minimum 0.995, 0.996 and
            0.997; questions on SciFact are encoded as well as those of the glossary.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(graph))
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    uses = Counter(name for node in model.graph.node for name in node.input)
    products = [
        node
        for node in model.graph.node
        if node.op_type in _PRODUCTS
        and node.input[1] in weights
        # What layers share would need one scale for all of them.
        and uses[node.input[1]] == 1
        and len(weights[node.input[1]].dims) == 2
    ]
    if not products:
        return
    largest = _largest(model, products, tokenizer, texts)
    nodes: list[NodeProto] = []
    for node in model.graph.node:
        if node in products:
            data, weight = node.input[0], weights[node.input[1]]
            values = numpy_helper.to_array(weight)
            factors = _factors(largest[data], np.abs(values).max(1))
            weight.CopyFrom(numpy_helper.from_array(values * factors[:, np.newaxis], weight.name))
            scale = numpy_helper.from_array(1 / factors, f"{weight.name}.smoothing")
            model.graph.initializer.append(scale)
            node.input[0] = f"{weight.name}.smoothed"
            nodes.append(helper.make_node("Mul", [data, scale.name], [node.input[0]]))
        nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(graph))


def _factors(inputs: _Channels, weights: _Channels) -> _Channels:
    """By what to divide each channel, from the largest absolute values of both sides."""
    inputs, weights = np.maximum(inputs, _SMALLEST), np.maximum(weights, _SMALLEST)
    factors = inputs**_STRENGTH / weights ** (1 - _STRENGTH)
    return factors.astype(np.float32)


def _largest(
    model: ModelProto, products: Sequence[NodeProto], tokenizer: Path, texts: Sequence[str]
) -> dict[str, _Channels]:
    """{input of a product: the largest absolute value of each channel over some texts}."""
    report_nothing()
    import onnx
    import onnxruntime
    from onnx import helper
    from tokenizers import Tokenizer

    names = list(dict.fromkeys(node.input[0] for node in products))
    probed = onnx.ModelProto()
    probed.CopyFrom(model)
    probed.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        probed.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    pieces = Tokenizer.from_file(str(tokenizer))
    pieces.no_padding()
    largest: dict[str, Any] = dict.fromkeys(names, np.float32(0))
    for text in texts:
        ids = np.array([pieces.encode(text).ids], dtype=np.int64)
        found: Any = session.run(names, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        for name, values in zip(names, found, strict=True):
            channels = np.abs(values).reshape(-1, values.shape[-1]).max(0)
            largest[name] = np.maximum(largest[name], channels)
    return largest
