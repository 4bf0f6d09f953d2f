from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.pins import ROOT
from entrywise.__main__ import SERVERS
from entrywise.rag.commands.entrywise import build_parser
from entrywise.rag.settings import FILE_VARIABLE, PREFIX, SETTINGS

UNIT = ROOT / "deploy" / "entrywise.service"
NGINX = ROOT / "deploy" / "nginx.conf"
# Tenths of systemd's own grade, of which 10 is a service without any restriction. What is left is
# that it serves a network.
MOST_EXPOSED = 11

ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(not ANALYZE, reason="no systemd-analyze here")


def values(key: str) -> list[str]:
    lines = UNIT.read_text("utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with commands that are there."""
    path = tmp_path / UNIT.name
    text = UNIT.read_text("utf-8")
    path.write_text(text.replace("/opt/entrywise/bin", str(Path(sys.executable).parent)), "utf-8")
    return path


def analyzed(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    assert ANALYZE
    return subprocess.run([ANALYZE, *arguments], capture_output=True, text=True)


@needs_systemd
def test_systemd_understands_all_of_the_unit(unit: Path) -> None:
    done = analyzed("verify", "--man=no", unit)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@needs_systemd
def test_the_service_is_locked_in(unit: Path) -> None:
    done = analyzed("security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", unit)
    assert done.returncode == 0, done.stdout


def test_the_commands_and_the_settings_of_the_unit_exist() -> None:
    for command in (*values("ExecStartPre"), *values("ExecStart")):
        program, *arguments = command.removeprefix("-").split()
        assert program == "/opt/entrywise/bin/entrywise"
        assert build_parser(SERVERS).parse_args(arguments)
    known = {f"{PREFIX}{one.name.upper()}" for one in SETTINGS} | {FILE_VARIABLE}
    named = {value.partition("=")[0] for value in values("Environment")}
    assert {name for name in named if name.startswith(PREFIX)} <= known
    assert {"ENTRYWISE_CACHE", "ENTRYWISE_FEEDBACK", FILE_VARIABLE} <= named


def test_the_proxy_asks_where_the_service_listens() -> None:
    (command,) = values("ExecStart")
    *_, host, _, port = command.split()
    assert host == "127.0.0.1"
    assert f"http://127.0.0.1:{port}" in NGINX.read_text("utf-8")
