"""Takes the graph that a model's folder ships as `onnx/model.onnx`, in place of tracing the model.

Such a graph gives token vectors; the pooling is added to it. Texts are embedded one by one, without
padding, so the pooling needs no mask.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.index.encoders.sentence_transformers.model import ModelFacts

if TYPE_CHECKING:
    from onnx import GraphProto, NodeProto

FLOAT, QUANTIZED = Path("onnx", "model.onnx"), Path("onnx", "model_quantized.onnx")
"""Where folders have their graphs; the second is taken where the first is missing."""
_TOKENS = ("last_hidden_state", "token_embeddings")
"""What graphs call their token vectors."""
_POOLED = {"mean": "ReduceMean", "max": "ReduceMax", "cls": "Gather", "lasttoken": "Gather"}
_PLACE = {"cls": 0, "lasttoken": -1}
_AXES_AS_INPUT = 18
"""The version of ONNX from which reductions get their axes as an input."""


def published(model: str) -> Path | None:
    """The graph that a model's folder ships, if it is a folder and ships one."""
    found = (Path(model) / name for name in (FLOAT, QUANTIZED))
    return next((path for path in found if path.is_file()), None)


def take(source: Path, about: ModelFacts, graph: Path, *, small_table: bool) -> None:
    """Write a published graph with its pooling; as `tracing.trace` writes one.

    Args:
        small_table: whether its table of word embeddings gets 8 bits.

    Raises:
        ValueError: it cannot be read, or is not such that pooling could be added to it.
    """
    import onnx
    from onnx import helper

    if about.pooling not in _POOLED or not {"Transformer", "Pooling", "Normalize"}.issuperset(
        about.modules
    ):
        raise ValueError("what follows its transformer cannot be added to the published graph")
    try:
        model = onnx.load(str(source))
    # protobuf raises what it likes; OSError where weights in a file of their own are missing.
    except Exception as error:
        raise ValueError(f"{source.name} cannot be read ({error})") from error
    version = next(entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx"))
    tokens = next((out.name for out in model.graph.output if out.name in _TOKENS), None)
    if tokens is None:
        raise ValueError(f"{source.name} gives no token vectors")
    _read_only_pieces(model.graph)
    if small_table:
        _shrink_table(model.graph)
    model.graph.node.extend(_pooling(model.graph, about, tokens, version))
    float32 = onnx.TensorProto.FLOAT
    del model.graph.output[:]
    model.graph.output.extend(
        (
            helper.make_tensor_value_info("vectors", float32, ["batch", about.dimension]),
            helper.make_tensor_value_info("tokens", float32, ["batch", "pieces", about.dimension]),
        )
    )
    onnx.save(model, str(graph))


def _pooling(graph: GraphProto, about: ModelFacts, tokens: str, version: int) -> list[NodeProto]:
    """Token vectors into one of unit length, cut off where the model says so."""
    from onnx import helper

    operator, pieces = _POOLED[about.pooling], "pooling.pieces"
    if operator == "Gather":
        _add(graph, pieces, np.array(_PLACE[about.pooling], np.int64))
        pool = helper.make_node(operator, [tokens, pieces], ["pooled"], axis=1)
    elif version < _AXES_AS_INPUT:
        pool = helper.make_node(operator, [tokens], ["pooled"], axes=[1], keepdims=0)
    else:
        _add(graph, pieces, np.array([1], np.int64))
        pool = helper.make_node(operator, [tokens, pieces], ["pooled"], keepdims=0)
    for name, value in (("start", 0), ("end", about.dimension), ("axis", -1)):
        _add(graph, f"pooling.{name}", np.array([value], np.int64))
    bounds = ["pooling.start", "pooling.end", "pooling.axis"]
    return [
        pool,
        helper.make_node("Slice", ["pooled", *bounds], ["pooled.cut"]),
        helper.make_node("LpNormalization", ["pooled.cut"], ["vectors"], axis=-1, p=2),
        helper.make_node("Slice", [tokens, *bounds], ["tokens"]),
    ]


def _read_only_pieces(graph: GraphProto) -> None:
    """Take away the input that tells the first text of a pair from the second: there is one text.

    Raises:
        ValueError: it reads something else besides.
    """
    from onnx import helper

    names = {entry.name for entry in graph.input}
    if not {"input_ids", "attention_mask"} <= names:
        raise ValueError("the published graph does not read input_ids and attention_mask")
    if strange := sorted(names - {"input_ids", "attention_mask", "token_type_ids"}):
        raise ValueError(f"the published graph reads {strange[0]}, too")
    if "token_type_ids" in names:
        kept = [entry for entry in graph.input if entry.name != "token_type_ids"]
        del graph.input[:]
        graph.input.extend(kept)
        zeros = helper.make_node("Sub", ["input_ids", "input_ids"], ["token_type_ids"])
        graph.node.insert(0, zeros)


def _shrink_table(graph: GraphProto) -> None:
    """Make the rows of the table of word embeddings 8-bit integers times one float32 scale each."""
    from onnx import TensorProto, helper, numpy_helper

    weights = {tensor.name: tensor for tensor in graph.initializer}
    uses = [name for node in graph.node for name in node.input]
    for place, node in enumerate(graph.node):
        table = weights.get(node.input[0]) if node.input else None
        if node.op_type != "Gather" or table is None or node.input[1] != "input_ids":
            continue
        values = numpy_helper.to_array(table)
        if values.dtype != np.float32 or uses.count(table.name) > 1:
            return
        name, ids, out = table.name, node.input[1], node.output[0]
        scale = np.maximum(np.abs(values).max(1, keepdims=True), 1e-12) / 127
        graph.initializer.remove(table)
        _add(graph, f"{name}.rows", np.rint(values / scale).astype(np.int8))
        _add(graph, f"{name}.scale", scale.astype(np.float32))
        del graph.node[place]
        for step, new in enumerate(
            (
                helper.make_node("Gather", [f"{name}.rows", ids], [f"{out}.codes"]),
                helper.make_node("Cast", [f"{out}.codes"], [f"{out}.row"], to=TensorProto.FLOAT),
                helper.make_node("Gather", [f"{name}.scale", ids], [f"{out}.scale"]),
                helper.make_node("Mul", [f"{out}.row", f"{out}.scale"], [out]),
            )
        ):
            graph.node.insert(place + step, new)
        return


def _add(graph: GraphProto, name: str, values: Any) -> None:
    from onnx import numpy_helper

    graph.initializer.append(numpy_helper.from_array(values, name))
