from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.baselines import BASELINES
from entrywise.rag.evaluation.questions import LabelledQuestion, read_questions
from entrywise.rag.evaluation.run import evaluate
from entrywise.rag.evaluation.summary import ALL, summarize

Questions = tuple[LabelledQuestion, ...]
DEV = Path(__file__).parents[4] / "shared" / "evaluation" / "glossary-dev.jsonl"


def test_every_question_has_an_outcome_that_is_its_answers(
    assistant: Assistant, questions: Questions
) -> None:
    evaluation = evaluate(assistant, questions)
    assert [outcome.question for outcome in evaluation.outcomes] == list(questions)
    for question, outcome in zip(questions, evaluation.outcomes, strict=True):
        answer = assistant.ask(question.question)
        assert outcome.status == answer.status
        assert outcome.confidence == answer.confidence
        assert outcome.ranking.entries == tuple(hit.entry for hit in answer.retrieved)
        assert outcome.milliseconds > 0
    assert evaluation.threshold == assistant.threshold
    assert evaluation.baselines == {}


def test_the_baselines_rank_the_same_questions(assistant: Assistant, questions: Questions) -> None:
    evaluation = evaluate(assistant, questions, baselines=True)
    assert tuple(evaluation.baselines) == BASELINES
    for ranked in evaluation.baselines.values():
        assert [ranking.question for ranking in ranked] == list(questions)
        assert ranked[0].entries[0] == "mla"


def test_progress_is_told_from_none_to_all(assistant: Assistant, questions: Questions) -> None:
    told: list[tuple[int, int]] = []
    evaluate(assistant, questions, lambda done, total: told.append((done, total)))
    assert told == [(done, 5) for done in range(6)]


def test_a_label_that_is_no_entry_of_the_index_is_an_error(
    assistant: Assistant, questions: Questions
) -> None:
    wrong = replace(questions[0], relevant={"transformer": 2})
    with pytest.raises(KnowledgeBaseError, match=r"'d1', .*the index has no entry 'transformer'"):
        evaluate(assistant, [wrong])


@pytest.mark.slow
@pytest.mark.skipif(not DEV.exists(), reason="../shared/evaluation/glossary-dev.jsonl is absent")
def test_the_glossary_is_ranked_better_than_by_any_baseline(glossary_index: Index) -> None:
    evaluation = evaluate(Assistant(glossary_index), read_questions(DEV), baselines=True)
    summary = summarize(evaluation)
    best = max(figures.ndcg[ALL].value for figures in summary.baselines.values())
    ours = summary.by_type[ALL].ndcg
    assert ours is not None
    assert ours.value > best + 0.05
    assert summary.exact is not None
    assert summary.exact.value == 1


def test_questions_are_not_needed_in_every_scope(
    assistant: Assistant, questions_file: Callable[[list[Any]], Path]
) -> None:
    row = {"id": "f", "question": "Is pasta boiled?", "type": "other", "scope": "far"}
    summary = summarize(evaluate(assistant, read_questions(questions_file([row]))))
    assert summary.questions == {"in": 0, "near": 0, "far": 1}
    assert summary.by_type == {}
    assert (summary.abstention.auroc, summary.must_cited, summary.abstention.in_answered) == (
        None,
        None,
        None,
    )
