"""Nothing is reported to anybody: a home that was empty is empty after a question."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

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
