"""What the figures were measured on: without it they say little."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

_TELLING = ("avx2", "avx512f", "avx512_vnni", "amx_int8", "asimd")


def description() -> dict[str, object]:
    """Processor, cores, load, and the versions of what computes."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    fields = {line.partition(":")[0].strip(): line.partition(":")[2].strip() for line in lines}
    has = (fields.get("flags") or fields.get("Features") or "").split()
    return {
        "processor": fields.get("model name", platform.processor()),
        "instructions": [name for name in _TELLING if name in has],
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in ("faiss-cpu", "numpy", "onnxruntime")},
    }
