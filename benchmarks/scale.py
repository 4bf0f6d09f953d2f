"""What grows with a knowledge base: pages, lists, questions, updates at 1,000 to a million entries.

    python benchmarks/scale.py                    1,000, 20,000 and 100,000 entries, half an hour
    python benchmarks/scale.py --sizes 250000     others

Entries are docstrings of Python's packages (`docstrings.py`), vectors of passages are drawn
(`drawn.py`); questions go through the shipped encoder. Everything is measured in processes of its
own. Prints a Markdown table; writes scale.json and, with `pip install -e ".[plot]"`, scale.png
beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import drawn
import machine
from processes import measured
from scale_child import CHANGES
from systems import HERE, environment

from entrywise.index.layout import FORMAT_VERSION
from entrywise.index.progress import progress_bar

_SIZES = (1_000, 20_000, 100_000)
_QUESTION = "how does a sparse matrix multiply"
_ROUNDS = 3
_ALL = ("cold", "search", "routes", "update")

Figures = dict[str, Any]


def main() -> None:
    """Measure, and write what came of it."""
    options = _options()
    folder: Path = options.work
    os.environ |= drawn.install(folder / "plugin")
    results: Figures = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    with progress_bar("parts") as progress:
        total = len(options.sizes) * (1 + len(options.parts))
        for done, size in enumerate(options.sizes):
            figures: Figures = results.setdefault(str(size), {})
            index = folder / f"index-{FORMAT_VERSION}-{size}"
            steps = ("build", *options.parts)
            for step, part in enumerate(steps):
                progress(done * len(steps) + step, total)
                figures |= _measured(part, index, size, folder)
                results["machine"] = machine.description()
                options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print("\n".join(table(results)))
    if options.out.suffix == ".json":
        _plot(results, options.out.with_suffix(".png"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What grows with a knowledge base.")
    parser.add_argument("parts", nargs="*", choices=[*_ALL, []], default=[], metavar="PART")
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    parser.add_argument("--work", type=Path, default=HERE.parent / ".benchmarks" / "scale")
    parser.add_argument("--out", type=Path, default=HERE / "scale.json")
    options = parser.parse_args()
    options.parts = options.parts or list(_ALL)
    return options


def _measured(part: str, index: Path, size: int, folder: Path) -> Figures:
    kept = str(folder / "docstrings.jsonl")
    if part == "build":
        return {} if index.exists() else _child(folder, part, str(index), str(size), kept)
    if part == "cold":
        return _cold(folder, index)
    if part == "update":
        figures: Figures = {}
        for kind in CHANGES:
            figures |= _updated(folder, index, size, kept, kind)
        return figures
    return _child(folder, part, str(index))


def _updated(folder: Path, index: Path, size: int, kept: str, kind: str) -> Figures:
    copy = folder / "updated"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(index, copy)
    try:
        return _child(folder, "update", str(copy), str(size), kept, kind)
    finally:
        shutil.rmtree(copy)


def _child(folder: Path, *arguments: str) -> Figures:
    command = [sys.executable, str(HERE / "scale_child.py"), *arguments]
    figures: Figures = json.loads(measured(command, _environment(folder)).out.splitlines()[-1])
    return figures


def _cold(folder: Path, index: Path) -> Figures:
    """One question to a new process, which has seen the files before."""
    command = [sys.executable, "-m", "entrywise.rag.commands.ask", _QUESTION, "--index", str(index)]
    # 1 is an answer, too: that there is none.
    asking = ["sh", "-c", '"$@" || test $? = 1', "ask", *command]
    costs = [measured(asking, _environment(folder)) for _ in range(1 + _ROUNDS)][1:]
    return {
        "cold ask, CPU s": statistics.median(cost.cpu_s for cost in costs),
        "cold ask, MB": statistics.median(cost.peak_mb for cost in costs),
    }


def _environment(folder: Path) -> dict[str, str]:
    path = [str(folder / "plugin"), str(HERE), os.environ.get("PYTHONPATH", "")]
    return {**environment(), "PYTHONPATH": os.pathsep.join(filter(None, path))}


def table(results: Mapping[str, Any]) -> Iterator[str]:
    """The results as Markdown, a column for each size."""
    sizes = sorted(int(size) for size in results if size != "machine")
    columns = [results[str(size)] for size in sizes]
    yield "| | " + " | ".join(f"{size:,}" for size in sizes) + " |"
    yield "|---|" + "---|" * len(sizes)
    for name in dict.fromkeys(name for one in columns for name in one if name != "routes"):
        yield _row(name, [_told(one.get(name)) for one in columns])
    served = [one.get("routes", {}) for one in columns]
    for name in dict.fromkeys(name for one in served for name in one):
        cells = [_route(one[name]) if name in one else "" for one in served]
        yield _row(f"`{name}`, CPU ms (first), KB", cells)


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _route(cost: Mapping[str, float]) -> str:
    kilobytes = cost["bytes"] / 1024
    return f"{_told(cost['again'])} ({_told(cost['first'])}), {_told(kilobytes)}"


def _told(value: float | None) -> str:
    """Two digits of small numbers, all of large ones.

    >>> _told(0.123), _told(1.234), _told(12.34), _told(1234.5), _told(None)
    ('0.12', '1.2', '12', '1,234', '')
    """
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _plot(results: Mapping[str, Any], path: Path) -> None:
    """Each cost against the number of entries, on logarithmic axes."""
    try:
        from matplotlib import pyplot
    except ImportError:
        print("no picture: pip install -e '.[plot]'", file=sys.stderr)
        return
    sizes = sorted(int(size) for size in results if size != "machine")
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(13, 5.5))
    columns = [results[str(size)] for size in sizes]
    for name in dict.fromkeys(name for one in columns for name in one if name != "routes"):
        _line(left, name, sizes, [one.get(name) for one in columns])
    served = [one.get("routes", {}) for one in columns]
    for name in dict.fromkeys(name for one in served for name in one):
        _line(right, name, sizes, [one.get(name, {}).get("again") for one in served])
    left.set_title("questions, start, updates")
    right.set_title("addresses, CPU ms when asked again")
    for axes in (left, right):
        axes.set(xscale="log", yscale="log", xlabel="entries")
        axes.legend(fontsize=6, ncols=2)
    figure.savefig(path, dpi=120, bbox_inches="tight")
    pyplot.close(figure)


def _line(axes: Any, name: str, sizes: list[int], values: list[float | None]) -> None:
    points = [(size, value) for size, value in zip(sizes, values, strict=True) if value]
    if points:
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3, linewidth=1, label=name)


if __name__ == "__main__":
    main()
