"""Asks every labelled question and measures what comes back.

questions ─ ask ─▶ Outcome for each ─▶ Evaluation ─ summarize ─▶ Summary ─▶ report, plot
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from entrywise.data.errors import KnowledgeBaseError
from entrywise.index.index import Index
from entrywise.index.progress import Progress, no_progress
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.baselines import rankings
from entrywise.rag.evaluation.outcome import Outcome, Ranking, measure
from entrywise.rag.evaluation.questions import LabelledQuestion
from entrywise.rag.journey import DEFAULT_TOP


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of every question, in their order.

    `baselines` has the rankings of the plain retrievers by name, and is empty unless they were
    asked for. An answer is withheld below the confidence `threshold`.
    """

    outcomes: tuple[Outcome, ...]
    baselines: Mapping[str, tuple[Ranking, ...]]
    threshold: float


def evaluate(
    assistant: Assistant,
    questions: Sequence[LabelledQuestion],
    progress: Progress = no_progress,
    *,
    baselines: bool = False,
    llm: bool = False,
) -> Evaluation:
    """Ask every question and measure the answers, and the baselines' rankings where wanted; with
    `llm`, what the assistant's LLM writes instead of quotes.

    Raises:
        KnowledgeBaseError: a label names an entry that the index does not have.
    """
    _check_labels(questions, assistant.index)
    outcomes = []
    progress(0, len(questions))
    for done, question in enumerate(questions, start=1):
        outcomes.append(_outcome(assistant, question, llm))
        progress(done, len(questions))
    plain = _baselines(questions, assistant.index) if baselines else {}
    return Evaluation(tuple(outcomes), plain, assistant.threshold)


def _outcome(assistant: Assistant, question: LabelledQuestion, llm: bool) -> Outcome:
    started = perf_counter()
    answer = assistant.ask(question.question, llm=llm)
    return measure(answer, question, assistant.index, (perf_counter() - started) * 1000)


def _baselines(
    questions: Sequence[LabelledQuestion], index: Index
) -> dict[str, tuple[Ranking, ...]]:
    found = rankings([question.question for question in questions], index, DEFAULT_TOP)
    return {
        name: tuple(Ranking(q, *one) for q, one in zip(questions, ranked, strict=True))
        for name, ranked in found.items()
    }


def _check_labels(questions: Sequence[LabelledQuestion], index: Index) -> None:
    for question in questions:
        for entry in question.relevant:
            if entry not in index.ordinals:
                raise KnowledgeBaseError(
                    f"question {question.id!r}, field 'relevant': the index has no entry "
                    f"{entry!r}; correct the label, or name the index it was made for"
                )
