"""Products of 8-bit integers are exact on every processor, and nothing is reported to anybody: a
home that was empty is empty after a question."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from paths import ROOT

from entrywise.index.graphs.runtime import MULTIPLYING, open_session, saturates

GRAPHS = ROOT / "index" / "graphs"
RUNTIME = re.compile(r"^ +(import|from) onnxruntime", re.MULTILINE)


IMPORTING = ["quantization.py", "runtime.py", "smoothing.py"]


@pytest.mark.parametrize("name", IMPORTING)
def test_reporting_is_switched_off_before_the_runtime_is_imported(name: str) -> None:
    _, _, text = (GRAPHS / name).read_text("utf-8").partition("\ndef ")  # Without what types need.
    imports = [match.start() for match in RUNTIME.finditer(text)]
    assert 0 < text.index("report_nothing()\n") < imports[0]


def test_no_other_module_imports_the_runtime() -> None:
    importing = {
        path.name
        for room in ("data", "index", "rag", "web")
        for path in (ROOT / room).rglob("*.py")
        if RUNTIME.search(path.read_text("utf-8"))
    }
    assert importing == {*IMPORTING}


def test_a_question_leaves_nothing_in_a_home(small_root: Path, tmp_path: Path) -> None:
    source = ROOT / "src"
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    kept = {name: value for name, value in kept.items() if not name.startswith("XDG_")}
    own = {
        "HOME": str(tmp_path),
        "PYTHONPATH": str(source),
        "ENTRYWISE_INDEX": str(small_root),
        "ENTRYWISE_HISTORY": "none",
    }
    command = [sys.executable, "-m", "entrywise.rag.commands.ask", "what is GQA?"]
    subprocess.run(command, env=kept | own, check=True, capture_output=True)
    assert list(tmp_path.rglob("*")) == []


def _multiplying(*, weights: bool) -> onnx.ModelProto:
    """c = a · b of 255 and 127, where `b` is a weight of the graph, or comes with the input."""
    a = helper.make_tensor_value_info("a", TensorProto.UINT8, [1, 8])
    b = helper.make_tensor_value_info("b", TensorProto.INT8, [8, 8])
    c = helper.make_tensor_value_info("c", TensorProto.INT32, [1, 8])
    node = helper.make_node("MatMulInteger", ["a", "b"], ["c"])
    kept = [helper.make_tensor("b", TensorProto.INT8, [8, 8], [127] * 64)] if weights else []
    inputs = [a] if weights else [a, b]
    graph = helper.make_graph([node], "g", inputs, [c], kept)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=9)


def test_the_graph_that_is_written_out_multiplies() -> None:
    written = onnx.load_from_string(MULTIPLYING)
    onnx.checker.check_model(written)
    made = _multiplying(weights=False)
    assert written.graph == made.graph
    assert (written.opset_import, written.ir_version) == (made.opset_import, made.ir_version)


def test_products_of_eight_bits_are_exact(tmp_path: Path) -> None:
    """Where the processor saturates them, too; ONNX Runtime by itself shows whether it does."""
    import onnxruntime

    path = tmp_path / "multiply.onnx"
    onnx.save(_multiplying(weights=True), path)
    largest = {"a": np.full((1, 8), 255, np.uint8)}
    plain = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    exact = np.full((1, 8), 8 * 255 * 127)
    assert np.array_equal(plain.run(["c"], largest)[0], exact) is not saturates()
    assert np.array_equal(open_session(path).run(["c"], largest)[0], exact)
