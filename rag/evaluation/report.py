"""An evaluation as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from entrywise.rag.evaluation.baselines import CHUNKS
from entrywise.rag.evaluation.outcome import Outcome
from entrywise.rag.evaluation.run import Evaluation
from entrywise.rag.evaluation.summary import ALL, Mean, Summary, WrittenFigures, summarize

_MISSING = "–"
# A figure with its interval takes 18 columns, so that only two of them have it: 100 are enough.
_TYPE_COLUMNS = ("", "n", "nDCG@5", "recall@5", "conveyed", "strictly", "precision")

Row = Sequence[str]


def as_text(evaluation: Evaluation) -> str:
    """The figures in aligned plain text, at most 100 columns wide.

    A figure is a mean over questions, with its 95 % bootstrap interval in brackets.
    """
    summary = summarize(evaluation)
    counts = ", ".join(f"{count} {scope}" for scope, count in summary.questions.items())
    heading = f"{sum(summary.questions.values())} questions ({counts}); means [95 % interval]"
    tables = [_types(summary), _shares(summary)]
    if summary.written:
        tables.append(_written(summary.written))
    if summary.baselines:
        tables.append(_baselines(summary))
    return "\n\n".join([heading, *map(_aligned, tables)])


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """The figures, and under `outcomes` the measures of every question."""
    figures = asdict(summarize(evaluation))
    return figures | {"outcomes": [_record(outcome) for outcome in evaluation.outcomes]}


def beir_as_text(figures: Mapping[str, Mean]) -> str:
    """The figures of a BEIR collection in aligned plain text."""
    rows = [(name, _with_interval(mean)) for name, mean in figures.items()]
    counts = {mean.count for mean in figures.values()}
    return _aligned([("queries", *map(str, counts)), *rows])


def _record(outcome: Outcome) -> dict[str, Any]:
    ranking, question = outcome.ranking, outcome.question
    return {
        "id": question.id,
        "type": question.type,
        "scope": question.scope,
        "status": outcome.status,
        "confidence": outcome.confidence,
        "retrieved": list(ranking.entries),
        "ndcg": ranking.ndcg,
        "recall": ranking.recall,
        "must_retrieved": ranking.must_retrieved,
        "must_cited": outcome.must_cited,
        "shown": ranking.shown,
        "conveyed": outcome.conveyed,
        "conveyed_strictly": outcome.conveyed_strictly,
        "precision": outcome.precision,
        "exact": outcome.exact,
        "words": outcome.words,
        "milliseconds": round(outcome.milliseconds, 3),
        "writing": outcome.writing and outcome.writing.to_dict(),
    }


def _types(summary: Summary) -> list[Row]:
    rows = [
        (
            name,
            str(figures.questions),
            _with_interval(figures.ndcg),
            _alone(figures.recall),
            _with_interval(figures.conveyed),
            _alone(figures.conveyed_strictly),
            _alone(figures.precision),
        )
        for name, figures in summary.by_type.items()
    ]
    return [_TYPE_COLUMNS, *rows]


def _shares(summary: Summary) -> list[Row]:
    told = summary.abstention
    shown = [("in scope: a labelled text shown", _with_interval(summary.shown))]
    return [
        ("comparisons with every entry retrieved", _with_interval(summary.must_retrieved)),
        ("comparisons with every entry cited", _with_interval(summary.must_cited)),
        ("in scope: a relevant entry first", _with_interval(summary.first)),
        *(shown if summary.shown else ()),
        ("AUROC of confidence, in against near and far", _number(told.auroc)),
        ("AUROC of confidence, in against near", _number(told.auroc_near)),
        (f"in scope: answered at {told.threshold:g}", _with_interval(told.in_answered)),
        (f"near: abstained at {told.threshold:g}", _with_interval(told.near_abstained)),
        (f"far: abstained at {told.threshold:g}", _with_interval(told.far_abstained)),
        ("calibration error of confidence", _number(told.calibration_error)),
        ("answers with exact quotes only", _with_interval(summary.exact)),
        ("median words outside tables", _number(summary.words, ".0f")),
        ("median milliseconds", _number(summary.milliseconds, ".1f")),
    ]


def _written(figures: WrittenFigures) -> list[Row]:
    return [
        (f"answers that {figures.model} was asked for", str(figures.asked)),
        ("its sentences", str(figures.sentences)),
        ("of them supported by the quotes", _with_interval(figures.supported)),
        ("citations of what it was not given", str(figures.invalid_citations)),
        ("answers quoted instead, or from some sentence on", _with_interval(figures.fell_back)),
    ]


def _baselines(summary: Summary) -> list[Row]:
    """nDCG@5 by type, the comparisons with every entry, and where texts are labelled what is shown;
    intervals for all types together."""
    columns = list(summary.baselines.values())
    rows: list[Row] = [("nDCG@5", *summary.baselines, "this assistant")]
    for name, figures in summary.by_type.items():
        show = _with_interval if name == ALL else _alone
        means = [column.ndcg.get(name) for column in columns]
        rows.append((name, *map(show, [*means, figures.ndcg])))
    retrieved = [column.must_retrieved for column in columns]
    every = map(_with_interval, [*retrieved, summary.must_retrieved])
    rows.append(("every entry", *every))
    if summary.shown:
        shown = [column.shown for column in columns]
        rows.append((f"shown ({CHUNKS} chunks)", *map(_with_interval, [*shown, summary.shown])))
    return rows


def _aligned(rows: Sequence[Row]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _with_interval(mean: Mean | None) -> str:
    return f"{mean.value:.3f} [{mean.low:.2f}, {mean.high:.2f}]" if mean else _MISSING


def _alone(mean: Mean | None) -> str:
    return _number(mean.value if mean else None)


def _number(value: float | None, form: str = ".3f") -> str:
    return _MISSING if value is None else format(value, form)
