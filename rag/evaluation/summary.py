"""From the outcomes of single questions to the figures that are reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from entrywise.rag.answer import Writing
from entrywise.rag.evaluation.metrics import auroc, bootstrap_interval, expected_calibration_error
from entrywise.rag.evaluation.outcome import Outcome, Ranking
from entrywise.rag.evaluation.questions import COMPARISON, FAR, IN, NEAR, SCOPES, TYPES
from entrywise.rag.evaluation.run import Evaluation

ALL = "all"


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, its 95 % bootstrap interval, and the number of questions it was taken over."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """The figures of the in-scope questions of one type; None where no question has the measure."""

    questions: int
    ndcg: Mean | None
    recall: Mean | None
    conveyed: Mean | None
    conveyed_strictly: Mean | None
    precision: Mean | None


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well an answer is withheld where the knowledge base has none.

    `auroc` tells in-scope from all other questions by confidence, `auroc_near` from near ones;
    the three means are shares of questions; `calibration_error` is the confidence's, 10 bins.
    """

    threshold: float
    auroc: float | None
    auroc_near: float | None
    in_answered: Mean | None
    near_abstained: Mean | None
    far_abstained: Mean | None
    calibration_error: float


@dataclass(frozen=True, slots=True)
class BaselineFigures:
    """A plain retriever's nDCG@5 by type, its share of comparisons with every `must` entry, and of
    questions to which the chunks that it shows have a labelled text."""

    ndcg: dict[str, Mean]
    must_retrieved: Mean | None
    shown: Mean | None


@dataclass(frozen=True, slots=True)
class WrittenFigures:
    """What an LLM wrote: `supported` is a share of its sentences, `fell_back` of the answers that
    it was asked for."""

    model: str
    asked: int
    sentences: int
    supported: Mean | None
    invalid_citations: int
    fell_back: Mean | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of an evaluation.

    `by_type` starts with all types together. `must_retrieved` and `must_cited` are shares of the
    comparisons, `first` of the questions whose first entry is relevant, `shown` of those whose
    answer shows a labelled text, where some are labelled. `exact` is the share of the given answers
    whose quotes are exact, `words` the median of their words outside tables; `milliseconds` is the
    median over all questions.
    """

    questions: dict[str, int]
    by_type: dict[str, TypeFigures]
    must_retrieved: Mean | None
    must_cited: Mean | None
    first: Mean | None
    shown: Mean | None
    abstention: Abstention
    exact: Mean | None
    words: float | None
    milliseconds: float
    baselines: dict[str, BaselineFigures]
    written: WrittenFigures | None = None


def mean(values: Sequence[float]) -> Mean:
    """The mean of at least one value, with its interval."""
    return Mean(fmean(values), *bootstrap_interval(values), len(values))


def mean_of(values: Iterable[float | None]) -> Mean | None:
    """The mean of the values that are there; None when there is none."""
    there = [float(value) for value in values if value is not None]
    return mean(there) if there else None


def summarize(evaluation: Evaluation) -> Summary:
    """The figures of an evaluation of at least one question."""
    outcomes = evaluation.outcomes
    inside = [outcome for outcome in outcomes if outcome.question.scope == IN]
    compared = [outcome for outcome in inside if outcome.question.type == COMPARISON]
    given = [outcome for outcome in outcomes if outcome.answered]
    return Summary(
        questions={
            scope: sum(outcome.question.scope == scope for outcome in outcomes) for scope in SCOPES
        },
        by_type=_by_type(inside),
        must_retrieved=mean_of(outcome.ranking.must_retrieved for outcome in compared),
        must_cited=mean_of(outcome.must_cited for outcome in compared),
        first=mean_of(outcome.ranking.is_first for outcome in inside),
        shown=mean_of(outcome.ranking.shown for outcome in inside),
        abstention=_abstention(outcomes, evaluation.threshold),
        exact=mean_of(outcome.exact for outcome in given),
        words=float(median(outcome.words for outcome in given)) if given else None,
        milliseconds=median(outcome.milliseconds for outcome in outcomes),
        baselines={name: _baseline(ranked) for name, ranked in evaluation.baselines.items()},
        written=_written([outcome.writing for outcome in outcomes if outcome.writing]),
    )


def _by_type(inside: Sequence[Outcome]) -> dict[str, TypeFigures]:
    groups = {ALL: inside} | {
        name: [outcome for outcome in inside if outcome.question.type == name] for name in TYPES
    }
    return {name: _figures(group) for name, group in groups.items() if group}


def _figures(outcomes: Sequence[Outcome]) -> TypeFigures:
    return TypeFigures(
        questions=len(outcomes),
        ndcg=mean_of(outcome.ranking.ndcg for outcome in outcomes),
        recall=mean_of(outcome.ranking.recall for outcome in outcomes),
        conveyed=mean_of(outcome.conveyed for outcome in outcomes),
        conveyed_strictly=mean_of(outcome.conveyed_strictly for outcome in outcomes),
        precision=mean_of(outcome.precision for outcome in outcomes),
    )


def _abstention(outcomes: Sequence[Outcome], threshold: float) -> Abstention:
    confidences = {
        scope: [outcome.confidence for outcome in outcomes if outcome.question.scope == scope]
        for scope in SCOPES
    }
    answered = {
        scope: [outcome.answered for outcome in outcomes if outcome.question.scope == scope]
        for scope in SCOPES
    }
    return Abstention(
        threshold=threshold,
        auroc=_auroc(confidences[IN], confidences[NEAR] + confidences[FAR]),
        auroc_near=_auroc(confidences[IN], confidences[NEAR]),
        in_answered=mean_of(answered[IN]),
        near_abstained=mean_of(not given for given in answered[NEAR]),
        far_abstained=mean_of(not given for given in answered[FAR]),
        calibration_error=expected_calibration_error(
            [outcome.confidence for outcome in outcomes],
            [outcome.question.scope == IN for outcome in outcomes],
        ),
    )


def _written(records: Sequence[Writing]) -> WrittenFigures | None:
    if not records:
        return None
    verdicts = [
        number < record.supported for record in records for number in range(record.sentences)
    ]
    return WrittenFigures(
        model=records[0].model,
        asked=len(records),
        sentences=len(verdicts),
        supported=mean_of(verdicts),
        invalid_citations=sum(record.invalid_citations for record in records),
        fell_back=mean_of(record.fallback is not None for record in records),
    )


def _auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    return auroc(positives, negatives) if positives and negatives else None


def _baseline(ranked: Sequence[Ranking]) -> BaselineFigures:
    means = {
        name: mean_of(ranking.ndcg for ranking in ranked if name in (ALL, ranking.question.type))
        for name in (ALL, *TYPES)
    }
    return BaselineFigures(
        ndcg={name: figure for name, figure in means.items() if figure is not None},
        must_retrieved=mean_of(
            ranking.must_retrieved for ranking in ranked if ranking.question.type == COMPARISON
        ),
        shown=mean_of(ranking.shown for ranking in ranked),
    )
