"""A process that stays builds no index itself."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

from entrywise.rag.settings import Settings, load_settings
from entrywise.web import commands as serving

SOURCE = ROOT / "src"


def _settings(**named: Path) -> Settings:
    return replace(load_settings(), **{"index": "", **{k: str(v) for k, v in named.items()}})


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_an_index_that_cannot_be_built_is_reported_once(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, "-m", "entrywise", command],
        env={"PYTHONPATH": str(SOURCE), "ENTRYWISE_CACHE": str(tmp_path / "file" / "cache")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("cannot be written") == done.stderr.count("\n") == 1


@pytest.mark.parametrize(("code", "status"), [(0, 0), (3, 3), (-9, 0)])
def test_a_missing_index_is_built_in_a_process_of_its_own(
    code: int, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where that process is killed, this one tries by itself."""
    started: list[list[str]] = []

    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(serving.subprocess, "run", run)
    assert serving._build_apart(_settings(cache=tmp_path)) == status
    assert started[0][:3] == [sys.executable, "-m", "entrywise"]
    assert serving._build_apart(_settings(index=tmp_path)) == 0
    assert len(started) == 1


def test_an_index_that_is_there_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entrywise.index.cache.shipped_index", lambda cache: cache)
    monkeypatch.delattr(serving.subprocess, "run")
    assert serving._build_apart(_settings(cache=tmp_path)) == 0
