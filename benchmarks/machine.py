"""What the figures were measured on: without it they say little."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

_TELLING = ("avx2", "avx512f", "avx512_vnni", "amx_int8", "asimd")


def description() -> dict[str, object]:
    """Processor, cores, load, and the versions of what computes."""
    cpu = Path("/proc/cpuinfo").read_text("utf-8").lower() if Path("/proc/cpuinfo").exists() else ""
    model = [line.partition(":")[2].strip() for line in cpu.splitlines() if "model name" in line]
    return {
        "processor": model[0] if model else platform.processor(),
        "instructions": [name for name in _TELLING if f" {name} " in f"{cpu} "],
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in ("faiss-cpu", "numpy", "onnxruntime")},
    }
