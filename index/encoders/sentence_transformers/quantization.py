"""Makes a traced graph fast: attention fused, products of 8-bit integers, weights in their file.

    fuse ─ smooth ─ quantize ─ optimize

Measured with the glossary's encoder on its 160 test questions (22 word pieces each, one thread,
AVX-512 with VNNI); the cosine is that with the float32 graph:

    graph                                             cosine, min / median    ms  MB
    float32, attention fused                          1.0000 / 1.0000       3.90  55
    8-bit linear layers in blocks of 32               0.9996 / 0.9997       4.10  25
    dynamic 8 bits, as ONNX Runtime fuses it          0.9903 / 0.9949       1.72  23
    the same, layer normalizations left alone         0.9901 / 0.9949       1.30  23
    the same, activations smoothed (used)             0.9972 / 0.9988       1.40  23

Processors without VNNI saturate some sums: emulating one, the median is 0.997. Weights of 7 bits
never saturate and give 0.997 everywhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.index.encoders.onnx.adapter import PRODUCTS, Product
from entrywise.index.encoders.onnx.encoder import GRAPH, WEIGHTS
from entrywise.index.encoders.onnx.runtime import report_nothing

if TYPE_CHECKING:
    from onnx import ModelProto
    from sentence_transformers import SentenceTransformer

_QUANTIZED = ("DynamicQuantizeMatMul", "MatMulIntegerToFloat", "QAttention")
_ALIKE = 0.9
"""The correlation of a layer's weights with those of its product: of others it is about 0."""


def fuse(graph: Path, config: dict[str, Any]) -> None:
    """Make one node of each attention, in place; layers of an unknown kind stay as they are.

    Args:
        config: the transformer's configuration.
    """
    report_nothing()
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_skip_layer_norm = False  # Slower than what it fuses, see `optimize`.
    fused = optimize_model(
        str(graph),
        model_type="bert",
        num_heads=config.get("num_attention_heads", 0),
        hidden_size=config.get("hidden_size", 0),
        optimization_options=options,
        opt_level=0,
    )
    fused.save_model_to_file(str(graph))


def quantize(graph: Path, out: Path) -> None:
    """Multiply 8-bit integers: weights with a scale for each output, inputs as they come."""
    report_nothing()
    from onnx import TensorProto
    from onnxruntime.quantization import quantize_dynamic

    quantize_dynamic(
        str(graph),
        str(out),
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )


def optimize(graph: Path, folder: Path) -> None:
    """Fuse what ONNX Runtime fuses on every processor, once, so that opening needs not.

    Raises:
        OSError: the folder cannot be written.
    """
    report_nothing()
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / GRAPH)
    # Weights in a file of their own are mapped, not copied: opening costs 20 ms instead of 44.
    entry = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{entry}file_name", WEIGHTS)
    options.add_session_config_entry(f"{entry}min_size_in_bytes", "1024")
    try:
        onnxruntime.InferenceSession(
            str(graph),
            options,
            providers=["CPUExecutionProvider"],
            # Fused, a layer normalization takes 46 µs; it takes 8 and the sum before it 4.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
    # The graph is sound, it was written a moment ago: this is how ONNX Runtime reports a full disk.
    except (Fail, InvalidProtobuf) as error:
        raise OSError(f"{GRAPH}: {error}") from error


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
    """Of each product in 8 bits its shape, and the offsets of its codes, scale and smoothing."""
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
