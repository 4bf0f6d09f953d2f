"""The results as Markdown and as a picture."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OWN = "Entrywise"


def write(results: dict[str, Any], folder: Path) -> None:
    """Write results.md, and results.png where peers were measured."""
    (folder / "results.md").write_text("\n".join(_lines(results)) + "\n", "utf-8")
    if "cold" in results and len(results["cold"]) > 1:
        _plot(results, folder / "results.png")


def _lines(results: dict[str, Any]) -> Iterator[str]:
    machine = results["machine"]
    yield (
        f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, "
        f"load {machine['load']}. Medians; ratios are taken within one run."
    )
    if "cold" in results:
        yield from _cold(results["cold"])
    if "warm" in results:
        yield from _warm(results["warm"])
    if "serve" in results:
        served = results["serve"]
        yield from ("", "| a serving process | |", "|---|---|")
        yield f"| start to first answer | {served['first answer']:.2f} s |"
        yield f"| resident memory, ready | {served['memory']['ready']:.0f} MB |"
        yield f"| resident memory, after questions | {served['memory']['after questions']:.0f} MB |"
        yield f"| answers a second, 4 clients | {served['answers a second']:.0f} |"
        yield f"| share of the bare encoder's rate | {served['share of the encoder']:.2f} |"
    if "build" in results:
        built = results["build"]
        yield from ("", "| index | CPU s |", "|---|---|")
        yield from (f"| {name} | {seconds:.1f} |" for name, seconds in built.items())
        yield f"| build / bare encoding | {built['build'] / built['bare encoding']:.2f} |"


def _cold(cold: dict[str, Any]) -> Iterator[str]:
    own = cold[OWN]["cpu_s"]
    yield from (
        "",
        "| one cold question | CPU s | times Entrywise | peak MB |",
        "|---|---|---|---|",
    )
    for name, cost in sorted(cold.items(), key=lambda item: statistics.median(item[1]["cpu_s"])):
        # Pair by pair: each round has one of each.
        ratio = statistics.median(
            theirs / ours for theirs, ours in zip(cost["cpu_s"], own, strict=True)
        )
        median = statistics.median(cost["cpu_s"])
        yield f"| {name} | {median:.2f} | {ratio:.1f} | {cost['peak_mb']:.0f} |"


def _warm(warm: dict[str, Any]) -> Iterator[str]:
    forward = warm["forward pass"]
    yield from ("", "| one warm question | CPU ms | times the forward pass |", "|---|---|---|")
    for name, spent in warm.items():
        if name != "stages":
            yield f"| {name} | {spent:.2f} | {spent / forward:.2f} |"
    yield from ("", "| stage of an answer | ms |", "|---|---|")
    yield from (f"| {stage} | {spent:.2f} |" for stage, spent in warm["stages"].items())


def _plot(results: dict[str, Any], path: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    cold = {name: statistics.median(cost["cpu_s"]) for name, cost in results["cold"].items()}
    panels = [("one cold question, CPU s", cold)]
    if "warm" in results:
        warm = {name: spent for name, spent in results["warm"].items() if name != "stages"}
        panels.append(("one warm question, CPU ms", warm))
    figure, axes = pyplot.subplots(1, len(panels), figsize=(6.5 * len(panels), 4), squeeze=False)
    for axis, (title, values) in zip(axes[0], panels, strict=True):
        names = sorted(values, key=values.__getitem__, reverse=True)
        colours = ["#0b6e67" if name.startswith(OWN) else "#b8b4ab" for name in names]
        bars = axis.barh(names, [values[name] for name in names], color=colours)
        axis.bar_label(bars, fmt="%.2f", padding=3)
        axis.set_title(title, loc="left")
        axis.spines[["top", "right"]].set_visible(False)
        axis.margins(x=0.15)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
