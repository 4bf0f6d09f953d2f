"""An evaluation as one picture: ranking by type, confidence by scope, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from entrywise.data.errors import EntrywiseError
from entrywise.data.system_errors import unwritable
from entrywise.rag.evaluation.metrics import reliability
from entrywise.rag.evaluation.questions import IN, SCOPES
from entrywise.rag.evaluation.run import Evaluation
from entrywise.rag.evaluation.summary import ALL, Summary, summarize

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's palette, which people with any colour vision can tell apart.
_BLUE, _ORANGE, _GREEN, _GREY = "#0072B2", "#D55E00", "#009E73", "#999999"
_SCOPE_COLORS = dict(zip(SCOPES, (_BLUE, _ORANGE, _GREEN), strict=True))
_MARKERS = ("o", "s", "D")
_SIZE = (12, 6.4)
_DPI = 150


def plot(evaluation: Evaluation, path: Path) -> None:
    """Draw an evaluation into a PNG file.

    Raises:
        EntrywiseError: matplotlib is not installed, or the file cannot be written.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise EntrywiseError(
            "matplotlib is not installed, so nothing can be drawn; "
            "install it with: pip install 'entrywise[plot]'"
        ) from error
    figure = Figure(figsize=_SIZE, layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 2, width_ratios=(1.15, 1), height_ratios=(1, 1.25))
    summary = summarize(evaluation)
    _draw_types(figure.add_subplot(grid[:, 0]), summary)
    _draw_confidence(figure.add_subplot(grid[0, 1]), evaluation)
    _draw_reliability(
        figure.add_subplot(grid[1, 1]), evaluation, summary.abstention.calibration_error
    )
    try:
        figure.savefig(path, format="png", dpi=_DPI)
    except OSError as error:
        raise EntrywiseError(unwritable(path, error, otherwise="name another file")) from error


def _draw_types(axes: Axes, summary: Summary) -> None:
    rows = [(name, row.questions, row.ndcg) for name, row in summary.by_type.items() if row.ndcg]
    for place, (name, _, mean) in enumerate(rows):
        spread = [[mean.value - mean.low], [mean.high - mean.value]]
        axes.barh(place, mean.value, 0.62, color=_BLUE, alpha=1 if name == ALL else 0.6)
        axes.errorbar(mean.value, place, xerr=spread, color="black", capsize=3, linewidth=1.2)
        axes.text(0.012, place, f"{mean.value:.2f}", color="white", va="center", weight="bold")
    for (baseline, figures), marker in zip(summary.baselines.items(), _MARKERS, strict=False):
        values = [figures.ndcg[name].value for name, _, _ in rows]
        axes.plot(
            values, range(len(rows)), marker, color="white", markeredgecolor="black",
            markersize=7, label=baseline,
        )  # fmt: skip
    axes.set_yticks(range(len(rows)), [f"{name}  (n = {count})" for name, count, _ in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("nDCG@5 (mean and 95 % bootstrap interval)")
    axes.set_title("Ranking of in-scope questions by type", loc="left")
    _plain(axes)
    if summary.baselines:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=3, frameon=False)


def _draw_confidence(axes: Axes, evaluation: Evaluation) -> None:
    generator = np.random.default_rng(0)
    for place, scope in enumerate(SCOPES):
        values = [o.confidence for o in evaluation.outcomes if o.question.scope == scope]
        heights = place + generator.uniform(-0.3, 0.3, len(values))
        axes.scatter(values, heights, 16, color=_SCOPE_COLORS[scope], alpha=0.55, linewidths=0)
    axes.axvline(evaluation.threshold, color="black", linestyle="--", linewidth=1)
    axes.annotate(
        f"threshold {evaluation.threshold:g}", (evaluation.threshold, 1), (4, 3),
        xycoords=("data", "axes fraction"), textcoords="offset points", fontsize="small",
    )  # fmt: skip
    axes.set_yticks(range(len(SCOPES)), _scope_labels(evaluation))
    axes.set_ylim(len(SCOPES) - 0.5, -0.5)
    axes.set_xlim(-0.02, 1.02)
    axes.set_title("Confidence by scope\n", loc="left")
    axes.set_xlabel("confidence, one dot a question")
    _plain(axes)


def _scope_labels(evaluation: Evaluation) -> Sequence[str]:
    scopes = [outcome.question.scope for outcome in evaluation.outcomes]
    return [f"{scope}  (n = {scopes.count(scope)})" for scope in SCOPES]


def _draw_reliability(axes: Axes, evaluation: Evaluation, error: float) -> None:
    bins = reliability(
        [outcome.confidence for outcome in evaluation.outcomes],
        [outcome.question.scope == IN for outcome in evaluation.outcomes],
    )
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1)
    means, shares, counts = zip(*bins, strict=True)
    axes.scatter(means, shares, [20 + 3 * count for count in counts], color=_BLUE, alpha=0.7)
    for mean, share, count in bins:
        # Away from the diagonal, where the dots are.
        side = "right" if share >= mean else "left"
        shift = (-9, 3) if share >= mean else (8, -9)
        axes.annotate(str(count), (mean, share), shift, textcoords="offset points", ha=side)
    axes.set_xlim(-0.08, 1.08)
    axes.set_ylim(-0.12, 1.12)
    axes.set_xlabel("mean confidence of a tenth (beside it: its questions)")
    axes.set_ylabel("share in scope")
    axes.set_title(f"Calibration (expected error {error:.3f})", loc="left")
    _plain(axes)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
