"""Nothing is reported to anybody: a home that was empty is empty after a question."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "module",
    ["entrywise.index.encoder", "entrywise.index.model"],
)
def test_reporting_is_switched_off_before_the_runtime_is_imported(module: str) -> None:
    source = Path(__file__).parents[2] / module.replace("entrywise.", "").replace(".", "/")
    text = source.with_suffix(".py").read_text("utf-8")
    imports = text.count("import onnxruntime\n") + text.count("from onnxruntime.quantization")
    assert imports == text.count("report_nothing()\n") > 0


def test_a_question_leaves_nothing_in_a_home(small_root: Path, tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "src"
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    kept = {name: value for name, value in kept.items() if not name.startswith("XDG_")}
    own = {"HOME": str(tmp_path), "PYTHONPATH": str(source), "ENTRYWISE_INDEX": str(small_root)}
    command = [sys.executable, "-m", "entrywise.rag.ask", "what is GQA?"]
    subprocess.run(command, env=kept | own, check=True, capture_output=True)
    assert list(tmp_path.rglob("*")) == []
