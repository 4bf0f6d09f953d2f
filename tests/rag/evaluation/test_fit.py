from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from entrywise.data.errors import EntrywiseError, KnowledgeBaseError
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.fit import fit_confidence, fit_selection, write_model
from entrywise.rag.evaluation.questions import SCOPES, LabelledQuestion
from entrywise.rag.find.retrieval import UNLIKE, look_up
from entrywise.rag.journey import DEFAULT_TOP
from entrywise.rag.judge.confidence import Signs, signs

INSIDE = ("GQA", "MLA", "LoRA", "ReAct", "bf16")
NEAR = ("dropout", "perceptrons", "an autoencoder", "boosting", "a random forest")
FAR = ("spaghetti", "the offside rule", "a sonnet", "volcanoes", "the Treaty of Ghent")


@pytest.fixture
def many(questions: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """Five questions of each scope."""
    outside = {"relevant": {}, "must": (), "answer_spans": {}, "type": "other"}
    inside, near, far = (
        questions[1],
        *(replace(questions[0], **outside, scope=scope) for scope in ("near", "far")),
    )
    return [
        replace(template, id=subject, question=f"What is {subject}?")
        for template, subjects in ((inside, INSIDE), (near, NEAR), (far, FAR))
        for subject in subjects
    ]


def probability(model: dict[str, Any], observed: Signs) -> float:
    """What `rag/judge/confidence.py` makes of a model."""
    logit = sum(model["weights"][name] * value for name, value in observed._asdict().items())
    return 1 / (1 + exp(-logit - model["bias"]))


def test_the_raw_weights_give_what_the_standardized_model_gives(
    assistant: Assistant, many: list[LabelledQuestion]
) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    index = assistant.index
    looked_up = [
        look_up(question.question, index, assistant.domain, DEFAULT_TOP, unlike=UNLIKE)
        for question in many
    ]
    seen = [signs(*one, index, unlike=UNLIKE) for one in looked_up]
    observed = np.array(list(seen))
    inside = np.array([question.scope == "in" for question in many])
    # 1.75 of those in scope for each of the others.
    weights = np.where(inside, 1.75 / 2.75 / inside.sum(), 1 / 2.75 / (~inside).sum()) * len(many)
    theirs = make_pipeline(StandardScaler(), LogisticRegression())
    theirs.fit(observed, inside, logisticregression__sample_weight=weights)
    model = fit_confidence(assistant, many)
    ours = [probability(model, s) for s in seen]
    assert ours == pytest.approx(theirs.predict_proba(observed)[:, 1].tolist(), abs=1e-3)


def test_the_fit_says_what_it_was_made_of_and_is_the_same_again(
    assistant: Assistant, many: list[LabelledQuestion]
) -> None:
    model = fit_confidence(assistant, many)
    assert model["fitted_on"] == {"questions": 15, "in": 5, "near": 5, "far": 5}
    assert list(model["cross_validated"]) == ["auroc", "near_auroc", "ece"]
    assert all(0 <= figure <= 1 for figure in model["cross_validated"].values())
    assert model["cross_validated"]["auroc"] > 0.9
    assert model == fit_confidence(assistant, many)


def test_labels_that_mean_nothing_are_not_learnt_across_folds(
    assistant: Assistant, many: list[LabelledQuestion]
) -> None:
    mixed = [replace(q, scope=SCOPES[number % 3]) for number, q in enumerate(many)]
    assert fit_confidence(assistant, mixed)["cross_validated"]["auroc"] < 0.75


def test_too_few_questions_of_a_scope_are_an_error(
    assistant: Assistant, many: list[LabelledQuestion]
) -> None:
    with pytest.raises(EntrywiseError, match="4 questions of the scope 'far' are too few"):
        fit_confidence(assistant, many[:-1])


def test_the_selection_learns_that_what_is_named_is_relevant(
    assistant: Assistant, many: list[LabelledQuestion]
) -> None:
    named = [replace(q, relevant={"gqa": 2}, question="What is GQA?") for q in many[:5]]
    model = fit_selection(assistant, [*named, *many[5:]])
    assert model["weights"]["named"] > 0
    assert list(model["weights"]) == ["ratio", "score", "named", "parts", "votes", "linked"]
    assert model["fitted_on"]["questions"] == 5
    assert model["cross_validated"]["auroc"] == 1.0


def test_a_selection_needs_questions_in_scope(
    assistant: Assistant, many: list[LabelledQuestion]
) -> None:
    with pytest.raises(EntrywiseError, match="4 questions in scope are too few"):
        fit_selection(assistant, many[1:])


def test_without_scikit_learn_the_extra_is_named(
    assistant: Assistant, many: list[LabelledQuestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    for fit in (fit_confidence, fit_selection):
        with pytest.raises(EntrywiseError, match=r"pip install 'entrywise\[models\]'"):
            fit(assistant, many)


def test_a_model_is_written_beside_the_others_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    for name, bias in (("asked", 1.0), ("plain", 2.0), ("asked", 3.0)):
        write_model({"weights": {}, "bias": bias}, name, path)
    models = json.loads(path.read_text())
    assert {name: model["bias"] for name, model in models.items()} == {"asked": 3.0, "plain": 2.0}


def test_a_model_is_not_written_over_something_else(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_text("[1]")
    with pytest.raises(KnowledgeBaseError, match=r"\[1\] is no JSON object"):
        write_model({}, "asked", path)
    assert path.read_text() == "[1]"
    with pytest.raises(EntrywiseError, match=r"x\.json: cannot be written \(No such file"):
        write_model({}, "asked", tmp_path / "missing" / "x.json")
