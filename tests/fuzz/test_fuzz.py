"""The fuzzers with a short budget, and that a fault would be found, shrunk, kept and told.

For hours: `PYTHONPATH=src:tests python -m fuzz --hours 8`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import process_time

import pytest
from hypothesis import strategies as st
from paths import ROOT

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from fuzz.run import Runner
from fuzz.target import Case, Fault, insist, within
from fuzz.targets.registry import NAMES, open_targets

SHORT = {"settings": 100, "identity": 60, "questions": 40, "http": 60}
LONG = {"readers": 200, "markdown": 150}
SEED = 1


@pytest.fixture(scope="module")
def assistants(small_root: Path, harbour_root: Path) -> Iterator[dict[str, Assistant]]:
    """Of terms, and of documents."""
    roots = {"terms": small_root, "documents": harbour_root}
    with ExitStack() as stack:
        yield {name: stack.enter_context(Assistant(Index(root))) for name, root in roots.items()}


def _run(name: str, count: int, folder: Path, assistants: dict[str, Assistant]) -> Runner:
    with ExitStack() as stack:
        targets = open_targets([name], folder / "work", stack, lambda: assistants)
        runner = Runner(targets, SEED, folder / "kept")
        runner.run(inputs=count)
    return runner


@pytest.mark.parametrize("name", NAMES)
def test_a_short_search_finds_nothing(
    name: str, tmp_path: Path, assistants: dict[str, Assistant]
) -> None:
    runner = _run(name, SHORT.get(name, 30), tmp_path, assistants)
    assert runner.tallies[name].inputs >= SHORT.get(name, 30)
    assert [*runner.tallies[name].faults] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_longer_search_finds_nothing(
    name: str, tmp_path: Path, assistants: dict[str, Assistant]
) -> None:
    runner = _run(name, LONG.get(name, 600), tmp_path, assistants)
    assert [*runner.tallies[name].faults] == []


class Planted:
    """A target with two faults."""

    name = "planted"
    strategy = st.text("abcxy", max_size=20)

    def check(self, case: Case) -> None:
        insist("x" not in case, "it holds an x")
        if "y" in case:
            raise ZeroDivisionError


def test_faults_are_found_shrunk_kept_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runner = Runner([Planted()], 0, tmp_path)
    runner.run(inputs=400)

    kept = sorted(tmp_path.glob("planted/*.json"))
    assert sorted(json.loads(path.read_text("utf-8")) for path in kept) == ["x", "y"]
    assert all("Traceback" in path.with_suffix(".txt").read_text("utf-8") for path in kept)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert all(f"--only planted --case {tmp_path}" in line for line in told)
    assert runner.found
    assert [*runner.lines()][-1].split()[::2] == ["all", "2"]


def test_the_same_seed_draws_the_same_cases(tmp_path: Path) -> None:
    drawn: dict[int, list[str]] = {}
    for run, seed in enumerate((1, 1, 2)):
        cases = drawn.setdefault(run, [])

        class Noting:
            name = "noting"
            strategy = st.text()

            def check(self, case: Case, cases: list[str] = cases) -> None:
                cases.append(case)

        Runner([Noting()], seed, tmp_path).run(inputs=50)
    assert drawn[0] == drawn[1] != drawn[2]


def test_what_takes_too_long_is_a_fault() -> None:
    def wait() -> None:
        with within(0.1):
            start = process_time()
            while process_time() - start < 0.2:
                pass

    with pytest.raises(Fault, match=r"s of processor time, 0\.1 are allowed"):
        wait()


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fuzz", "--only", "settings", "--inputs", "20", "--seed", "7"]
    done = subprocess.run(
        [*command, "--keep", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (
        0,
        f"seed 7; failing cases are kept in {tmp_path}\n",
    )
    assert done.stdout.splitlines()[-1].split() == ["all", "20", "0"]
