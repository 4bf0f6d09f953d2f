"""ONNX Runtime, as this program uses it: one thread to a run, and it reports nothing to anybody."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Feed = Mapping[str, NDArray[np.int64]]
"""{input of a graph: int64 (1, pieces)}"""


def report_nothing() -> None:
    """Call this before ONNX Runtime is imported. From 1.29 on it writes an id of the machine and
    events to a folder of its own, to be sent to its makers, unless it is told not to."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


def open_session(graph: Path) -> InferenceSession:
    """Open a graph that was optimized when it was made. It may be run by several threads.

    Raises:
        Exception: it is none; ONNX Runtime raises bare ones.
    """
    report_nothing()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Optimizing it again costs 30 ms a start.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def feed(pieces: Sequence[int]) -> Feed:
    """What a graph that reads one text is run on.

    >>> feed([101, 102])["attention_mask"]
    array([[1, 1]])
    """
    ids = np.array([pieces], dtype=np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}
