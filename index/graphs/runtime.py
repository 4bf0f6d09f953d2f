"""ONNX Runtime, as this program uses it: one thread to a run, and it reports nothing to anybody."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

SLOWER = ["SkipLayerNormFusion"]
"""What ONNX Runtime is not to fuse: such a layer normalization takes 46 µs; alone it takes 8, and
the sum before it 4."""

MULTIPLYING = (
    b'\x08\t:\\\n\x18\n\x01a\n\x01b\x12\x01c"\rMatMulInteger\x12\x01gZ\x13\n\x01a\x12\x0e\n\x0c\x08'
    b"\x02\x12\x08\n\x02\x08\x01\n\x02\x08\x08Z\x13\n\x01b\x12\x0e\n\x0c\x08\x03\x12\x08\n\x02\x08\x08"
    b"\n\x02\x08\x08b\x13\n\x01c\x12\x0e\n\x0c\x08\x06\x12\x08\n\x02\x08\x01\n\x02\x08\x08B\x04\n\x00"
    b"\x10\x0e"
)
"""A graph, c = a · b of uint8 (1, 8) and int8 (8, 8), in ONNX. It is written out, as what makes
graphs is no part of a base install."""
_TERMS, _UNSIGNED, _SIGNED = 8, 255, 127

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
    if saturates():
        # Its weights are made unsigned, whose products are exact, and 8 % slower; opening it takes
        # 50 ms more.
        options.add_session_config_entry("session.x64quantprecision", "1")
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    else:
        # Optimizing it again costs 30 ms a start.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )


def feed(pieces: Sequence[int]) -> Feed:
    """What a graph that reads one text is run on.

    >>> feed([101, 102])["attention_mask"]
    array([[1, 1]])
    """
    ids = np.array([pieces], dtype=np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


@cache
def saturates() -> bool:
    """Whether products of 8-bit integers saturate on this processor: half a millisecond.

    x86-64 without VNNI adds two of them in 16 bits (`VPMADDUBSW`) and cuts off what does not fit:
    2 · 255 · 127 becomes 32,767. The shipped encoder embeds otherwise then, with a cosine of 0.9976
    in the median of 160 questions, so that one answer in six is another. By multiplying, as what a
    processor can do has many names.
    """
    report_nothing()
    import onnxruntime

    multiply = onnxruntime.InferenceSession(MULTIPLYING, providers=["CPUExecutionProvider"])
    a = np.full((1, _TERMS), _UNSIGNED, np.uint8)
    b = np.full((_TERMS, _TERMS), _SIGNED, np.int8)
    (c,) = multiply.run(["c"], {"a": a, "b": b})
    return bool(np.any(c != _TERMS * _UNSIGNED * _SIGNED))
