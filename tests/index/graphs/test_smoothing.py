from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from entrywise.index.graphs.runtime import feed
from entrywise.index.graphs.smoothing import smooth

SMALL, LARGE = 0, 1
# The second channel is a hundred times the first, as some of a transformer's are.
EMBEDDINGS = np.array([[0.5, 100.0], [-1.0, 200.0]], np.float32)
WEIGHTS = np.array([[1.0, -2.0, 0.5], [0.25, 0.125, -0.5]], np.float32)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Embeddings, multiplied with weights."""
    nodes = [
        helper.make_node("Gather", ["embeddings", "input_ids"], ["tokens"]),
        helper.make_node("MatMul", ["tokens", "weights"], ["vectors"]),
    ]
    shape = ["batch", "pieces"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [*shape, 3])]
    constants = [
        numpy_helper.from_array(EMBEDDINGS, "embeddings"),
        numpy_helper.from_array(WEIGHTS, "weights"),
    ]
    model = helper.make_model(
        helper.make_graph(nodes, "small", inputs, outputs, constants),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    onnx.save(model, str(tmp_path / "graph.onnx"))
    return tmp_path / "graph.onnx"


def computed(graph: Path) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    ids = np.array([[0, 1]], np.int64)
    (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    return np.asarray(vectors)


def test_a_weight_that_two_products_share_stays_as_it_is(graph: Path) -> None:
    model = onnx.load(str(graph))
    model.graph.node.append(helper.make_node("MatMul", ["tokens", "weights"], ["others"]))
    onnx.save(model, str(graph))
    before = computed(graph)
    smooth(graph, [feed([SMALL, LARGE])])
    np.testing.assert_array_equal(computed(graph), before)
    kept = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(graph)).graph.initializer}
    np.testing.assert_array_equal(kept["weights"], WEIGHTS)


def test_what_is_computed_stays_the_same(graph: Path) -> None:
    before = computed(graph)
    smooth(graph, [feed([SMALL, LARGE])])
    np.testing.assert_allclose(computed(graph), before, rtol=1e-5)


def test_channels_come_nearer_to_each_other(graph: Path) -> None:
    """Inputs reach 1 and 200, weights 2 and 0.5: the factors are 1**0.8 / 2**0.2 = 0.871 and
    200**0.8 / 0.5**0.2 = 79.6, so the inputs become 1.15 and 2.51."""
    smooth(graph, [feed([SMALL]), feed([LARGE])])
    kept = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(graph)).graph.initializer}
    np.testing.assert_allclose(1 / kept["weights.smoothing"], [0.871, 79.6], rtol=1e-3)
    np.testing.assert_allclose(kept["weights"][:, 0], [0.871, 79.6 * 0.25], rtol=1e-3)
    largest = np.abs(EMBEDDINGS * kept["weights.smoothing"]).max(0)
    np.testing.assert_allclose(largest, [1.15, 2.51], rtol=1e-2)


def test_only_the_texts_that_are_given_count(graph: Path) -> None:
    """ "small" reaches 0.5 and 100: 0.5**0.8 / 2**0.2 = 0.5."""
    smooth(graph, [feed([SMALL])])
    kept = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(graph)).graph.initializer}
    assert 1 / kept["weights.smoothing"][0] == pytest.approx(0.5, rel=1e-5)
