"""ONNX Runtime, as this program uses it: it reports nothing to anybody."""

from __future__ import annotations

import os


def report_nothing() -> None:
    """Call this before ONNX Runtime is imported. From 1.29 on it writes an id of the machine and
    events to a folder of its own, to be sent to its makers, unless it is told not to."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
