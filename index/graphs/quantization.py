"""Makes a traced graph fast: attention fused, products of 8-bit integers, weights in their file.

    fuse ─ smooth (`smoothing.py`) ─ quantize ─ optimize

Measured with the glossary's encoder on its 160 test questions (22 word pieces each, one thread,
AVX-512 with VNNI); the cosine is that with the float32 graph:

    graph                                             cosine, min / median    ms  MB
    float32, attention fused                          1.0000 / 1.0000       3.90  55
    8-bit linear layers in blocks of 32               0.9996 / 0.9997       4.10  25
    dynamic 8 bits, as ONNX Runtime fuses it          0.9903 / 0.9949       1.72  23
    the same, layer normalizations left alone         0.9901 / 0.9949       1.30  23
    the same, activations smoothed (used)             0.9972 / 0.9988       1.40  23

Processors without VNNI saturate some sums, unless they are told not to (`runtime.open_session`).
Weights of 7 bits never saturate, and give 0.997 everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from entrywise.index.graphs.runtime import SLOWER, report_nothing


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


def optimize(graph: Path, out: Path, weights: str) -> None:
    """Fuse what ONNX Runtime fuses on every processor, once, so that opening needs not.

    Args:
        weights: what the file of its weights, beside it, is called.

    Raises:
        OSError: the folder cannot be written.
    """
    report_nothing()
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(out)
    # Weights in a file of their own are mapped, not copied: opening costs 20 ms instead of 44.
    entry = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{entry}file_name", weights)
    options.add_session_config_entry(f"{entry}min_size_in_bytes", "1024")
    try:
        onnxruntime.InferenceSession(
            str(graph),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=SLOWER,
        )
    # The graph is sound, it was written a moment ago: this is how ONNX Runtime reports a full disk.
    except (Fail, InvalidProtobuf) as error:
        raise OSError(f"{out.name}: {error}") from error
