"""Fits the models of confidence and of selection (see `rag/judge/`) to labelled questions.

Logistic regression on standardized signs, whose weights are folded back to the raw ones, so that
the program that uses them needs no scikit-learn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import EntrywiseError
from entrywise.data.readers.fields import as_record
from entrywise.data.readers.files import parse_json, read_text
from entrywise.data.system_errors import unwritable
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.metrics import auroc, expected_calibration_error
from entrywise.rag.evaluation.questions import IN, NEAR, SCOPES, LabelledQuestion
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.find.retrieval import UNLIKE, look_up
from entrywise.rag.journey import DEFAULT_TOP
from entrywise.rag.judge.calibration.labels import balanced
from entrywise.rag.judge.calibration.own_step import FITTED_FAIR
from entrywise.rag.judge.confidence import Signs, signs
from entrywise.rag.judge.excerpt_signs import ExcerptSigns, excerpt_signs
from entrywise.rag.judge.selection import CandidateSigns, Findings, candidate_signs, select
from entrywise.rag.understand.input import cleaned
from entrywise.rag.understand.question import Question

Floats = NDArray[np.float64]
_Fold = tuple[NDArray[np.int64], NDArray[np.int64]]
"""The rows that a model is fitted to, and those that it is tested on."""

# Five folds keep four fifths of a small set for fitting; five shuffles take out the luck of one.
_FOLDS = 5
_REPEATS = 5
_INSIDE = 1.75
"""Questions on terms that are in scope for each that is not. With 2.7, as labelled ones have it,
0.70 of the near misses of `tests/questions.jsonl` are withheld at the default threshold, with this
0.77."""
_OF_A_COLLECTION = 100
"""What the questions of a collection count together."""


class Collection(NamedTuple):
    """Documents and questions on them: {question: whether they answer it}."""

    name: str
    assistant: Assistant
    questions: Mapping[str, bool]

    def findings(self, text: str) -> Findings:
        """What is found for one of them."""
        index = self.assistant.index
        question, candidates = look_up(cleaned(text), index, self.assistant.domain, DEFAULT_TOP)
        return select(question, candidates, index)


def fit_confidence(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> dict[str, Any]:
    """The model of confidence that fits labelled questions best, and how well it does on others.

    Returns:
        `weights` {sign: weight}, `bias`, `fitted_on` {`questions` and each scope: count}, and
        `cross_validated` {`auroc`, `near_auroc`, `ece`}: 5 folds that keep the shares of the
        scopes, 5 times, averaged. The same questions and index give the same figures.

    Raises:
        EntrywiseError: scikit-learn is not installed, or there are fewer than 5 questions of
            a scope.
    """
    _sklearn()
    counts = {scope: sum(q.scope == scope for q in questions) for scope in SCOPES}
    for scope, count in counts.items():
        if count < _FOLDS:
            raise EntrywiseError(
                f"{count} questions of the scope {scope!r} are too few to fit confidence to; "
                f"label at least {_FOLDS}"
            )
    index = assistant.index
    found = [_found(assistant, question) for question in questions]
    observed = _table(signs(parsed, near, index, unlike=UNLIKE) for parsed, near in found)
    scopes = np.array([question.scope for question in questions])
    counting = balanced(scopes == IN, _INSIDE)
    return {
        **_model(Signs, *_fit(observed, scopes == IN, counting)),
        "fitted_on": {"questions": len(questions), **counts},
        "cross_validated": _cross_validated(observed, scopes, counting),
    }


def fit_selection(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> dict[str, Any]:
    """The model of selection that fits labelled questions best, and how well it does on others.

    Returns:
        `weights`, `bias` and `fitted_on` as `fit_confidence` does, and `cross_validated` {`auroc`,
        `ece`} over candidates, with 5 folds that keep a question's candidates together.

    Raises:
        EntrywiseError: scikit-learn is not installed, or there are fewer than 5 questions in
            scope.
    """
    _sklearn()
    inside = [question for question in questions if question.scope == IN]
    if len(inside) < _FOLDS:
        raise EntrywiseError(
            f"{len(inside)} questions in scope are too few to fit the selection to; "
            f"label at least {_FOLDS}"
        )
    observed: list[CandidateSigns] = []
    relevant: list[bool] = []
    groups: list[int] = []
    for number, question in enumerate(inside):
        parsed, candidates = _found(assistant, question)
        for candidate in candidates:
            observed.append(candidate_signs(candidate, candidates[0], parsed))
            relevant.append(assistant.index.catalog.ids[candidate.entry] in question.relevant)
            groups.append(number)
    table, labels = _table(observed), np.array(relevant)
    folds = _sklearn().model_selection.GroupKFold(_FOLDS).split(table, labels, groups)
    probabilities = _held_out(table, labels, None, folds)
    return {
        **_model(CandidateSigns, *_fit(table, labels)),
        "fitted_on": {"questions": len(inside), "candidates": len(labels)},
        "cross_validated": {
            "auroc": round(_auroc(probabilities, labels), 4),
            "ece": round(expected_calibration_error(probabilities.tolist(), labels.tolist()), 4),
        },
    }


def fit_documents(collections: Sequence[Collection]) -> dict[str, Any]:
    """The model of confidence for documents, fitted to several collections, each with the same
    weight, and to four questions that are answered for each that is not.

    Returns:
        `weights`, `bias` and `fitted_on` {`collections`, `questions`}, and `left_out` {name:
        `auroc`} of each collection by a model that was fitted to the others.

    Raises:
        EntrywiseError: scikit-learn is not installed.
    """
    _sklearn()
    told = [(one, text) for one in collections for text in one.questions]
    observed = _table(excerpt_signs(one.findings(text)) for one, text in told)
    answered = np.array([one.questions[text] for one, text in told])
    names = np.array([one.name for one, _ in told])
    rows = {one.name: names == one.name for one in collections}
    counting = np.empty(len(told))
    for own in rows.values():
        counting[own] = _OF_A_COLLECTION / own.sum() * balanced(answered[own], FITTED_FAIR)
    folds = _sklearn().model_selection.LeaveOneGroupOut().split(observed, answered, names)
    probabilities = _held_out(observed, answered, counting, folds)
    return {
        **_model(ExcerptSigns, *_fit(observed, answered, counting)),
        "fitted_on": {"collections": len(collections), "questions": len(told)},
        "left_out": {
            name: {"auroc": round(_auroc(probabilities[own], answered[own]), 4)}
            for name, own in rows.items()
        },
    }


def write_model(model: dict[str, Any], name: str, path: Path) -> None:
    """Write a fitted model into a JSON file that `rag/judge/logistic.py` reads.

    Args:
        name: which model it is (`logistic.model_name`); others that the file holds stay there.

    Raises:
        KnowledgeBaseError: the file is there and holds something else.
        EntrywiseError: the file cannot be written.
    """
    there = as_record(parse_json(read_text(path), str(path)), str(path)) if path.exists() else None
    models = {**(there.values if there else {}), name: model}
    try:
        path.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise EntrywiseError(unwritable(path, error, otherwise="name another folder")) from error


def _found(assistant: Assistant, question: LabelledQuestion) -> tuple[Question, list[Candidate]]:
    """A question and its candidates, as the assistant would see them."""
    text = cleaned(question.question)
    return look_up(text, assistant.index, assistant.domain, DEFAULT_TOP, unlike=UNLIKE)


def _table(
    signs: Iterable[Signs] | Iterable[CandidateSigns] | Iterable[ExcerptSigns],
) -> Floats:
    """The values of the signs, float64 (questions or candidates, signs)."""
    return np.array(list(signs))


def _model(
    signs: type[Signs | CandidateSigns | ExcerptSigns], weights: Floats, bias: float
) -> dict[str, Any]:
    named = zip(signs._fields, weights.tolist(), strict=True)
    return {"weights": {name: round(w, 4) for name, w in named}, "bias": round(bias, 4)}


def _sklearn() -> Any:
    """scikit-learn, which only fitting needs: the base install comes without it."""
    try:
        import sklearn.linear_model
        import sklearn.model_selection
    except ImportError as error:
        raise EntrywiseError(
            "scikit-learn is not installed, so no model can be fitted; "
            "install it with: pip install 'entrywise[models]'"
        ) from error
    return sklearn


def _fit(
    observed: Floats, inside: NDArray[np.bool_], counting: Floats | None = None
) -> tuple[Floats, float]:
    """Raw weights, float64 (signs,), and bias.

    Args:
        counting: how much each row counts, float64 (rows,); all alike without.
    """
    mean, scale = observed.mean(axis=0), observed.std(axis=0)
    # A sign that never changes says nothing: any scale gives it the weight 0.
    scale[scale == 0] = 1
    model = (
        _sklearn()
        .linear_model.LogisticRegression()
        .fit((observed - mean) / scale, inside, sample_weight=counting)
    )
    weights: Floats = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - weights @ mean)


def _cross_validated(
    observed: Floats, scopes: NDArray[np.str_], counting: Floats
) -> dict[str, float]:
    """The measures of probabilities that each question got from the other four folds."""
    inside, is_near = scopes == IN, np.isin(scopes, (IN, NEAR))
    runs = []
    for seed in range(_REPEATS):
        folds = _sklearn().model_selection.StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
        probabilities = _held_out(observed, inside, counting, folds.split(observed, scopes))
        runs.append(
            {
                "auroc": _auroc(probabilities, inside),
                "near_auroc": _auroc(probabilities[is_near], inside[is_near]),
                "ece": expected_calibration_error(probabilities.tolist(), inside.tolist()),
            }
        )
    return {name: round(fmean(run[name] for run in runs), 4) for name in runs[0]}


def _held_out(
    observed: Floats, inside: NDArray[np.bool_], counting: Floats | None, folds: Iterable[_Fold]
) -> Floats:
    """The probability that each row, of one fold, got from a model fitted to the other folds."""
    probabilities = np.empty(len(inside))
    for rest, fold in folds:
        counts = None if counting is None else counting[rest]
        weights, bias = _fit(observed[rest], inside[rest], counts)
        probabilities[fold] = 1 / (1 + np.exp(-(observed[fold] @ weights + bias)))
    return probabilities


def _auroc(probabilities: Floats, inside: NDArray[np.bool_]) -> float:
    """How well probabilities tell rows that are inside from the others."""
    return auroc(probabilities[inside].tolist(), probabilities[~inside].tolist())
