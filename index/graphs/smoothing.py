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

from entrywise.index.graphs.runtime import Feed, report_nothing

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

# How much of the difficulty moves into the weights, from 0 to 1. These are rounded for each output
# by itself and bear it. The median and the worst of a hundred cosines with the model, over 500
# questions and 500 passages of two subjects, and with the glossary's adapter merged in:
#     0.6   0.9961, 0.9924    0.9953, 0.9903    adapted   0.9965, 0.9934    0.9966, 0.9939
#     0.7   0.9981, 0.9965    0.9977, 0.9957              0.9980, 0.9962    0.9980, 0.9962
#     0.8   0.9985, 0.9967    0.9979, 0.9962              0.9984, 0.9969    0.9979, 0.9959
#     0.9   0.9988, 0.9975    0.9982, 0.9961              0.9980, 0.9964    0.9977, 0.9960
# Without smoothing the median of questions is 0.995.
_STRENGTH = 0.8

# The products that are quantized: the weights are the second input of each.
_PRODUCTS = ("MatMul", "Attention")
_SMALLEST = 1e-5

_Channels = NDArray[np.float32]
"""float32 (channels,), positive."""


def smooth(graph: Path, texts: Sequence[Feed]) -> None:
    """Smooth the inputs of all products of a graph that reads text, in place.

    Args:
        graph: ONNX in float32.
        texts: what to run it on for seeing how large the channels become. They serve
            other texts too: what is large in a model depends little on the text. But questions
            alone are not enough for passages: the worst of twenty is then at 0.992.
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
    largest = _largest(model, products, texts)
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
    model: ModelProto, products: Sequence[NodeProto], texts: Sequence[Feed]
) -> dict[str, _Channels]:
    """{input of a product: the largest absolute value of each channel over some texts}."""
    report_nothing()
    import onnx
    import onnxruntime
    from onnx import helper

    names = list(dict.fromkeys(node.input[0] for node in products))
    probed = onnx.ModelProto()
    probed.CopyFrom(model)
    probed.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        probed.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    largest: dict[str, Any] = dict.fromkeys(names, np.float32(0))
    for text in texts:
        found: Any = session.run(names, dict(text))
        for name, values in zip(names, found, strict=True):
            channels = np.abs(values).reshape(-1, values.shape[-1]).max(0)
            largest[name] = np.maximum(largest[name], channels)
    return largest
