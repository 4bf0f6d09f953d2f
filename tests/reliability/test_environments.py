"""Asking where little is allowed: no home, nothing to write to, nothing to read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from paths import ROOT

from entrywise.index.generations.lease import current

# Each command is started twice.
pytestmark = pytest.mark.slow

# Root would be let in anywhere, so the command runs as nobody; what nobody may not read either, as
# this Python, is loaded before.
AS_NOBODY = """
import contextlib, io, os, sys
import filelock, platformdirs
from entrywise.__main__ import main as entrywise
from entrywise.rag.commands.ask import main as ask

warm, command, *arguments = sys.argv[1:]
environment = dict(os.environ)
os.environ["ENTRYWISE_HISTORY"] = "none"
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    if command == "ask":
        ask(["what is GQA?", "--index", warm])
    else:
        entrywise(["index", "build", f"{warm}/../note.md", "--out", f"{warm}/../warm"])
os.environ.clear()
os.environ.update(environment)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit({"ask": ask, "entrywise": entrywise}[command](arguments))
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(small_root: Path, tmp_path: Path) -> Run:
    """Run a command as nobody, with no other environment than what is given."""
    warm = shutil.copytree(small_root, tmp_path / "warm" / "index")
    (tmp_path / "warm" / "note.md").write_text("# Tides\n\nThe moon pulls the sea.\n")
    for path in (tmp_path, *tmp_path.parents):
        if (mode := path.stat().st_mode) & 0o055 != 0o055:
            path.chmod(mode | 0o055)

    def ran(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
        return subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(warm), *map(str, arguments)],
            env={**kept, "ENTRYWISE_CONFIG": os.devnull, **environment},
            capture_output=True,
            text=True,
        )

    return ran


@pytest.fixture
def root(small_root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_root, tmp_path / "index"))


def test_an_index_that_may_only_be_read_is_asked(run: Run, root: Path) -> None:
    (current(root) / "checked.json").unlink(missing_ok=True)
    for path in (current(root), root):
        path.chmod(0o555)
    done = run("ask", "what is GQA?", "--index", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "GQA" in done.stdout
    assert not (current(root) / "checked.json").exists()


def test_without_a_home_an_index_is_asked(run: Run, root: Path) -> None:
    done = run("ask", "what is GQA?", "--index", root, HOME="/nonexistent")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("home", ["/nonexistent", "/dev/null", ""])
def test_without_a_cache_the_remedy_is_told(run: Run, home: str) -> None:
    done = run("ask", "what is GQA?", HOME=home, XDG_CACHE_HOME="/proc/nowhere")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "or name another one with ENTRYWISE_CACHE" in done.stderr


def test_an_index_that_may_not_be_read_is_named(run: Run, root: Path) -> None:
    current(root).chmod(0)
    done = run("ask", "what is GQA?", "--index", root)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "Permission denied" in done.stderr
    current(root).chmod(0o755)


def test_a_place_that_may_not_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    source = tmp_path / "note.md"
    source.write_text("# Tides\n\nThe moon pulls the sea.\n")
    out = tmp_path / "closed" / "index"
    done = run("entrywise", "index", "build", source, "--out", out, HOME="/nonexistent")
    assert (done.returncode, done.stdout) == (3, "")
    assert "(Permission denied); make it writable for you" in done.stderr
